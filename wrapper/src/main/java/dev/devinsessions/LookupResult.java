package dev.devinsessions;

import com.google.auto.value.AutoValue;
import java.util.Optional;

/**
 * What came of one id of {@link SessionLookup#getAll}: a session or an error. An immutable value.
 */
@AutoValue
public abstract class LookupResult {
  LookupResult() {}

  /** {@return the id as it was given} */
  public abstract String sessionId();

  /** {@return the session; empty if there is an {@link #error()}} */
  public abstract Optional<Session> session();

  /**
   * {@return why there is no session: a {@link SessionLookupException}, or an {@link
   * IllegalArgumentException} where the id is ill-formed}
   */
  public abstract Optional<RuntimeException> error();

  /** {@return the session} Throws the {@link #error()} where there is none. */
  public final Session orElseThrow() {
    return session().orElseThrow(error()::orElseThrow);
  }

  /**
   * A result that is a session.
   *
   * @param sessionId as it was given
   * @param session what was found
   * @return the result
   */
  public static LookupResult of(String sessionId, Session session) {
    return new AutoValue_LookupResult(sessionId, Optional.of(session), Optional.empty());
  }

  /**
   * A result that is an error.
   *
   * @param sessionId as it was given
   * @param error why there is no session
   * @return the result
   */
  public static LookupResult of(String sessionId, RuntimeException error) {
    return new AutoValue_LookupResult(sessionId, Optional.empty(), Optional.of(error));
  }
}
