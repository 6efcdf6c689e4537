package dev.devinsessions;

import dev.devinsessions.internal.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that does not wait between two attempts: it records the wait and jumps ahead by it. What
 * limits an attempt or a lookup runs in real time, because real sockets do.
 */
final class FakeTimer implements Timer {
  /** What the wall clock shows at first; a whole second, as dates in headers are. */
  static final Instant START = Instant.parse("2026-01-31T23:59:00Z");

  static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Duration attemptTimeout;
  private final double random;
  private final AtomicLong skippedNanos = new AtomicLong();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private final Set<Runnable> attemptLimits = new HashSet<>();
  private boolean isNextAttemptOver;

  FakeTimer(Duration attemptTimeout, double random) {
    this.attemptTimeout = attemptTimeout;
    this.random = random;
  }

  /**
   * A lookup with this clock, {@link #DEADLINE} and the attempt timeout, which are how it knows
   * waits from limits.
   */
  SessionLookupBuilder lookup(String baseUrl) {
    return SessionLookup.builder()
        .apiKey(FakeApi.PERSONAL_KEY)
        .baseUrl(baseUrl)
        .deadline(DEADLINE)
        .attemptTimeout(attemptTimeout)
        .timer(this);
  }

  /** The waits between attempts, in order. */
  List<Duration> waits() {
    return waits;
  }

  /** Ends the attempt under way, even one so young that its time has not begun to run. */
  void endAttempts() {
    List<Runnable> limits;
    synchronized (attemptLimits) {
      isNextAttemptOver = attemptLimits.isEmpty();
      limits = List.copyOf(attemptLimits);
    }
    limits.forEach(Runnable::run);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime() + skippedNanos.get();
  }

  @Override
  public Instant now() {
    return START.plusNanos(skippedNanos.get());
  }

  @Override
  public double random() {
    return random;
  }

  @Override
  public Runnable schedule(long nanos, Runnable action) {
    boolean limitsAnAttempt = nanos == attemptTimeout.toNanos();
    boolean limitsTheLookup = nanos > DEADLINE.minusSeconds(15).toNanos();
    if (limitsAnAttempt) {
      return scheduleAttemptLimit(nanos, action);
    }
    if (limitsTheLookup) {
      return Timer.super.schedule(nanos, action);
    }
    waits.add(Duration.ofNanos(nanos));
    skippedNanos.addAndGet(nanos);
    action.run();
    return () -> {};
  }

  private Runnable scheduleAttemptLimit(long nanos, Runnable action) {
    Runnable takeBack = Timer.super.schedule(nanos, action);
    boolean isOver;
    synchronized (attemptLimits) {
      attemptLimits.add(action);
      isOver = isNextAttemptOver;
      isNextAttemptOver = false;
    }
    if (isOver) {
      action.run();
    }
    return () -> {
      synchronized (attemptLimits) {
        attemptLimits.remove(action);
      }
      takeBack.run();
    };
  }
}
