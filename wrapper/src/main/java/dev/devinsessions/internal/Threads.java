package dev.devinsessions.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * The library's threads, which send requests, decode bodies and complete futures. Their number is
 * unlimited, because callbacks of futures may block them. Idle threads end.
 */
final class Threads implements Executor, AutoCloseable {
  private final ExecutorService pool = Executors.newCachedThreadPool(Threads::thread);

  /**
   * Runs a task on a library thread, or on the calling thread if this object is closed.
   *
   * @throws OutOfMemoryError if no thread can be started
   */
  void start(Runnable task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException closed) {
      task.run();
    }
  }

  /** The same, but on the calling thread if no thread can be started, so that no task is lost. */
  @Override
  public void execute(Runnable task) {
    try {
      start(task);
    } catch (OutOfMemoryError noThread) {
      task.run();
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }

  /** Creates a daemon thread that does not inherit the caller's inheritable thread-locals. */
  static Thread thread(Runnable task) {
    Thread thread = new Thread(null, task, "devin-sessions", 0, false);
    thread.setDaemon(true);
    return thread;
  }
}
