package dev.devinsessions;

import dev.devinsessions.internal.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when a test says so. */
final class ManualTimer implements Timer {
  private static final class Alarm {
    final long at;
    final long nanos;
    final Runnable action;

    Alarm(long at, long nanos, Runnable action) {
      this.at = at;
      this.nanos = nanos;
      this.action = action;
    }
  }

  private final List<Alarm> alarms = new ArrayList<>();
  private long now = Long.MAX_VALUE - 1_000; // Soon to overflow, as System.nanoTime() may.

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public double random() {
    return 0;
  }

  @Override
  public synchronized Runnable schedule(long nanos, Runnable action) {
    Alarm alarm = new Alarm(now + nanos, nanos, action);
    alarms.add(alarm);
    notifyAll();
    return () -> takeBack(alarm);
  }

  private synchronized void takeBack(Alarm alarm) {
    alarms.remove(alarm);
  }

  /** Waits until something is scheduled for just that span. */
  synchronized void awaitScheduled(Duration span) {
    while (alarms.stream().noneMatch(alarm -> alarm.nanos == span.toNanos())) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Waits until something is scheduled for less than a span, and says for how long. */
  synchronized Duration awaitScheduledBelow(Duration span) {
    while (alarms.stream().noneMatch(alarm -> alarm.nanos < span.toNanos())) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return Duration.ofNanos(alarms.stream().mapToLong(alarm -> alarm.nanos).min().getAsLong());
  }

  /** Lets time pass and does what is due, in its order. */
  void advance(Duration span) {
    synchronized (this) {
      now += span.toNanos();
    }
    for (Alarm due = due(); due != null; due = due()) {
      due.action.run();
    }
  }

  private synchronized Alarm due() {
    Alarm earliest = null;
    for (Alarm alarm : alarms) {
      if (alarm.at - now <= 0 && (earliest == null || alarm.at - earliest.at < 0)) {
        earliest = alarm;
      }
    }
    alarms.remove(earliest);
    return earliest;
  }
}
