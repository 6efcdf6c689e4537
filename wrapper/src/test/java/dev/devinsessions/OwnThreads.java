package dev.devinsessions;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/** Runs code in its own thread group, to find the threads that it leaves behind. */
final class OwnThreads {
  private final ThreadGroup group = new ThreadGroup("watched");

  <T> T run(Callable<T> action) throws Exception {
    FutureTask<T> task = new FutureTask<>(action);
    Thread thread = new Thread(group, task, "watched");
    thread.start();
    thread.join();
    return task.get();
  }

  /** The live threads, except the JDK's own and those of the common pool. */
  List<Thread> alive() {
    Thread[] threads = new Thread[group.activeCount() + 50];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(thread -> !thread.getName().startsWith("ForkJoinPool.commonPool"))
        .filter(thread -> !thread.getName().equals("CompletableFutureDelayScheduler"))
        .collect(Collectors.toList());
  }

  /**
   * Waits until all threads have ended, which takes a garbage collection before Java 21. Returns
   * those that have not.
   */
  List<Thread> awaitEnd() throws InterruptedException {
    for (int i = 0; i < 100 && !alive().isEmpty(); i++) {
      System.gc();
      for (Thread thread : alive()) {
        thread.join(100);
      }
    }
    return alive();
  }
}
