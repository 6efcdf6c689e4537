package dev.devinsessions;

import com.google.auto.value.AutoValue;
import java.util.Optional;

/**
 * What came of one id of {@link SessionLookup#getAll}: a session or an error. An immutable value.
 */
@AutoValue
public abstract class LookupResult {
  LookupResult() {}

  /** The id as it was given. */
  public abstract String sessionId();

  /** The session; empty if there is an {@link #error()}. */
  public abstract Optional<Session> session();

  /**
   * Why there is no session: a {@link SessionLookupException}, or an {@link
   * IllegalArgumentException} where the id is ill-formed.
   */
  public abstract Optional<RuntimeException> error();

  /** The session, or else throws the {@link #error()}. */
  public final Session orElseThrow() {
    return session().orElseThrow(error()::orElseThrow);
  }

  /** A result that is a session. */
  public static LookupResult of(String sessionId, Session session) {
    return new AutoValue_LookupResult(sessionId, Optional.of(session), Optional.empty());
  }

  /** A result that is an error. */
  public static LookupResult of(String sessionId, RuntimeException error) {
    return new AutoValue_LookupResult(sessionId, Optional.empty(), Optional.of(error));
  }
}
