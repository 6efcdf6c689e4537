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

/** Polls a session until it satisfies a condition. Holds no thread between polls. */
final class Polling {
  private final Timer timer;
  private final Duration interval;
  private final Function<Duration, LookupFuture> startLookup;
  private final String sessionId;
  private final Predicate<Session> condition;
  private final Duration atMost;
  private final long end;
  private final Executor executor;
  private final LookupFuture result = new LookupFuture();

  /** Cancels the current lookup or pause. */
  private volatile Runnable cancelStep = () -> {};

  private volatile LookupFuture lookup = new LookupFuture();
  private volatile @Nullable Session lastSeen;
  private volatile @Nullable SessionLookupException lastFailure;

  /**
   * @param interval the time between polls
   * @param startLookup starts a lookup with the given time limit
   * @param atMost the time limit, from now
   * @param executor runs the condition and the polls after the first
   */
  Polling(
      Timer timer,
      Duration interval,
      Function<Duration, LookupFuture> startLookup,
      String sessionId,
      Predicate<Session> condition,
      Duration atMost,
      Executor executor) {
    this.timer = timer;
    this.interval = interval;
    this.startLookup = startLookup;
    this.sessionId = sessionId;
    this.condition = condition;
    this.atMost = atMost;
    this.executor = executor;
    end = timer.deadlineAfter(atMost);
  }

  /** Starts polling. Cancelling the future stops the polling and the current lookup. */
  LookupFuture start() {
    result.onEnd(() -> cancelStep.run());
    poll();
    Runnable onTimeLimit = () -> executor.execute(this::onTimeLimit);
    result.onEnd(timer.schedule(timer.until(end).toNanos(), onTimeLimit));
    return result;
  }

  private void poll() {
    Duration left = timer.until(end);
    if (left.isZero()) {
      fail();
      return;
    }
    try {
      LookupFuture next = startLookup.apply(left);
      lookup = next;
      setCancelStep(() -> next.cancel(true));
      next.whenComplete((session, error) -> executor.execute(() -> onLookup(session, error)));
    } catch (Throwable e) { // Thrown if the lookup has been closed, for example.
      result.completeExceptionally(e);
    }
  }

  /**
   * Ends the wait, even if the condition blocks. A lookup in flight has the same time limit and
   * ends by itself, because its failure may be worth reporting.
   */
  private void onTimeLimit() {
    if (lookup.isOver()) {
      fail();
    }
  }

  private void fail() {
    result.completeExceptionally(Failures.waitExceeded(sessionId, atMost, lastSeen, lastFailure));
  }

  private void onLookup(@Nullable Session session, @Nullable Throwable error) {
    try {
      if (error == null) {
        lastSeen = session;
      } else if (isRetryable(error)) {
        remember((SessionLookupException) error);
      } else {
        result.completeExceptionally(error);
        return;
      }
      if (error == null && condition.test(session)) {
        result.complete(session);
        return;
      }
      Duration retryAfter =
          error instanceof RateLimitedException
              ? ((RateLimitedException) error).retryAfter().orElse(interval)
              : interval;
      Duration pause =
          Collections.min(
              List.of(timer.until(end), Collections.max(List.of(interval, retryAfter))));
      synchronized (this) { // The next poll may be running, and must be the one to cancel.
        setCancelStep(timer.schedule(pause.toNanos(), () -> executor.execute(this::poll)));
      }
    } catch (Throwable e) { // Thrown by the condition, or if no timer thread can start.
      result.completeExceptionally(e);
    }
  }

  private static boolean isRetryable(Throwable error) {
    return error instanceof SessionLookupException
        && ((SessionLookupException) error).isRetryable();
  }

  /** Remembers a failure. A final timeout yields to its cause, or to any earlier outcome. */
  private void remember(SessionLookupException failure) {
    boolean isEnd = failure instanceof DeadlineExceededException && timer.until(end).isZero();
    if (isEnd && failure.getCause() instanceof SessionLookupException) {
      lastFailure = (SessionLookupException) failure.getCause();
    } else if (!isEnd || (lastFailure == null && lastSeen == null)) {
      lastFailure = failure;
    }
  }

  private synchronized void setCancelStep(Runnable action) {
    cancelStep = action;
    if (result.isOver()) { // It may have ended before cancelStep was set.
      action.run();
    }
  }
}
