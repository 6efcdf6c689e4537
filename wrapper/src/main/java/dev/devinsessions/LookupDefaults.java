package dev.devinsessions;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The default methods of {@link SessionLookup}, for fakes that implement only {@code get}. */
final class LookupDefaults {
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  /** A duration whose nanoseconds fit into a {@code long}. */
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private LookupDefaults() {}

  static SessionId parse(String sessionId) {
    return SessionId.parse(Objects.requireNonNull(sessionId, "sessionId"));
  }

  static void checkWait(String sessionId, Predicate<Session> condition, Duration atMost) {
    parse(sessionId);
    Objects.requireNonNull(condition, "condition");
    checkAtMost(atMost);
  }

  static void checkAtMost(Duration atMost) {
    if (Objects.requireNonNull(atMost, "atMost").isNegative() || atMost.isZero()) {
      throw new IllegalArgumentException("atMost is " + atMost + ": it must be positive");
    }
  }

  /** When {@code atMost} ends, on the clock of {@link System#nanoTime()}. */
  static long end(Duration atMost) {
    checkAtMost(atMost);
    return System.nanoTime() + (atMost.compareTo(FOREVER) < 0 ? atMost : FOREVER).toNanos();
  }

  /** A completed future with the outcome of a lookup. */
  static CompletableFuture<Session> future(Supplier<Session> lookUp) {
    try {
      return CompletableFuture.completedFuture(lookUp.get());
    } catch (SessionLookupException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Fails with the error itself, not wrapped as by {@link CompletableFuture#supplyAsync}. */
  static CompletableFuture<Session> supplyAsync(Supplier<Session> lookUp) {
    CompletableFuture<Session> session = new CompletableFuture<>();
    execute(
        () -> {
          try {
            session.complete(lookUp.get());
          } catch (RuntimeException | Error e) {
            session.completeExceptionally(e);
          }
        });
    return session;
  }

  /** On a thread of its own: the common pool may have one thread only, and a fake may block it. */
  private static void execute(Runnable task) {
    Thread thread = new Thread(task, "devin-sessions-fake");
    thread.setDaemon(true);
    thread.start();
  }

  /** Turns the outcome of a lookup, success or failure, into a result. */
  static LookupResult result(String sessionId, Supplier<Session> lookUp) {
    String given = String.valueOf(sessionId);
    try {
      parse(sessionId);
      return LookupResult.found(given, lookUp.get());
    } catch (RuntimeException e) {
      return LookupResult.failed(given, e);
    }
  }

  /** Looks up a session in the time that is left of {@code atMost}. */
  static Session getInTime(SessionLookup lookup, String sessionId, Duration atMost, long end) {
    long nanosLeft = end - System.nanoTime();
    if (nanosLeft > 0) {
      try {
        return await(lookup.getAsync(sessionId), sessionId, nanosLeft);
      } catch (TimeoutException e) {
        // Thrown below.
      }
    }
    String id = parse(sessionId).value();
    throw new DeadlineExceededException(
        details(id, id + " was not looked up within " + atMost).retryable(true).build(), null);
  }

  static Session await(CompletableFuture<Session> session, String sessionId) {
    try {
      return await(session, sessionId, Long.MAX_VALUE);
    } catch (TimeoutException e) {
      throw new AssertionError("after 292 years", e);
    }
  }

  /** Waits for a future; cancels it if the time is up or the thread is interrupted. */
  static Session await(CompletableFuture<Session> session, String sessionId, long nanosLeft)
      throws TimeoutException {
    try {
      return session.get(nanosLeft, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      String id = parse(sessionId).value();
      throw new LookupInterruptedException(
          details(id, "the lookup of " + id + " was interrupted").build());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw (RuntimeException) e.getCause();
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      session.cancel(true);
    }
  }

  static DeadlineExceededException waitExceeded(
      String id, Duration atMost, @Nullable Session lastSeen) {
    String message = id + " did not satisfy the condition within " + atMost;
    return new DeadlineExceededException(details(id, message).retryable(true).build(), lastSeen);
  }

  private static FailureDetails.Builder details(String id, String message) {
    return FailureDetails.builder().sessionId(id).message(message);
  }

  /** Polls a session every second, without holding a thread between the lookups. */
  static final class Wait {
    private final SessionLookup lookup;
    private final String sessionId;
    private final Predicate<Session> condition;
    private final CompletableFuture<Session> result = new CompletableFuture<>();
    private volatile @Nullable Session lastSeen;

    Wait(SessionLookup lookup, String sessionId, Predicate<Session> condition) {
      this.lookup = lookup;
      this.sessionId = sessionId;
      this.condition = condition;
    }

    CompletableFuture<Session> start(Duration atMost) {
      String id = parse(sessionId).value();
      after(atMost, () -> result.completeExceptionally(waitExceeded(id, atMost, lastSeen)));
      poll();
      return result;
    }

    private void poll() {
      try {
        CompletableFuture<Session> lookUp = lookup.getAsync(sessionId);
        result.whenComplete((end, error) -> lookUp.cancel(true));
        lookUp.whenComplete(this::onSession);
      } catch (RuntimeException | Error e) { // Thrown if the lookup has been closed, for example.
        result.completeExceptionally(e);
      }
    }

    private void onSession(@Nullable Session session, @Nullable Throwable error) {
      boolean isRetryable =
          error instanceof SessionLookupException && ((SessionLookupException) error).isRetryable();
      if (error != null && !isRetryable) {
        result.completeExceptionally(error);
        return;
      }
      lastSeen = session == null ? lastSeen : session;
      try {
        if (session != null && condition.test(session)) {
          result.complete(session);
        } else {
          after(POLL_INTERVAL, this::poll);
        }
      } catch (RuntimeException | Error e) { // Thrown by the condition.
        result.completeExceptionally(e);
      }
    }

    /** Runs an action later, unless the wait has ended by then. */
    private void after(Duration delay, Runnable action) {
      CompletableFuture<Void> timer =
          new CompletableFuture<Void>()
              .completeOnTimeout(null, Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
      timer.thenRunAsync(action, LookupDefaults::execute);
      result.whenComplete((end, error) -> timer.cancel(false));
    }
  }
}
