package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonValue;
import com.google.auto.value.AutoValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The outcome of {@link SessionLookup#getAll} for one id: a session or an error. An immutable
 * value.
 *
 * <p>Jackson 2 and 3 write a result as JSON, but cannot read it. The object has {@code session_id}
 * and either {@code session}, in the form of {@link Session#toJson()}, or {@code error}, with
 * {@code type} (the simple name of the class), {@code message}, {@code status_code} and {@code
 * retryable}.
 */
@AutoValue
public abstract class LookupResult {
  LookupResult() {}

  /** {@return the id as passed, redacted if it contains the API key; {@code "null"} if null} */
  public abstract String sessionId();

  /** {@return the session; empty if there is an {@link #error()}} */
  public abstract Optional<Session> session();

  /**
   * {@return the error of a failed lookup: a {@link SessionLookupException}, an {@link
   * IllegalArgumentException} or {@link NullPointerException} for an invalid id, or an {@link
   * IllegalStateException} that wraps an {@link Error}; empty if there is a {@link #session()}}
   */
  public abstract Optional<RuntimeException> error();

  /**
   * {@return the session}
   *
   * @throws RuntimeException the {@link #error()} if the lookup failed
   */
  public final Session orElseThrow() {
    return session().orElseThrow(error()::orElseThrow);
  }

  /**
   * Creates a result with a session.
   *
   * @param sessionId the id as the caller passed it
   * @param session the session
   * @return the result
   */
  public static LookupResult found(String sessionId, Session session) {
    return new AutoValue_LookupResult(
        sessionId, Optional.of(Objects.requireNonNull(session, "session")), Optional.empty());
  }

  /**
   * Creates a result with an error.
   *
   * @param sessionId the id as the caller passed it
   * @param error the error
   * @return the result
   */
  public static LookupResult failed(String sessionId, RuntimeException error) {
    return new AutoValue_LookupResult(
        sessionId, Optional.empty(), Optional.of(Objects.requireNonNull(error, "error")));
  }

  @JsonValue
  final Map<String, Object> toJsonForm() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("session_id", sessionId());
    session().ifPresent(session -> form.put("session", session));
    error().ifPresent(error -> form.put("error", toJsonForm(error)));
    return form;
  }

  private static Map<String, Object> toJsonForm(RuntimeException error) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("type", error.getClass().getSimpleName());
    Optional.ofNullable(error.getMessage()).ifPresent(message -> form.put("message", message));
    boolean isOurs = error instanceof SessionLookupException;
    if (isOurs) {
      ((SessionLookupException) error)
          .statusCode()
          .ifPresent(code -> form.put("status_code", code));
    }
    form.put("retryable", isOurs && ((SessionLookupException) error).isRetryable());
    return form;
  }
}
