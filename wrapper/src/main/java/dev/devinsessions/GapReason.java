package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an API did not contribute to a {@link Session}. */
public enum GapReason {
  /**
   * The API refused the key (401, 403), has been switched off (410), or cannot be used with a
   * service key. Retrying does not help.
   */
  REFUSED,
  /** The API does not know the session (404). */
  SESSION_UNKNOWN,
  /**
   * The request failed, for example with a timeout or a server error. Occurs only with {@link
   * LookupStrategy#BEST_EFFORT}. {@link Gap#isRetryable()} says whether a retry may help.
   */
  FAILED;

  @JsonValue
  final String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
