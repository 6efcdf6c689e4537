package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.devinsessions.FailureDetails;
import dev.devinsessions.InMemorySessionLookup;
import dev.devinsessions.PermissionDeniedException;
import dev.devinsessions.Session;
import dev.devinsessions.SessionId;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionMessage;
import dev.devinsessions.SessionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionBotTest {
  private static final Duration AT_MOST = Duration.ofMinutes(30);
  private static final Session WORKING =
      Session.builder().id("devin-1").status(SessionStatus.WORKING).build();
  private static final Session BLOCKED =
      WORKING.toBuilder()
          .status(SessionStatus.BLOCKED)
          .messages(List.of(message("Done?"), message("Which flag?")))
          .build();

  private final List<String> chat = Collections.synchronizedList(new ArrayList<>());

  @Test
  void postsTheLastMessageOfEverySession() {
    Session finished = Session.builder().id("devin-2").status(SessionStatus.FINISHED).build();
    SessionLookup lookup = InMemorySessionLookup.of(WORKING, WORKING, BLOCKED, finished);

    new SessionBot(lookup, chat::add).watch(ids("devin-1", "1", "devin-2"), AT_MOST).join();

    assertEquals(List.of("devin-1 waits for your reply: Which flag?", "devin-2 is FINISHED"), chat);
  }

  @Test
  void postsTheStatusOfASessionThatNeverSettles() {
    SessionLookup lookup = InMemorySessionLookup.of(WORKING);

    new SessionBot(lookup, chat::add).watch(ids("devin-1"), AT_MOST).join();

    assertEquals(List.of("devin-1 is still WORKING"), chat);
  }

  @Test
  void postsFailuresAndContinues() {
    SessionLookup lookup = InMemorySessionLookup.of(BLOCKED);

    new SessionBot(lookup, chat::add).watch(ids("devin-0", "devin-1"), AT_MOST).join();

    assertTrue(chat.get(0).startsWith("devin-0 cannot be watched: devin-0 "), chat.get(0));
    assertEquals("devin-1 waits for your reply: Which flag?", chat.get(1));
  }

  @Test
  void postsTheErrorOfALambdaFake() {
    SessionLookup denied =
        id -> {
          throw new PermissionDeniedException(
              FailureDetails.builder().sessionId(id).message("the quota is exceeded").build());
        };

    new SessionBot(denied, chat::add).watch(ids("devin-1"), AT_MOST).join();

    assertEquals(List.of("devin-1 cannot be watched: the quota is exceeded"), chat);
  }

  @Test
  void closingEndsTheWaitsSilently() {
    CompletableFuture<Session> endless = new CompletableFuture<>();
    SessionLookup mock = mock(SessionLookup.class);
    when(mock.waitUntilAsync(eq("devin-1"), any(), eq(AT_MOST))).thenReturn(endless);
    SessionBot bot = new SessionBot(mock, chat::add);
    CompletableFuture<Void> posted = bot.watch(ids("devin-1"), AT_MOST);

    bot.close();
    posted.join();

    assertTrue(endless.isCancelled());
    assertEquals(List.of(), chat);
  }

  private static Set<SessionId> ids(String... ids) {
    return Stream.of(ids).map(SessionId::parse).collect(Collectors.toCollection(TreeSet::new));
  }

  private static SessionMessage message(String text) {
    return SessionMessage.builder()
        .eventId("ev-1")
        .type("devin_message")
        .message(text)
        .timestampText("2026-01-02T03:04:05Z")
        .build();
  }
}
