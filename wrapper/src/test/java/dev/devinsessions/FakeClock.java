package dev.devinsessions;

import dev.devinsessions.internal.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A clock that a test advances. With {@link #skippingWaits}, each delay between two attempts
 * advances it.
 */
final class FakeClock extends Timer {
  /** The initial wall-clock time: a whole second, because HTTP dates have no fraction. */
  static final Instant START = Instant.parse("2026-01-31T23:59:00Z");

  static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final class Timeout {
    final long at;
    final Duration span;
    final Runnable action;

    Timeout(long at, Duration span, Runnable action) {
      this.at = at;
      this.span = span;
      this.action = action;
    }
  }

  /** Close to overflow, because System.nanoTime() may be. */
  private final long start = Long.MAX_VALUE - 1_000;

  private final List<Timeout> timeouts = new ArrayList<>();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private final Duration attemptTimeout;
  private final double random;
  private long now = start;

  private FakeClock(Duration attemptTimeout, double random) {
    this.attemptTimeout = attemptTimeout;
    this.random = random;
  }

  FakeClock() {
    this(Duration.ZERO, 0);
  }

  /** A clock that skips and records each delay between attempts. */
  static FakeClock skippingWaits(Duration attemptTimeout, double random) {
    return new FakeClock(attemptTimeout, random);
  }

  /**
   * A lookup with this clock, {@link #DEADLINE}, and the attempt timeout by which this clock tells
   * timeouts from delays.
   */
  SessionLookupBuilder lookup(String baseUrl) {
    return SessionLookup.builder()
        .apiKey(FakeApi.PERSONAL_KEY)
        .baseUrl(baseUrl)
        .deadline(DEADLINE)
        .attemptTimeout(attemptTimeout)
        .timer(this);
  }

  /** The delays between attempts, in order. */
  List<Duration> waits() {
    return waits;
  }

  /** Times out the current attempts. */
  void endAttempts() {
    List<Timeout> ended;
    synchronized (this) {
      ended = new ArrayList<>(timeouts);
      ended.removeIf(timeout -> !timeout.span.equals(attemptTimeout));
      timeouts.removeAll(ended);
    }
    ended.forEach(timeout -> timeout.action.run());
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Instant now() {
    return START.plusNanos(now - start);
  }

  @Override
  public double random() {
    return random;
  }

  @Override
  public Runnable schedule(long nanos, Runnable action) {
    Duration span = Duration.ofNanos(nanos);
    boolean isWait = !span.equals(attemptTimeout) && span.compareTo(DEADLINE.minusSeconds(15)) <= 0;
    Timeout timeout;
    synchronized (this) {
      timeout = new Timeout(now + nanos, span, action);
      timeouts.add(timeout);
      notifyAll();
    }
    if (isWait && !attemptTimeout.isZero()) {
      waits.add(span);
      advance(span);
    } else if (nanos <= 0) {
      advance(Duration.ZERO);
    }
    return () -> cancel(timeout);
  }

  private synchronized void cancel(Timeout timeout) {
    timeouts.remove(timeout);
  }

  /** Waits until an action is scheduled with this delay. */
  void awaitScheduled(Duration span) {
    awaitScheduled(span::equals);
  }

  /** Waits until an action is scheduled with a shorter delay, and returns its delay. */
  Duration awaitScheduledBelow(Duration span) {
    return awaitScheduled(scheduled -> scheduled.compareTo(span) < 0);
  }

  private synchronized Duration awaitScheduled(Predicate<Duration> span) {
    while (true) {
      for (Timeout timeout : timeouts) {
        if (span.test(timeout.span)) {
          return timeout.span;
        }
      }
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Advances the time and runs the actions that are due, in order. */
  void advance(Duration span) {
    synchronized (this) {
      now += span.toNanos();
    }
    for (Timeout due = due(); due != null; due = due()) {
      due.action.run();
    }
  }

  private synchronized Timeout due() {
    Timeout earliest = null;
    for (Timeout timeout : timeouts) {
      if (timeout.at - now <= 0 && (earliest == null || timeout.at - earliest.at < 0)) {
        earliest = timeout;
      }
    }
    timeouts.remove(earliest);
    return earliest;
  }
}
