package dev.devinsessions.internal;

import dev.devinsessions.RateLimitedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    /**
     * Called when the call gets a permit.
     *
     * @return whether the call accepts the permit, which it must then release
     */
    boolean onPermit();

    /** Called when a pause exceeds the deadline of the call. */
    void onPauseTooLong(RateLimitedException reason, long nanos);
  }

  /** The limit first grows after this many rounds without refusals. */
  private static final int ROUNDS_UNTIL_GROWTH = 4;

  private final int maxConcurrency;
  private final Timer timer;

  /** Calls that were refused, which precede all others. */
  private final Set<Waiter> refused = new LinkedHashSet<>();

  private final Set<Waiter> waiting = new LinkedHashSet<>();
  private int limit;
  private int inUse;

  /** How much the limit grows next. */
  private int step = 1;

  /** Releases since the limit grew or a request was refused. A round is one release per permit. */
  private int released;

  private long pausedUntil;
  private @Nullable RateLimitedException pauseReason;

  Permits(int maxConcurrency, Timer timer) {
    this.maxConcurrency = maxConcurrency;
    this.timer = timer;
    limit = maxConcurrency;
  }

  /** Queues a call, unless a pause exceeds its deadline. */
  void acquire(Waiter call, boolean wasRefused) {
    RateLimitedException reason;
    long left;
    synchronized (this) {
      left = remainingPause();
      reason = left > 0 && call.remainingNanos() <= left ? pauseReason : null;
      if (reason == null) {
        (wasRefused ? refused : waiting).add(call);
      }
    }
    if (reason == null) {
      handOut();
    } else {
      call.onPauseTooLong(reason, left);
    }
  }

  /** Removes a call that has ended from the queue. */
  synchronized void cancel(Waiter call) {
    if (!refused.remove(call)) {
      waiting.remove(call);
    }
  }

  /**
   * Releases a permit. After some rounds without a refusal, the limit grows: by 1 at first, because
   * the server may still refuse more, then by twice as much each round.
   */
  void release() {
    synchronized (this) {
      inUse--;
      released++;
      int rounds = step == 1 ? ROUNDS_UNTIL_GROWTH : 1;
      if (limit > 0 && limit < maxConcurrency && released >= limit * rounds) {
        limit = Math.min(maxConcurrency, limit + step);
        step *= 2;
        released = 0;
      }
    }
    handOut();
  }

  /**
   * Lowers the limit after a refusal, to the number of other requests in flight. Called before the
   * refused call releases its permit.
   *
   * @return whether other requests are in flight; the next one to end frees a permit
   */
  synchronized boolean lowerLimit() {
    boolean areOthersInFlight = inUse > 1;
    if (areOthersInFlight) {
      limit = Math.min(limit, inUse - 1);
    }
    // If a request is refused alone, too many requests are not the reason: let the limit grow soon.
    step = areOthersInFlight ? 1 : 2;
    released = -1; // The release of the refused call does not count.
    return areOthersInFlight;
  }

  /**
   * Pauses all calls unless a longer pause is active; fails queued calls with earlier deadlines.
   */
  void pause(long nanos, RateLimitedException reason) {
    List<Waiter> tooLate = new ArrayList<>();
    synchronized (this) {
      if (nanos < remainingPause()) {
        return;
      }
      pausedUntil = timer.nanoTime() + nanos;
      pauseReason = reason;
      for (Set<Waiter> calls : List.of(refused, waiting)) {
        calls.removeIf(call -> call.remainingNanos() <= nanos && tooLate.add(call));
      }
    }
    tooLate.forEach(call -> call.onPauseTooLong(reason, nanos));
    timer.schedule(nanos, this::handOut);
  }

  /** Stops handing out permits. */
  synchronized void close() {
    limit = 0;
    refused.clear();
    waiting.clear();
  }

  private long remainingPause() {
    return pauseReason == null ? 0 : Math.max(0, pausedUntil - timer.nanoTime());
  }

  /** Hands out permits, without the lock: a call may end, and its callbacks may use this object. */
  private void handOut() {
    for (Waiter next = next(); next != null; next = next()) {
      if (!next.onPermit()) {
        synchronized (this) {
          inUse--;
        }
      }
    }
  }

  private synchronized @Nullable Waiter next() {
    Set<Waiter> calls = refused.isEmpty() ? waiting : refused;
    if (inUse >= limit || remainingPause() > 0 || calls.isEmpty()) {
      return null;
    }
    Waiter next = calls.iterator().next();
    calls.remove(next);
    inUse++;
    return next;
  }
}
