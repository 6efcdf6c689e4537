package dev.devinsessions.internal;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A future that gives back what it holds before anybody hears of its end, however it ends: who
 * reacts to it may need just that. The first who ends it decides on the outcome.
 */
final class ReleasingFuture<T> extends CompletableFuture<T> {
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  /** Runs an action, which must not wait, at the end; now if that has come. */
  void atTheEnd(Runnable release) {
    over.thenRun(release);
  }

  /** Whether it has ended, even if it still gives things back. */
  boolean isOver() {
    return over.isDone();
  }

  @Override
  public boolean complete(@Nullable T value) {
    return over.complete(null) && super.complete(value);
  }

  @Override
  public boolean completeExceptionally(Throwable error) {
    return over.complete(null) && super.completeExceptionally(error);
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    return over.complete(null) ? super.cancel(mayInterrupt) : isCancelled();
  }
}
