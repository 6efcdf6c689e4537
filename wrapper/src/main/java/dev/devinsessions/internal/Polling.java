package dev.devinsessions.internal;

import dev.devinsessions.DeadlineExceededException;
import dev.devinsessions.RateLimitedException;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookupException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Polls a session until it satisfies a condition. Holds no thread between the polls. */
final class Polling {
  private final Transport transport;
  private final Function<Duration, LookupFuture> lookUp;
  private final String sessionId;
  private final Predicate<Session> condition;
  private final Duration atMost;
  private final long endNanos;
  private final Executor executor;
  private final LookupFuture result = new LookupFuture();

  /** Cancels the current lookup or pause. */
  private volatile Runnable cancelStep = () -> {};

  private volatile long longestNanos;
  private volatile @Nullable Session lastSeen;
  private volatile @Nullable SessionLookupException lastFailure;

  /**
   * @param lookUp starts one lookup with a deadline
   * @param atMost the duration that the caller specified, for messages
   * @param endNanos the end of the wait, on the timer's clock
   * @param executor runs the condition
   */
  Polling(
      Transport transport,
      Function<Duration, LookupFuture> lookUp,
      String sessionId,
      Predicate<Session> condition,
      Duration atMost,
      long endNanos,
      Executor executor) {
    this.transport = transport;
    this.lookUp = lookUp;
    this.sessionId = sessionId;
    this.condition = condition;
    this.atMost = atMost;
    this.endNanos = endNanos;
    this.executor = executor;
  }

  /** Starts polling. Cancelling the future stops the polling and the current lookup. */
  LookupFuture start() {
    result.onEnd(() -> cancelStep.run());
    poll();
    return result;
  }

  /** Starts no lookup that is unlikely to end in time, because its failure would be misleading. */
  private void poll() {
    long started = transport.timer.nanoTime();
    Duration left = Duration.ofNanos(Math.max(0, endNanos - started));
    if (left.isZero()) {
      result.completeExceptionally(Failures.waitExceeded(sessionId, atMost, lastSeen, lastFailure));
      return;
    }
    if (left.toNanos() <= longestNanos) {
      pause(left);
      return;
    }
    boolean isShortened = left.compareTo(transport.settings.deadline()) < 0;
    LookupFuture lookup = lookUp.apply(isShortened ? left : transport.settings.deadline());
    onCancel(() -> lookup.cancel(true));
    lookup.whenComplete(
        (session, error) -> {
          longestNanos = Math.max(longestNanos, transport.timer.nanoTime() - started);
          executor.execute(() -> onLookup(session, error, isShortened));
        });
  }

  private void onLookup(@Nullable Session session, @Nullable Throwable error, boolean isShortened) {
    Duration interval = transport.settings.pollInterval();
    try {
      if (error == null) {
        lastSeen = session;
      } else if (isRetryable(error)) {
        keep((SessionLookupException) error, isShortened);
      } else {
        result.completeExceptionally(error);
        return;
      }
      if (error == null && condition.test(session)) {
        result.complete(session);
        return;
      }
    } catch (RuntimeException | Error e) { // Thrown by the condition.
      result.completeExceptionally(e);
      return;
    }
    if (error instanceof RateLimitedException) {
      Duration retryAfter = ((RateLimitedException) error).retryAfter().orElse(interval);
      interval = retryAfter.compareTo(interval) > 0 ? retryAfter : interval;
    }
    Duration left = Duration.ofNanos(Math.max(0, endNanos - transport.timer.nanoTime()));
    pause(Collections.min(List.of(interval, left)));
  }

  private static boolean isRetryable(Throwable error) {
    return error instanceof SessionLookupException
        && ((SessionLookupException) error).isRetryable();
  }

  /** Ignores the timeout of a lookup that was cut short by the end of the wait. */
  private void keep(SessionLookupException failure, boolean isShortened) {
    boolean isEnd = isShortened && failure instanceof DeadlineExceededException;
    if (isEnd && failure.getCause() instanceof SessionLookupException) {
      lastFailure = (SessionLookupException) failure.getCause();
    } else if (!isEnd || (lastFailure == null && lastSeen == null)) {
      lastFailure = failure;
    }
  }

  private void pause(Duration span) {
    onCancel(transport.timer.schedule(span.toNanos(), () -> executor.execute(this::poll)));
  }

  private void onCancel(Runnable action) {
    cancelStep = action;
    if (result.isOver()) {
      action.run();
    }
  }
}
