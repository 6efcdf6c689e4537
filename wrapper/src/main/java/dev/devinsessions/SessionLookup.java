package dev.devinsessions;

import dev.devinsessions.internal.LookupDefaults;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks up Devin sessions by id or URL. Thread-safe. Create one instance, share it, and close it
 * when it is no longer needed: it holds a pool of connections.
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
 * <p>A {@code sessionId} is any id or URL that {@link SessionId#parse} accepts. Every method throws
 * {@link IllegalArgumentException} for an invalid one before any request is made ({@code getAll}
 * returns it as a failed result), {@link NullPointerException} with the name of the parameter for
 * null, and {@link IllegalStateException} after {@link #close()}.
 *
 * <p>All lookup methods except {@link #get} have default implementations based on it, so a fake can
 * be a lambda: {@code SessionLookup fake = id -> session;}. See also {@link InMemorySessionLookup}.
 */
@FunctionalInterface
public interface SessionLookup extends AutoCloseable {
  /** {@return a builder with the default settings; the API key must be set} */
  static SessionLookupBuilder builder() {
    return new SessionLookupBuilder();
  }

  /**
   * Creates a lookup with the default settings and those of {@link
   * SessionLookupBuilder#fromEnvironment()}.
   *
   * @return a lookup, which must be closed
   * @throws IllegalStateException if {@code DEVIN_API_KEY} is not set
   * @throws IllegalArgumentException if a variable has an invalid value
   */
  static SessionLookup fromEnvironment() {
    return builder().fromEnvironment().build();
  }

  /**
   * Looks up a session. Blocks for at most the {@link SessionLookupBuilder#deadline}.
   *
   * @param sessionId an id or a URL
   * @return the session
   * @throws SessionLookupException if the lookup fails; the subclass says why
   */
  Session get(String sessionId);

  /**
   * Looks up a session that may not exist. In all other respects, this method behaves like {@link
   * #get}.
   *
   * @param sessionId an id or a URL
   * @return the session; empty if {@link #get} would throw a {@link SessionNotFoundException}
   * @throws SessionLookupException if the lookup fails in any other way
   */
  default Optional<Session> find(String sessionId) {
    LookupDefaults.parse(sessionId);
    try {
      return Optional.of(get(sessionId));
    } catch (SessionNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Looks up a session without blocking the caller. Cancelling the future cancels the requests.
   *
   * <p>The default implementation calls {@link #get} on a new thread.
   *
   * @param sessionId an id or a URL
   * @return a future that completes with the session or fails with a {@link SessionLookupException}
   */
  default CompletableFuture<Session> getAsync(String sessionId) {
    return LookupDefaults.getAsync(this, sessionId);
  }

  /**
   * Looks up many sessions, with at most {@link SessionLookupBuilder#maxConcurrency} requests in
   * flight. Every failure, including a null or invalid id, becomes a result, but an interrupt or
   * {@link #close()} ends the stream with an exception. Memory use does not grow with the number of
   * ids. Up to twice {@code maxConcurrency} lookups start before their results are consumed, so the
   * source of the ids must not wait for results. The deadline of each lookup includes its time in
   * the queue.
   *
   * <p>The default implementation calls {@link #get} for each id in turn, and returns every
   * exception as a result.
   *
   * @param sessionIds ids or URLs; consumed lazily, so the stream may be infinite
   * @return one result for each id, in the order of the ids; must be closed unless it is fully
   *     consumed
   */
  default Stream<LookupResult> getAll(Stream<String> sessionIds) {
    Objects.requireNonNull(sessionIds, "sessionIds");
    return sessionIds.map(id -> LookupDefaults.result(id, () -> get(id)));
  }

  /**
   * Looks up many sessions. The same as {@link #getAll(Stream)}.
   *
   * @param sessionIds ids or URLs
   * @return one result for each id, in the order of the ids; must be closed unless it is fully
   *     consumed
   */
  default Stream<LookupResult> getAll(Collection<String> sessionIds) {
    return getAll(Objects.requireNonNull(sessionIds, "sessionIds").stream());
  }

  /**
   * Looks up many sessions within a time limit. The same as {@link #getAll(Stream)}, except that an
   * id that is not looked up in time becomes a result with a {@link DeadlineExceededException}. No
   * requests are sent after the limit.
   *
   * @param sessionIds ids or URLs; consumed lazily
   * @param atMost the time limit, measured from this call; positive
   * @return one result for each id, in the order of the ids; must be closed unless it is fully
   *     consumed
   * @throws IllegalArgumentException if {@code atMost} is not positive
   */
  default Stream<LookupResult> getAll(Stream<String> sessionIds, Duration atMost) {
    return LookupDefaults.getAll(this, sessionIds, atMost);
  }

  /**
   * Polls a session every {@link SessionLookupBuilder#pollInterval} until it satisfies a condition.
   * Retryable failures do not end the wait.
   *
   * <p>The default implementation polls every second.
   *
   * @param sessionId an id or a URL
   * @param condition such as {@code session -> session.status().isSettled()}
   * @param atMost the maximum time to wait, including the last lookup; positive
   * @return the first session that satisfies the condition
   * @throws IllegalArgumentException if {@code atMost} is not positive
   * @throws DeadlineExceededException if no session satisfies the condition in time; {@code
   *     lastSeen()} returns the last session received
   * @throws SessionLookupException if a lookup fails with an error that is not retryable
   */
  default Session waitUntil(String sessionId, Predicate<Session> condition, Duration atMost) {
    return LookupDefaults.waitUntil(this, sessionId, condition, atMost);
  }

  /**
   * Polls a session like {@link #waitUntil}, without blocking the caller. Holds no thread between
   * polls. Cancelling the future stops the polling and cancels the requests.
   *
   * @param sessionId an id or a URL
   * @param condition such as {@code session -> session.status().isSettled()}; must not block
   * @param atMost the maximum time to wait, including the last lookup; positive
   * @return a future that completes with the first session that satisfies the condition, or fails
   *     with a {@link SessionLookupException}
   * @throws IllegalArgumentException if {@code atMost} is not positive
   */
  default CompletableFuture<Session> waitUntilAsync(
      String sessionId, Predicate<Session> condition, Duration atMost) {
    return LookupDefaults.waitUntilAsync(this, sessionId, condition, atMost);
  }

  /**
   * Ends all lookups and polling. Releases the connections unless the application supplied the HTTP
   * client.
   *
   * <p>The default implementation does nothing.
   */
  @Override
  default void close() {}
}
