package dev.devinsessions.internal;

import dev.devinsessions.Session;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Blocks the calling thread until a lookup ends. */
final class CallerThread {
  private CallerThread() {}

  /** Waits for a lookup. If the thread is interrupted, the lookup is cancelled. */
  static Session await(String sessionId, CompletableFuture<Session> future) {
    try {
      awaitEnd(future);
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw Failures.interrupted(sessionId);
    } catch (ExecutionException e) {
      throw withCallerTrace(Objects.requireNonNull(e.getCause()));
    }
  }

  /**
   * Waits until a future completes. On a fork-join thread, {@code CompletableFuture.get} would run
   * other tasks in the meantime, and might not return in time.
   */
  static void awaitEnd(CompletableFuture<?> future) throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    future.whenComplete((value, error) -> end.countDown());
    end.await();
  }

  /** Appends the caller's stack trace to an error that was created on another thread. */
  private static RuntimeException withCallerTrace(Throwable error) {
    List<StackTraceElement> origin = List.of(error.getStackTrace());
    List<StackTraceElement> caller = List.of(new Throwable().getStackTrace());
    // Without the frames of this method and await().
    List<StackTraceElement> callerFrames =
        caller.subList(Math.min(2, caller.size()), caller.size());
    int end = origin.size() - callerFrames.size();
    if (end < 0 || !origin.subList(end, origin.size()).equals(callerFrames)) {
      error.setStackTrace(
          Stream.concat(origin.stream(), caller.stream()).toArray(StackTraceElement[]::new));
    }
    if (error instanceof Error) {
      throw (Error) error;
    }
    return error instanceof RuntimeException
        ? (RuntimeException) error
        : new IllegalStateException(error); // A fake's future may fail with a checked exception.
  }
}
