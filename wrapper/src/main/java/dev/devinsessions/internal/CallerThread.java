package dev.devinsessions.internal;

import dev.devinsessions.Session;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Blocks the calling thread until a lookup ends. While it waits, the thread runs tasks of the
 * lookup.
 */
final class CallerThread implements Executor {
  private final BlockingQueue<Runnable> tasks = new LinkedTransferQueue<>();
  private volatile boolean hasLeft;

  private CallerThread() {}

  /**
   * Waits for a lookup. If the thread is interrupted, the lookup is cancelled.
   *
   * @param start starts the lookup; the executor runs its tasks on the calling thread
   */
  static Session await(String sessionId, Function<Executor, CompletableFuture<Session>> start) {
    CallerThread thread = new CallerThread();
    CompletableFuture<Session> future = start.apply(thread);
    future.whenComplete((value, error) -> thread.execute(() -> {}));
    try {
      while (!future.isDone()) {
        thread.tasks.take().run();
      }
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.interrupted(sessionId);
    } catch (ExecutionException e) {
      throw withCallerTrace(Objects.requireNonNull(e.getCause()));
    } finally {
      future.cancel(true);
      thread.hasLeft = true;
      thread.runTasks();
    }
  }

  /**
   * Adds a task. None is lost, because it may have to release a permit: once the thread has left,
   * the lookup has ended, so its tasks are short, and any thread can run them.
   */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (hasLeft) {
      runTasks();
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Appends the caller's stack trace to an error that was created on another thread. */
  private static RuntimeException withCallerTrace(Throwable error) {
    List<StackTraceElement> origin = List.of(error.getStackTrace());
    List<StackTraceElement> caller = List.of(new Throwable().getStackTrace());
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
