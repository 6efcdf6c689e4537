package dev.devinsessions;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks up Devin sessions by id. Make one, share it, close it: it is thread-safe and holds a pool
 * of connections.
 *
 * <pre>{@code
 * public class PullRequestsOfSession {
 *   public static void main(String[] args) {
 *     String key = System.getenv("DEVIN_API_KEY");
 *     try (SessionLookup lookup = SessionLookup.builder().apiKey(key).build()) {
 *       Session session = lookup.get(args[0]);
 *       System.out.println(session.status() + " " + session.pullRequests());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>A {@code sessionId} is an id ({@code devin-4f1c...}), its bare part ({@code 4f1c...}), or an
 * http(s) address with {@code /sessions/<id>} in its path; the id has 1 to 128 of {@code A-Z a-z
 * 0-9 _ -}. All methods throw {@link IllegalArgumentException} for any other, before a request is
 * made, and {@link IllegalStateException} after {@link #close()}.
 *
 * <p>The methods other than {@link #get} have defaults on top of it, for fakes: {@code
 * SessionLookup fake = id -> session;} is one.
 */
@FunctionalInterface
public interface SessionLookup extends AutoCloseable {
  /** {@return a builder with the defaults; the key is to be set} */
  static SessionLookupBuilder builder() {
    return new SessionLookupBuilder();
  }

  /**
   * A lookup with the defaults, the key in the environment variable {@code DEVIN_API_KEY} and,
   * where it is set, the base URL in {@code DEVIN_API_BASE_URL}.
   *
   * @return a lookup, to be closed
   * @throws IllegalStateException if {@code DEVIN_API_KEY} is not set
   * @throws IllegalArgumentException if a variable holds no valid value
   */
  static SessionLookup fromEnvironment() {
    return SessionLookupBuilder.from(System.getenv()).build();
  }

  /**
   * Looks a session up and waits for it, {@link SessionLookupBuilder#deadline} at most.
   *
   * @param sessionId id or address
   * @return the session
   * @throws SessionLookupException if there is no session to return; its subclasses say why
   */
  Session get(String sessionId);

  /**
   * The same as {@link #get}, where an unknown session is no error.
   *
   * @param sessionId id or address
   * @return empty if no API knows the id
   * @throws SessionLookupException if there is no answer
   */
  default Optional<Session> find(String sessionId) {
    try {
      return Optional.of(get(sessionId));
    } catch (SessionNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Looks a session up without waiting. Cancelling the future cancels the request.
   *
   * <p>The default calls {@link #get} at once.
   *
   * @param sessionId id or address
   * @return fails with a {@link SessionLookupException}
   */
  default CompletableFuture<Session> getAsync(String sessionId) {
    try {
      return CompletableFuture.completedFuture(get(sessionId));
    } catch (SessionLookupException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Looks many sessions up, {@link SessionLookupBuilder#maxConcurrency} at a time.
   *
   * <p>The default calls {@link #get} for one after the other.
   *
   * @param sessionIds ids or addresses; read as the results are, up to twice {@code maxConcurrency}
   *     ahead, so that the stream may be endless
   * @return one result an id, in the order of the ids; to be closed if it is not read to its end
   */
  default Stream<LookupResult> getAll(Stream<String> sessionIds) {
    return sessionIds.map(
        sessionId -> {
          try {
            return LookupResult.of(sessionId, get(sessionId));
          } catch (SessionLookupException | IllegalArgumentException e) {
            return LookupResult.of(sessionId, e);
          }
        });
  }

  /**
   * Looks a session up again and again, every {@link SessionLookupBuilder#pollInterval}, until it
   * fulfils a condition. Failures that may pass, do not end it.
   *
   * <p>The default looks once.
   *
   * @param sessionId id or address
   * @param condition such as {@code s -> s.status().isSettled()}
   * @param atMost from the call to the end of the last lookup; positive
   * @return the first session that fulfils it
   * @throws DeadlineExceededException if that is not so in time; it has the session as last seen
   * @throws SessionLookupException if a lookup failed in a way that does not pass
   */
  default Session waitUntil(String sessionId, Predicate<Session> condition, Duration atMost) {
    Session session = get(sessionId);
    if (condition.test(session)) {
      return session;
    }
    throw new DeadlineExceededException(
        FailureDetails.builder()
            .sessionId(session.id())
            .message(session.id() + " did not fulfil the condition within " + atMost)
            .build(),
        session);
  }

  /** Ends the lookups under way and frees the connections. The default does nothing. */
  @Override
  default void close() {}
}
