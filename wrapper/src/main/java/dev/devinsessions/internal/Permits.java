package dev.devinsessions.internal;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A fair semaphore that nobody blocks on: a permit is handed to the next in line. It may be paused.
 * Thread-safe.
 */
final class Permits {
  private final Set<Runnable> waiting = new LinkedHashSet<>();
  private final Timer timer;
  private final Executor executor;
  private int free;
  private long pausedUntil;

  /**
   * @param executor runs the actions that waited for the end of a pause
   */
  Permits(int permits, Timer timer, Executor executor) {
    free = permits;
    this.timer = timer;
    this.executor = executor;
    pausedUntil = timer.nanoTime();
  }

  /**
   * Runs an action with a permit, now or when there is one, on the thread that frees it. The action
   * must see to {@link #release()}, but not before it returns, and must not throw.
   *
   * @return leaves the line; without effect once the action has been run
   */
  Runnable acquire(Runnable action) {
    synchronized (this) {
      waiting.add(action);
    }
    handOut();
    return () -> leave(action);
  }

  void release() {
    synchronized (this) {
      free++;
    }
    handOut();
  }

  /** Hands no permit out for a while; then one to each who waits, as far as they go. */
  void pause(long nanos) {
    synchronized (this) {
      long until = timer.nanoTime() + nanos;
      pausedUntil = until - pausedUntil > 0 ? until : pausedUntil;
    }
    timer.schedule(nanos, () -> executor.execute(this::handOutAll));
  }

  /** Sends everybody home who waits. */
  synchronized void close() {
    waiting.clear();
  }

  private void handOutAll() {
    boolean isOneMore = true;
    while (isOneMore) {
      isOneMore = handOut();
    }
  }

  /**
   * One for each who comes or goes is enough, and does not hold that thread up for all the others.
   */
  private boolean handOut() {
    Runnable next = next();
    if (next != null) {
      next.run();
    }
    return next != null;
  }

  private synchronized @Nullable Runnable next() {
    Iterator<Runnable> line = waiting.iterator();
    boolean isPaused = timer.nanoTime() - pausedUntil < 0;
    if (free == 0 || isPaused || !line.hasNext()) {
      return null;
    }
    Runnable next = line.next();
    line.remove();
    free--;
    return next;
  }

  private synchronized void leave(Runnable action) {
    waiting.remove(action);
  }
}
