package dev.devinsessions.internal;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** A fair semaphore that nobody blocks on: a permit is handed to the next in line. Thread-safe. */
final class Permits {
  private final Set<Runnable> waiting = new LinkedHashSet<>();
  private int free;

  Permits(int permits) {
    free = permits;
  }

  /**
   * Runs an action with a permit, now or when there is one, on the thread that frees it. The action must see to {@link
   * #release()}.
   *
   * @return leaves the line; without effect once the action has been run
   */
  Runnable acquire(Runnable action) {
    synchronized (this) {
      if (free == 0) {
        waiting.add(action);
        return () -> leave(action);
      }
      free--;
    }
    action.run();
    return () -> {};
  }

  void release() {
    Runnable next;
    synchronized (this) {
      Iterator<Runnable> line = waiting.iterator();
      if (!line.hasNext()) {
        free++;
        return;
      }
      next = line.next();
      line.remove();
    }
    next.run();
  }

  synchronized int free() {
    return free;
  }

  private synchronized void leave(Runnable action) {
    waiting.remove(action);
  }
}
