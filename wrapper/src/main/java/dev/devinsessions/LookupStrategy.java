package dev.devinsessions;

/** Which APIs a lookup calls, and what happens if one of them does not return the session. */
public enum LookupStrategy {
  /**
   * Calls every API that the key can use, in parallel, and joins the responses into one {@link
   * Session}. The default.
   *
   * <p>A service key ({@code apk_...}) can use v1 only; with any other key, both APIs are called.
   * An API may refuse the key (401, 403, 410) or not know the session (404); {@link Session#gaps()}
   * then reports it. At least one API must return the session, and any other failure, such as an
   * outage or a timeout, fails the lookup. A session is never silently incomplete.
   *
   * <p>If one API refuses a key that the other one accepts, the {@link SessionLookup} does not call
   * the refusing API for the next 10 minutes; the gap remains.
   *
   * <p>If no API returns the session, the lookup throws the more severe error, with the other one
   * suppressed. A failure is more severe than "not found", and "not found" is more severe than a
   * refused key.
   */
  COMPLETE,
  /**
   * The same as {@link #COMPLETE}, but a failure of one API does not fail the lookup if the other
   * one returns the session. The failure becomes a gap with the reason {@link GapReason#FAILED}.
   */
  BEST_EFFORT,
  /** Calls v1 only. */
  V1,
  /** Calls v2 enterprise only. Requires the personal key of an enterprise admin. */
  V2_ENTERPRISE
}
