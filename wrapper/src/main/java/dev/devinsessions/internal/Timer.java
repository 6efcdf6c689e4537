package dev.devinsessions.internal;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance as lookups see them: the real ones, unless a test overrides them. */
public interface Timer {
  /** A monotonic clock, for spans. */
  default long nanoTime() {
    return System.nanoTime();
  }

  /** The wall clock, for dates that a server names. */
  default Instant now() {
    return Instant.now();
  }

  /** Evenly from [0, 1). */
  default double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /**
   * Runs a short action later, on the JDK's own timer thread, which others need too.
   *
   * @return takes the action back, if it has not run
   */
  default Runnable schedule(long nanos, Runnable action) {
    CompletableFuture<Boolean> isDue = new CompletableFuture<>();
    isDue.thenAccept(
        due -> {
          if (due) {
            action.run();
          }
        });
    isDue.completeOnTimeout(true, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    return () -> isDue.complete(false);
  }
}
