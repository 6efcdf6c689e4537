package dev.devinsessions;

import java.util.List;

/**
 * What a session is doing. Read from the API's word for it, which {@link Session#statusText()}
 * keeps.
 */
public enum SessionStatus {
  /** Created, not started yet. */
  NEW("new", "claimed"),
  /** At work. */
  WORKING("working", "running", "resumed"),
  /** Waits for somebody's answer. */
  BLOCKED("blocked"),
  /** Put to sleep. */
  SUSPENDED("suspended", "suspend_requested", "suspend_requested_frontend"),
  /** About to work again. */
  RESUMING("resuming", "resume_requested", "resume_requested_frontend"),
  /** Done. */
  FINISHED("finished", "exit", "stopped"),
  /** Ended by an error. */
  ERROR("error", "failed"),
  /** Too old to go on. */
  EXPIRED("expired"),
  /** A word that this version of the library does not know. */
  UNKNOWN;

  private final List<String> words;

  SessionStatus(String... words) {
    this.words = List.of(words);
  }

  /**
   * Reads the API's word for a status, of either API.
   *
   * @param word as the API spells it, in lower case
   * @return {@link #UNKNOWN} for any other word
   */
  public static SessionStatus ofWord(String word) {
    for (SessionStatus status : values()) {
      if (status.words.contains(word)) {
        return status;
      }
    }
    return UNKNOWN;
  }

  /** Whether the session has ended: {@link #FINISHED}, {@link #ERROR} or {@link #EXPIRED}. */
  public boolean isTerminal() {
    return this == FINISHED || this == ERROR || this == EXPIRED;
  }

  /**
   * Whether nothing more happens unless somebody acts: {@linkplain #isTerminal() ended}, {@link
   * #BLOCKED} or {@link #SUSPENDED}.
   */
  public boolean isSettled() {
    return isTerminal() || this == BLOCKED || this == SUSPENDED;
  }
}
