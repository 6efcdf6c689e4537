package dev.devinsessions.internal;

import dev.devinsessions.RateLimitedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which call may send next: as many as {@code maxConcurrency} and the server allow, first come,
 * first served, and none while the server has asked to wait. Thread-safe, and no thread blocks.
 */
final class Permits {
  /** A call that needs a permit. None of its methods blocks. */
  interface Waiting {
    /** Until the deadline of the call. */
    long remainingNanos();

    /** Whether the call has ended meanwhile. */
    boolean isOver();

    /** It is this call's turn: it must release the permit. */
    void onPermit();

    /** The API asked to wait for longer than the call may take. */
    void onPause(RateLimitedException reason, long nanos);
  }

  /** One permit more is tried after each permit was used so many times without a refusal. */
  private static final int ROUNDS_UNTIL_GROWTH = 4;

  private final int maxConcurrency;
  private final Timer timer;

  /** Calls that ended meanwhile stay until it is their turn. */
  private final Deque<Waiting> waiting = new ArrayDeque<>();

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

  /** Queues a call for {@link Waiting#onPermit}; refused calls go to the front. */
  void acquire(Waiting call, boolean toTheFront) {
    RateLimitedException reason;
    long left;
    synchronized (this) {
      left = pauseLeft();
      reason = left > 0 && call.remainingNanos() <= left ? pauseReason : null;
      if (reason == null && toTheFront) {
        waiting.addFirst(call);
      } else if (reason == null) {
        waiting.addLast(call);
      }
    }
    if (reason == null) {
      handOut();
    } else {
      call.onPause(reason, left);
    }
  }

  /** Returns the permit of a call that was not refused. */
  void release() {
    synchronized (this) {
      inUse--;
      releasedSinceChange++;
      if (limit > 0
          && limit < maxConcurrency
          && releasedSinceChange > limit * ROUNDS_UNTIL_GROWTH) {
        changeLimit(limit + 1);
      }
    }
    handOut();
  }

  /**
   * Returns the permit of a call whose request was refused because there were too many: as many as
   * are in flight now are allowed.
   *
   * @return whether there are any, so that the end of one of them makes room
   */
  boolean releaseRefused() {
    boolean areOthersInFlight;
    synchronized (this) {
      inUse--;
      areOthersInFlight = inUse > 0;
      changeLimit(Math.min(limit, Math.max(1, inUse)));
    }
    handOut();
    return areOthersInFlight;
  }

  private void changeLimit(int newLimit) {
    limit = newLimit;
    releasedSinceChange = 0;
  }

  /** Sends nothing for a while, and ends at once the waiting calls that cannot wait so long. */
  void pause(long nanos, RateLimitedException reason) {
    List<Waiting> tooLate = new ArrayList<>();
    synchronized (this) {
      if (nanos < pauseLeft()) {
        return;
      }
      pausedUntil = timer.nanoTime() + nanos;
      pauseReason = reason;
      waiting.removeIf(call -> call.remainingNanos() <= nanos && tooLate.add(call));
    }
    timer.schedule(nanos, this::handOut);
    tooLate.forEach(call -> call.onPause(reason, nanos));
  }

  /** Hands out no more permits. */
  synchronized void close() {
    limit = 0;
    waiting.clear();
  }

  private long pauseLeft() {
    return pauseReason == null ? 0 : Math.max(0, pausedUntil - timer.nanoTime());
  }

  private void handOut() {
    for (Waiting next = next(); next != null; next = next()) {
      next.onPermit();
    }
  }

  private synchronized @Nullable Waiting next() {
    Waiting next = null;
    while (inUse < limit && pauseLeft() == 0 && next == null && !waiting.isEmpty()) {
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
