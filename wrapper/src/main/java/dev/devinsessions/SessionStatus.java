package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The status of a session, read from the status word of the API. {@link Session#statusText()} keeps
 * the word. In JSON, a status is in lower case.
 */
public enum SessionStatus {
  /** Created but not started yet. */
  NEW("new", "claimed"),
  /** Devin is working. In v2, the session may also be waiting for a reply. */
  WORKING("working", "running", "resumed"),
  /** Waiting for a reply. Only v1 reports it. */
  BLOCKED("blocked"),
  /** Suspended until someone resumes it. */
  SUSPENDED("suspended", "suspend_requested", "suspend_requested_frontend"),
  /** Being resumed after a suspension. */
  RESUMING("resuming", "resume_requested", "resume_requested_frontend"),
  /** Ended without an error. */
  FINISHED("finished", "exit", "stopped"),
  /** Ended with an error. */
  ERROR("error", "failed"),
  /** Expired; it cannot continue. */
  EXPIRED("expired"),
  /** The status word is missing or unknown to this version of the library. */
  UNKNOWN;

  @SuppressWarnings("ImmutableEnumChecker") // List.of returns an immutable list.
  private final List<String> words;

  SessionStatus(String... words) {
    this.words = List.of(words);
  }

  /**
   * Returns the status for a status word of either API.
   *
   * @param word the word, in lower case
   * @return the status, or {@link #UNKNOWN} if the word is not recognized
   */
  @JsonCreator
  public static SessionStatus ofWord(String word) {
    Objects.requireNonNull(word, "word");
    for (SessionStatus status : values()) {
      if (status.words.contains(word)) {
        return status;
      }
    }
    return UNKNOWN;
  }

  /**
   * {@return whether the session has ended: {@link #FINISHED}, {@link #ERROR} or {@link #EXPIRED}}
   */
  public boolean isTerminal() {
    return this == FINISHED || this == ERROR || this == EXPIRED;
  }

  /**
   * {@return whether nothing more happens until someone acts: {@linkplain #isTerminal() ended},
   * {@link #BLOCKED} or {@link #SUSPENDED}}
   */
  public boolean isSettled() {
    return isTerminal() || this == BLOCKED || this == SUSPENDED;
  }

  @JsonValue
  final String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
