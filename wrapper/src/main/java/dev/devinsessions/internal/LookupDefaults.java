package dev.devinsessions.internal;

import dev.devinsessions.DeadlineExceededException;
import dev.devinsessions.LookupResult;
import dev.devinsessions.Session;
import dev.devinsessions.SessionId;
import dev.devinsessions.SessionLookup;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The default methods of {@link SessionLookup}, and checks that all implementations share. */
public final class LookupDefaults {
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Timer TIMER = new Timer();

  private static final Threads THREADS = new Threads();

  private LookupDefaults() {}

  public static String parse(String sessionId) {
    return SessionId.parse(Objects.requireNonNull(sessionId, "sessionId")).value();
  }

  public static void checkWait(Predicate<Session> condition, Duration atMost) {
    Objects.requireNonNull(condition, "condition");
    checkAtMost(atMost);
  }

  static void checkAtMost(Duration atMost) {
    if (Objects.requireNonNull(atMost, "atMost").isNegative() || atMost.isZero()) {
      throw new IllegalArgumentException("atMost is " + atMost + ": it must be positive");
    }
  }

  /** Fails with the error itself, unlike {@link CompletableFuture#supplyAsync}, which wraps it. */
  public static CompletableFuture<Session> getAsync(SessionLookup lookup, String sessionId) {
    parse(sessionId);
    CompletableFuture<Session> session = new CompletableFuture<>();
    THREADS.execute(
        () -> {
          try {
            session.complete(lookup.get(sessionId));
          } catch (Throwable e) { // A fake in Kotlin may throw anything.
            session.completeExceptionally(e);
          }
        });
    return session;
  }

  /** Turns the outcome of a lookup, success or failure, into a result. */
  public static LookupResult result(String sessionId, Supplier<Session> lookUp) {
    String given = String.valueOf(sessionId);
    try {
      parse(sessionId);
      return LookupResult.found(given, lookUp.get());
    } catch (Throwable e) { // A fake may throw anything.
      return failed(given, e);
    }
  }

  /** A result with an error. An {@code Error} fails only this result. */
  static LookupResult failed(String sessionId, Throwable error) {
    return LookupResult.failed(
        sessionId,
        error instanceof RuntimeException
            ? (RuntimeException) error
            : new IllegalStateException("the lookup failed", error));
  }

  public static Stream<LookupResult> getAll(
      SessionLookup lookup, Stream<String> sessionIds, Duration atMost) {
    Objects.requireNonNull(sessionIds, "sessionIds");
    checkAtMost(atMost);
    long end = TIMER.deadlineAfter(atMost);
    return sessionIds.map(
        id ->
            result(
                id,
                () ->
                    CallerThread.await(parse(id), getAsync(lookup, id, TIMER.until(end), atMost))));
  }

  public static Session waitUntil(
      SessionLookup lookup, String sessionId, Predicate<Session> condition, Duration atMost) {
    return CallerThread.await(
        parse(sessionId), lookup.waitUntilAsync(sessionId, condition, atMost));
  }

  public static CompletableFuture<Session> waitUntilAsync(
      SessionLookup lookup, String sessionId, Predicate<Session> condition, Duration atMost) {
    String id = parse(sessionId);
    checkWait(condition, atMost);
    Function<Duration, LookupFuture> lookUp = left -> getAsync(lookup, sessionId, left, atMost);
    return new Polling(TIMER, POLL_INTERVAL, lookUp, id, condition, atMost, THREADS).start();
  }

  public static DeadlineExceededException waitExceeded(Session lastSeen, Duration atMost) {
    return Failures.waitExceeded(parse(lastSeen.id()), atMost, lastSeen, null);
  }

  /** Looks up a session, and fails after {@code left}, even if the fake's {@code get} blocks. */
  private static LookupFuture getAsync(
      SessionLookup lookup, String sessionId, Duration left, Duration atMost) {
    LookupFuture result = new LookupFuture();
    Runnable end = () -> result.completeExceptionally(Failures.notInTime(parse(sessionId), atMost));
    if (left.isZero()) {
      end.run();
      return result;
    }
    try {
      CompletableFuture<Session> session = lookup.getAsync(sessionId);
      result.onEnd(() -> session.cancel(true));
      // Not on the timer's thread: callbacks may block it for all fakes.
      result.onEnd(TIMER.schedule(left.toNanos(), () -> THREADS.execute(end)));
      session.whenComplete(result::completeWith);
    } catch (RuntimeException | Error e) { // Thrown if the lookup has been closed, for example.
      result.completeExceptionally(e);
    }
    return result;
  }
}
