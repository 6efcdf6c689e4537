package dev.devinsessions.internal;

import dev.devinsessions.Session;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The future of a lookup, or of a part of it. It gives back what the lookup holds before any of its
 * callbacks runs, however it ends: a callback may need just that. The first end counts.
 */
final class LookupFuture extends CompletableFuture<Session> {
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /** Runs an action, which must not block, at the end; now if that has come. */
  void onEnd(Runnable action) {
    end.thenRun(action);
  }

  /** Whether the end has come, even if callbacks do not know yet. */
  boolean isOver() {
    return end.isDone();
  }

  @Override
  public boolean complete(@Nullable Session session) {
    return end.complete(null) && super.complete(session);
  }

  @Override
  public boolean completeExceptionally(Throwable error) {
    return end.complete(null) && super.completeExceptionally(error);
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    return end.complete(null) ? super.cancel(mayInterrupt) : isCancelled();
  }
}
