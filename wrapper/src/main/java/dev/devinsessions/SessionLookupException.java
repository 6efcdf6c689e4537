package dev.devinsessions;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A lookup that gave no session; its subclasses say what to do about it. Plain data, serialisable, and never the API key.
 */
public class SessionLookupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sessionId;
  private final @Nullable ApiVersion apiVersion;
  private final @Nullable Integer statusCode;
  private final int attempts;
  private final @Nullable String requestId;
  private final @Nullable String detail;
  private final boolean retryable;

  public SessionLookupException(FailureDetails details) {
    super(details.message(), details.cause().orElse(null));
    sessionId = details.sessionId();
    apiVersion = details.apiVersion().orElse(null);
    statusCode = details.statusCode().isPresent() ? (Integer) details.statusCode().getAsInt() : null;
    attempts = details.attempts();
    requestId = details.requestId().orElse(null);
    detail = details.detail().orElse(null);
    retryable = details.retryable();
  }

  /** Id of the session that was looked up, in the form {@code devin-<bare>}. */
  public String sessionId() {
    return sessionId;
  }

  /** The API that failed; empty where no single one did. */
  public Optional<ApiVersion> apiVersion() {
    return Optional.ofNullable(apiVersion);
  }

  /** The HTTP status of the last answer; empty where there was none. */
  public OptionalInt statusCode() {
    return statusCode == null ? OptionalInt.empty() : OptionalInt.of(statusCode);
  }

  /** How many requests were made to {@link #apiVersion()}, 0 if none was. */
  public int attempts() {
    return attempts;
  }

  /** The answer's header {@code x-request-id}, for support requests. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** What the server said: {@code detail} of its JSON, else the start of its body; 2,000 characters at most. */
  public Optional<String> detail() {
    return Optional.ofNullable(detail);
  }

  /** Whether the same lookup may succeed later with nothing changed. */
  public boolean isRetryable() {
    return retryable;
  }
}
