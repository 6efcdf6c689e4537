package dev.devinsessions;

/** Which API a lookup asks. */
public enum LookupStrategy {
  /**
   * The richest single answer that the key can get.
   *
   * <ul>
   *   <li>A service key ({@code apk_}) asks v1 alone.
   *   <li>A personal key ({@code apk_user_}) asks v2, then v1 if v2 answers 401, 403 or 404. Once
   *       v1 has accepted a key that v2 refused, the lookup object asks v1 alone for 10 minutes.
   *   <li>Any other key asks v1, then v2 if v1 answers 401, 403 or 404.
   * </ul>
   *
   * <p>Where one API refuses the key (401, 403) and the other knows no such session (404), the
   * session is not found. No other failure makes it ask the second API.
   */
  AUTO,
  /** v1 alone. */
  V1,
  /** v2 enterprise alone; takes the personal key of an enterprise admin. */
  V2_ENTERPRISE,
  /**
   * Both APIs at once, joined into one {@link Session}. If one of them fails, {@link
   * Session#gaps()} says why; if both fail, the graver error is thrown with the other one
   * suppressed in it. A service key asks v1 alone.
   */
  MERGED
}
