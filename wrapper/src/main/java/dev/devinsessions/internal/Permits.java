package dev.devinsessions.internal;

import dev.devinsessions.RateLimitedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of requests in flight to {@code maxConcurrency}, or to fewer if requests are
 * refused. Calls queue in FIFO order, and none gets a permit during a pause. Thread-safe. No method
 * waits for a permit.
 */
final class Permits {
  /** A call that needs a permit. Its methods must not block. */
  interface Waiter {
    /** The time left until the deadline of the call. */
    long remainingNanos();

    /** Whether the call has ended. */
    boolean isOver();

    /** Called when the call gets a permit, which it must release. */
    void onPermit();

    /** Called when a pause exceeds the deadline of the call. */
    void onPauseTooLong(RateLimitedException reason, long nanos);
  }

  /** The limit grows after this many rounds without refusals. A round is one release per permit. */
  private static final int ROUNDS_UNTIL_GROWTH = 4;

  private final int maxConcurrency;
  private final Timer timer;

  /** May contain calls that have ended; they are skipped. */
  private final Deque<Waiter> waiting = new ArrayDeque<>();

  private int limit;
  private int inUse;
  private int releasedSinceChange;
  private long pausedUntil;
  private @Nullable RateLimitedException pauseReason;

  Permits(int maxConcurrency, Timer timer) {
    this.maxConcurrency = maxConcurrency;
    this.timer = timer;
    limit = maxConcurrency;
  }

  /** Queues a call, at the front if it was refused, unless a pause exceeds its deadline. */
  void acquire(Waiter call, boolean atFront) {
    RateLimitedException reason;
    long left;
    synchronized (this) {
      left = remainingPause();
      reason = left > 0 && call.remainingNanos() <= left ? pauseReason : null;
      if (reason == null && atFront) {
        waiting.addFirst(call);
      } else if (reason == null) {
        waiting.addLast(call);
      }
    }
    if (reason == null) {
      handOut();
    } else {
      call.onPauseTooLong(reason, left);
    }
  }

  /** Releases the permit of a call that was not refused. */
  void release() {
    synchronized (this) {
      inUse--;
      releasedSinceChange++;
      if (limit > 0
          && limit < maxConcurrency
          && releasedSinceChange >= limit * ROUNDS_UNTIL_GROWTH) {
        changeLimit(limit + 1);
      }
    }
    handOut();
  }

  /**
   * Releases the permit of a call whose request was refused. Lowers the limit to the number of
   * permits still in use, at least 1.
   *
   * @return whether other requests are in flight; the next one to end frees a permit
   */
  boolean releaseRefused() {
    boolean othersInFlight;
    synchronized (this) {
      inUse--;
      othersInFlight = inUse > 0;
      changeLimit(Math.min(limit, Math.max(1, inUse)));
    }
    handOut();
    return othersInFlight;
  }

  private void changeLimit(int newLimit) {
    limit = newLimit;
    releasedSinceChange = 0;
  }

  /** Pauses all calls unless a longer pause is active, and ends calls that cannot outlast it. */
  void pause(long nanos, RateLimitedException reason) {
    List<Waiter> tooLate = new ArrayList<>();
    synchronized (this) {
      if (nanos < remainingPause()) {
        return;
      }
      pausedUntil = timer.nanoTime() + nanos;
      pauseReason = reason;
      waiting.removeIf(call -> call.remainingNanos() <= nanos && tooLate.add(call));
    }
    timer.schedule(nanos, this::handOut);
    tooLate.forEach(call -> call.onPauseTooLong(reason, nanos));
  }

  /** Stops handing out permits. */
  synchronized void close() {
    limit = 0;
    waiting.clear();
  }

  private long remainingPause() {
    return pauseReason == null ? 0 : Math.max(0, pausedUntil - timer.nanoTime());
  }

  private void handOut() {
    for (Waiter next = next(); next != null; next = next()) {
      next.onPermit();
    }
  }

  private synchronized @Nullable Waiter next() {
    Waiter next = null;
    while (inUse < limit && remainingPause() == 0 && next == null && !waiting.isEmpty()) {
      next = waiting.removeFirst();
      if (next.isOver()) {
        next = null;
      } else {
        inUse++;
      }
    }
    return next;
  }
}
