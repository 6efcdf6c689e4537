package dev.devinsessions.internal;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance as lookups see them; tests put their own in. */
public interface Timer {
  /** The real ones. Wakes up on the JDK's own timer thread, so that there is none to end. */
  Timer SYSTEM =
      new Timer() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public double random() {
          return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public Runnable schedule(long nanos, Runnable action) {
          CompletableFuture<Void> alarm = new CompletableFuture<>();
          alarm.thenRun(action);
          alarm.completeOnTimeout(null, Math.max(0, nanos), TimeUnit.NANOSECONDS);
          return () -> alarm.cancel(false);
        }
      };

  /** A monotonic clock, for spans. */
  long nanoTime();

  /** The wall clock, for dates that a server names. */
  Instant now();

  /** Evenly from [0, 1). */
  double random();

  /**
   * Runs a short action later, on a thread that others need too.
   *
   * @return takes the action back, if it has not run
   */
  Runnable schedule(long nanos, Runnable action);
}
