package dev.devinsessions.internal;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * The threads that send, decode and complete futures. They come as needed, as the users of futures
 * may block them, and go when idle. A thread that waits for a session is one of them meanwhile,
 * which saves handing its work to another.
 */
final class Workers implements Executor, AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool(Workers::thread);

  /** Runs a task here where no thread is to be had, or after {@link #close()}: none is lost. */
  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (OutOfMemoryError | RejectedExecutionException noThread) {
      task.run();
    }
  }

  /**
   * Waits for a future, as a worker.
   *
   * @param start starts what is waited for; the tasks that it gives to the executor are run here
   * @throws InterruptedException if this thread is interrupted; then the future is cancelled
   */
  <T> T await(Function<Executor, CompletableFuture<T>> start)
      throws InterruptedException, ExecutionException {
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    CompletableFuture<T> future = start.apply(tasks::add);
    future.whenComplete((value, error) -> tasks.add(() -> {}));
    try {
      while (!future.isDone()) {
        tasks.take().run();
      }
      return future.get();
    } finally {
      future.cancel(true);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "devin-sessions");
    thread.setDaemon(true);
    return thread;
  }
}
