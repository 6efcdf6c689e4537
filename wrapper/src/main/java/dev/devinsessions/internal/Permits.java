package dev.devinsessions.internal;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fair semaphore that nobody blocks on: a permit is handed to the next in line. It may be paused.
 * Thread-safe.
 */
final class Permits {
  private final Set<Runnable> waiting = new LinkedHashSet<>();
  private final Timer timer;
  private int free;
  private long pausedUntil;
  private boolean isHandingOut;

  Permits(int permits, Timer timer) {
    free = permits;
    this.timer = timer;
    pausedUntil = timer.nanoTime();
  }

  /**
   * Runs an action with a permit, now or when there is one, on the thread that frees it. The action
   * must see to {@link #release()} and must not throw.
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

  /** Hands no permit out for a while. */
  void pause(long nanos) {
    synchronized (this) {
      long until = timer.nanoTime() + nanos;
      pausedUntil = until - pausedUntil > 0 ? until : pausedUntil;
    }
    timer.schedule(nanos, this::handOut);
  }

  /** Sends everybody home who waits. */
  synchronized void close() {
    waiting.clear();
  }

  /**
   * One thread at a time, in a loop: an action that fails at once frees its permit within this
   * call.
   */
  private void handOut() {
    for (Runnable next = next(false); next != null; next = next(true)) {
      next.run();
    }
  }

  private synchronized @Nullable Runnable next(boolean isMyTurn) {
    Iterator<Runnable> line = waiting.iterator();
    boolean isPaused = timer.nanoTime() - pausedUntil < 0;
    if ((isHandingOut && !isMyTurn) || free == 0 || isPaused || !line.hasNext()) {
      isHandingOut = isHandingOut && !isMyTurn;
      return null;
    }
    Runnable next = line.next();
    line.remove();
    free--;
    isHandingOut = true;
    return next;
  }

  private synchronized void leave(Runnable action) {
    waiting.remove(action);
  }
}
