package dev.devinsessions.internal;

import dev.devinsessions.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The future of a lookup, of one of its calls, or of polling. Runs its end actions before its
 * callbacks, because a callback may need the resources that they release. Only the first completion
 * counts.
 */
final class LookupFuture extends CompletableFuture<Session> {
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /**
   * Runs an action, which must not block, when the lookup ends; immediately if it has already
   * ended.
   */
  void onEnd(Runnable action) {
    end.thenRun(action);
  }

  /** Completes with the outcome of another future. */
  void completeWith(@Nullable Session session, @Nullable Throwable error) {
    if (error == null) {
      complete(session);
    } else {
      completeExceptionally(unwrap(error));
    }
  }

  /** Returns the original error, which a dependent stage may have wrapped. */
  static Throwable unwrap(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }

  /** Whether the lookup has ended, even if its callbacks have not run yet. */
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
