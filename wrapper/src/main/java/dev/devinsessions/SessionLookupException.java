package dev.devinsessions;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A lookup that gave no session; its subclasses say what to do about it. Plain data, serialisable,
 * and never the API key.
 */
public class SessionLookupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is known of the failure. */
  private final FailureDetails details;

  /**
   * An exception with these details.
   *
   * @param details what is known of the failure
   */
  public SessionLookupException(FailureDetails details) {
    super(details.message(), details.cause());
    this.details = details;
  }

  /** {@return the id of the session that was looked up, in the form {@code devin-<bare>}} */
  public String sessionId() {
    return details.sessionId();
  }

  /** {@return the API that failed; empty where no single one did} */
  public Optional<ApiVersion> apiVersion() {
    return Optional.ofNullable(details.apiVersion());
  }

  /** {@return the HTTP status of the last answer; empty where there was none} */
  public OptionalInt statusCode() {
    return details.statusCode() == null
        ? OptionalInt.empty()
        : OptionalInt.of(details.statusCode());
  }

  /** {@return how many requests were made to {@link #apiVersion()}, 0 if none was} */
  public int attempts() {
    return details.attempts();
  }

  /** {@return the answer's header {@code x-request-id}, for support requests} */
  public Optional<String> requestId() {
    return Optional.ofNullable(details.requestId());
  }

  /**
   * {@return what the server said: {@code detail} of its JSON, else the start of its body; 2,000
   * characters at most}
   */
  public Optional<String> detail() {
    return Optional.ofNullable(details.detail());
  }

  /** {@return whether the same lookup may succeed later with nothing changed} */
  public boolean isRetryable() {
    return details.retryable();
  }
}
