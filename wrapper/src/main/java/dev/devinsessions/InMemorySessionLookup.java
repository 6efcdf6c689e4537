package dev.devinsessions;

import dev.devinsessions.internal.LookupDefaults;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A {@link SessionLookup} that returns sessions from memory, for application tests. It accepts the
 * same ids and URLs as the real lookup, and throws the same exceptions for invalid and unknown ids.
 * Thread-safe.
 *
 * <p>Sessions with the same id are successive states of one session: each lookup returns the next
 * state, and the last state is returned indefinitely. {@link #waitUntil} polls without pausing.
 */
public final class InMemorySessionLookup implements SessionLookup {
  private final Map<String, Deque<Session>> states = new LinkedHashMap<>();
  private boolean isClosed;

  private InMemorySessionLookup() {}

  /**
   * Creates a lookup.
   *
   * @param sessions the sessions to return; successive lookups of one id return its sessions in
   *     this order
   * @return the lookup
   * @throws IllegalArgumentException if a session has an invalid id
   */
  public static InMemorySessionLookup of(Session... sessions) {
    InMemorySessionLookup lookup = new InMemorySessionLookup();
    for (Session session : Objects.requireNonNull(sessions, "sessions")) {
      lookup
          .states
          .computeIfAbsent(LookupDefaults.parse(session.id()), id -> new ArrayDeque<>())
          .add(session);
    }
    return lookup;
  }

  @Override
  public synchronized Session get(String sessionId) {
    Deque<Session> left = states(sessionId);
    return left.size() > 1 ? left.remove() : left.element();
  }

  private synchronized boolean isInLastState(String sessionId) {
    return states(sessionId).size() == 1;
  }

  private synchronized void checkOpen() {
    if (isClosed) {
      throw new IllegalStateException("this SessionLookup is closed");
    }
  }

  private Deque<Session> states(String sessionId) {
    checkOpen();
    String id = LookupDefaults.parse(sessionId);
    Deque<Session> left = states.get(id);
    if (left == null) {
      throw new SessionNotFoundException(
          FailureDetails.builder()
              .sessionId(id)
              .message(id + " is not among the sessions of this InMemorySessionLookup")
              .build());
    }
    return left;
  }

  /** Returns a completed future. */
  @Override
  public CompletableFuture<Session> getAsync(String sessionId) {
    LookupDefaults.parse(sessionId);
    return future(() -> get(sessionId));
  }

  /**
   * Polls without pausing and ignores {@code atMost}, except that it must be positive.
   *
   * @throws DeadlineExceededException immediately if the last state does not satisfy the condition
   */
  @Override
  public Session waitUntil(String sessionId, Predicate<Session> condition, Duration atMost) {
    LookupDefaults.checkWait(condition, atMost);
    while (true) {
      boolean isLast = isInLastState(sessionId);
      Session session = get(sessionId);
      if (condition.test(session)) {
        return session;
      }
      if (isLast) {
        throw LookupDefaults.waitExceeded(session, atMost);
      }
    }
  }

  /** Returns a completed future. */
  @Override
  public CompletableFuture<Session> waitUntilAsync(
      String sessionId, Predicate<Session> condition, Duration atMost) {
    LookupDefaults.parse(sessionId);
    LookupDefaults.checkWait(condition, atMost);
    return future(() -> waitUntil(sessionId, condition, atMost));
  }

  @Override
  public Stream<LookupResult> getAll(Stream<String> sessionIds) {
    checkOpen();
    return SessionLookup.super.getAll(sessionIds);
  }

  @Override
  public Stream<LookupResult> getAll(Stream<String> sessionIds, Duration atMost) {
    checkOpen();
    return SessionLookup.super.getAll(sessionIds, atMost);
  }

  /** A completed future with the outcome of a lookup. */
  private CompletableFuture<Session> future(Supplier<Session> lookUp) {
    checkOpen();
    try {
      return CompletableFuture.completedFuture(lookUp.get());
    } catch (Throwable e) { // The condition may throw anything.
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
  }
}
