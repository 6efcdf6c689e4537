package dev.devinsessions.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Provides the clocks, the random numbers and the scheduler of a {@code SessionLookup}. Tests
 * replace it with a fake. It has its own thread, because other code may block the JDK's shared
 * timer thread. The thread ends when idle.
 */
public class Timer {
  /** A duration whose nanoseconds fit in a {@code long}. */
  static final Duration FOREVER = Duration.ofDays(36_500);

  private static final int IDLE_SECONDS = 10;
  private static final long GUARD_SECONDS = 1;

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, Threads::thread);

  private final AtomicBoolean hasGuard = new AtomicBoolean();

  public Timer() {
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  /** A monotonic clock, for durations. */
  public long nanoTime() {
    return System.nanoTime();
  }

  /** The end of a duration that starts now, on the monotonic clock. */
  long deadlineAfter(Duration duration) {
    return nanoTime() + (duration.compareTo(FOREVER) < 0 ? duration : FOREVER).toNanos();
  }

  /** The time left until a point on the monotonic clock; zero if it has passed. */
  Duration until(long end) {
    return Duration.ofNanos(Math.max(0, end - nanoTime()));
  }

  /** The wall clock, for dates in headers. */
  public Instant now() {
    return Instant.now();
  }

  /** A random number, uniformly distributed over [0, 1). */
  public double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /**
   * Runs an action later. The action must not block, because all lookups share the thread.
   *
   * @return an action that cancels it if it has not run
   * @throws OutOfMemoryError if no thread can be started
   */
  public Runnable schedule(long nanos, Runnable action) {
    try {
      setGuard();
      Future<?> scheduled = executor.schedule(action, nanos, TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {}; // Closing ends all lookups.
    }
  }

  /**
   * Keeps a guard task, due within a second, at the head of the queue. A timeout that became the
   * head would wake the thread, although most timeouts are cancelled before they expire.
   */
  private void setGuard() {
    if (!hasGuard.getAndSet(true)) {
      executor.schedule(() -> hasGuard.set(false), GUARD_SECONDS, TimeUnit.SECONDS);
    }
  }

  void close() {
    executor.shutdownNow();
  }
}
