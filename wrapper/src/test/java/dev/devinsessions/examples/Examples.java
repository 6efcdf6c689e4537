package dev.devinsessions.examples;

import dev.devinsessions.Deviation;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Examples of the README that are not in {@link Demo}. */
final class Examples {
  private static final System.Logger LOG = System.getLogger("com.example.sessions");

  private Examples() {}

  static Session waitForSession(SessionLookup lookup, String id) {
    Session session =
        lookup.waitUntil(id, seen -> seen.status().isSettled(), Duration.ofMinutes(30));
    return session;
  }

  static CompletableFuture<Session> waitWithoutBlocking(SessionLookup lookup, String id) {
    CompletableFuture<Session> wait =
        lookup.waitUntilAsync(id, seen -> seen.status().isSettled(), Duration.ofMinutes(30));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> wait.cancel(true))); // Ctrl-C
    wait.thenAccept(session -> System.out.println(session.id() + " is " + session.status()));
    return wait;
  }

  static void logDeviations(Session session) {
    for (Deviation deviation : session.deviations()) {
      LOG.log(Level.WARNING, session.id() + " " + deviation.path() + " " + deviation.problem());
    }
  }
}
