package com.example;

import dev.devinsessions.DeadlineExceededException;
import dev.devinsessions.Session;
import dev.devinsessions.SessionId;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionMessage;
import dev.devinsessions.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Waits for sessions and posts to a chat how each of them ended. */
final class SessionBot implements AutoCloseable {
  private final SessionLookup lookup;
  private final Consumer<String> chat;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  SessionBot(SessionLookup lookup, Consumer<String> chat) {
    this.lookup = lookup;
    this.chat = chat;
  }

  /** Returns at once, however many sessions there are; no thread waits for them. */
  CompletableFuture<Void> watch(Set<SessionId> ids, Duration atMost) {
    List<CompletableFuture<Void>> posts =
        ids.stream().map(id -> watch(id, atMost)).collect(Collectors.toList());
    return CompletableFuture.allOf(posts.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> watch(SessionId id, Duration atMost) {
    CompletableFuture<Session> wait =
        lookup.waitUntilAsync(id.value(), session -> session.status().isSettled(), atMost);
    stopped.whenComplete((nothing, error) -> wait.cancel(true));
    return wait.handle(
        (session, error) -> {
          if (!wait.isCancelled()) {
            chat.accept(id + (session != null ? text(session) : text(error)));
          }
          return null;
        });
  }

  private static String text(Session session) {
    List<SessionMessage> messages = session.messages();
    String last = messages.isEmpty() ? "" : ": " + messages.get(messages.size() - 1).message();
    boolean waitsForReply = session.status() == SessionStatus.BLOCKED;
    return (waitsForReply ? " waits for your reply" : " is " + session.status()) + last;
  }

  private static String text(Throwable error) {
    if (error instanceof DeadlineExceededException) {
      return ((DeadlineExceededException) error)
          .lastSeen()
          .map(session -> " is still " + session.status())
          .orElse(" did not respond in time");
    }
    return " cannot be watched: " + error.getMessage();
  }

  /** Stops the polling and cancels the requests in flight. */
  @Override
  public void close() {
    stopped.complete(null);
  }
}
