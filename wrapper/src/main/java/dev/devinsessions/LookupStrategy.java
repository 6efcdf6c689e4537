package dev.devinsessions;

/** Which APIs a lookup calls, and what happens when one of them does not contribute. */
public enum LookupStrategy {
  /**
   * Calls every API that the key can use, in parallel, and joins the responses into one {@link
   * Session}. The default.
   *
   * <p>A service key ({@code apk_...}) can use v1 only; any other key is tried on both APIs. An API
   * may refuse the key (401, 403, 410) or not know the session (404); {@link Session#gaps()} then
   * reports it. At least one API must respond with the session, and any other failure, such as an
   * outage or a timeout, fails the lookup: a session is never silently partial.
   *
   * <p>An API that refused a key which the other API accepted is not called again by the same
   * lookup object for 10 minutes; its gap remains.
   *
   * <p>If no API responds with the session, the more severe error is thrown, with the other one
   * suppressed: a failure before "not found", and "not found" before a refused key.
   */
  COMPLETE,
  /**
   * The same as {@link #COMPLETE}, but a failure of one API does not fail the lookup if the other
   * one responds: it becomes a gap with the reason {@link GapReason#FAILED}.
   */
  BEST_EFFORT,
  /** Calls v1 only. */
  V1,
  /** Calls v2 enterprise only. Requires the personal key of an enterprise admin. */
  V2_ENTERPRISE
}
