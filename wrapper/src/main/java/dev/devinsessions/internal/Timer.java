package dev.devinsessions.internal;

import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Time and chance; tests have their own. The thread is a lookup object's own, because other code
 * may block the one that the JDK shares. It ends when idle.
 */
public class Timer {
  private static final int IDLE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, Threads::thread);

  public Timer() {
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  /** A monotonic clock, for spans. */
  public long nanoTime() {
    return System.nanoTime();
  }

  /** The wall clock, for dates in headers. */
  public Instant now() {
    return Instant.now();
  }

  /** Evenly from [0, 1). */
  public double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /**
   * Runs an action later. It must not block: all lookups share the thread.
   *
   * @return cancels the action, if it has not run
   */
  public Runnable schedule(long nanos, Runnable action) {
    try {
      Future<?> scheduled = executor.schedule(action, nanos, TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {}; // Closing ends whatever would wait for it.
    }
  }

  void close() {
    executor.shutdownNow();
  }
}
