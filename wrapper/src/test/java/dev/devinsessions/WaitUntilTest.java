package dev.devinsessions;

import static dev.devinsessions.FakeApi.ID;
import static dev.devinsessions.FakeApi.SERVICE_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.StubHttpClient.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WaitUntilTest {
  private static final Duration POLL = Duration.ofSeconds(10);

  private final FakeClock timer = new FakeClock();
  private final AtomicInteger requests = new AtomicInteger();

  private static Response status(String word) {
    return Response.of(
        200,
        FakeApi.file("v1/required-properties-only.json").replace("\"new\"", "\"" + word + "\""));
  }

  private SessionLookup lookup(Response... responses) {
    Deque<Response> left = new ArrayDeque<>(Arrays.asList(responses));
    return SessionLookup.builder()
        .apiKey(SERVICE_KEY)
        .maxRetries(0)
        .attemptTimeout(Duration.ofSeconds(1))
        .deadline(Duration.ofSeconds(3)) // Apart from the pauses that tests wait for.
        .timer(timer)
        .httpClient(
            new StubHttpClient(
                request -> {
                  requests.incrementAndGet();
                  return CompletableFuture.completedFuture(
                      left.size() > 1 ? left.poll() : left.peek());
                }))
        .build();
  }

  private static CompletableFuture<Session> wait(SessionLookup lookup, Duration atMost) {
    return CompletableFuture.supplyAsync(
        () -> lookup.waitUntil(ID, session -> session.status().isSettled(), atMost));
  }

  @Test
  void pollsImmediatelyAndThenEveryPollInterval() {
    try (SessionLookup lookup = lookup(status("new"), status("working"), status("blocked"))) {
      CompletableFuture<Session> settled = wait(lookup, Duration.ofMinutes(30));
      timer.awaitScheduled(POLL);
      assertEquals(1, requests.get());
      timer.advance(POLL.minusMillis(1));
      assertEquals(1, requests.get());
      timer.advance(Duration.ofMillis(1));
      timer.awaitScheduled(POLL);
      assertEquals(2, requests.get());
      timer.advance(POLL);
      assertEquals(SessionStatus.BLOCKED, settled.join().status());
      assertEquals(3, requests.get());
    }
  }

  @Test
  void pollsASettledSessionOnce() {
    try (SessionLookup lookup = lookup(status("finished"))) {
      assertEquals(SessionStatus.FINISHED, wait(lookup, Duration.ofSeconds(1)).join().status());
      assertEquals(1, requests.get());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void retryableFailuresDoNotEndTheWait(int failure) {
    try (SessionLookup lookup = lookup(Response.of(failure, ""), status("finished"))) {
      CompletableFuture<Session> settled = wait(lookup, Duration.ofMinutes(30));
      timer.awaitScheduled(POLL);
      timer.advance(POLL);
      assertEquals(SessionStatus.FINISHED, settled.join().status());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 422})
  void otherFailuresEndTheWait(int failure) {
    try (SessionLookup lookup = lookup(Response.of(failure, ""))) {
      CompletionException error =
          assertThrows(CompletionException.class, wait(lookup, Duration.ofMinutes(30))::join);
      assertEquals(
          failure,
          assertInstanceOf(SessionLookupException.class, error.getCause())
              .statusCode()
              .orElseThrow());
      assertEquals(1, requests.get());
    }
  }

  @Test
  void timeLimitReportsTheLastSession() {
    try (SessionLookup lookup = lookup(status("new"), status("working"), Response.of(503, ""))) {
      CompletableFuture<Session> settled = wait(lookup, Duration.ofSeconds(25));
      timer.awaitScheduled(POLL);
      timer.advance(POLL);
      timer.awaitScheduled(POLL);
      timer.advance(POLL);
      timer.awaitScheduled(Duration.ofSeconds(5));
      assertFalse(settled.isDone());
      timer.advance(Duration.ofSeconds(5));
      CompletionException error = assertThrows(CompletionException.class, settled::join);
      DeadlineExceededException end =
          assertInstanceOf(DeadlineExceededException.class, error.getCause());
      assertEquals(Optional.of("working"), end.lastSeen().flatMap(Session::statusText));
      assertTrue(
          end.getMessage().contains("25.0 s") && end.getMessage().contains("503"),
          end.getMessage());
      assertEquals(3, requests.get());
    }
  }

  @Test
  void doesNotReportTheTimeoutOfALookupCutShortByTheTimeLimit() {
    CompletableFuture<Response> stalled = new CompletableFuture<>();
    try (SessionLookup lookup = slowLookup(stalled)) {
      CompletableFuture<Session> settled = wait(lookup, Duration.ofSeconds(20));
      timer.awaitScheduled(Duration.ofSeconds(20));
      timer.advance(Duration.ofSeconds(20));
      CompletionException error = assertThrows(CompletionException.class, settled::join);
      assertEquals(
          Optional.empty(),
          assertInstanceOf(DeadlineExceededException.class, error.getCause()).lastSeen());
    }
  }

  @Test
  void startsNoLookupThatIsUnlikelyToEndInTime() {
    CompletableFuture<Response> slow = new CompletableFuture<>();
    try (SessionLookup lookup = slowLookup(slow)) {
      CompletableFuture<Session> settled = wait(lookup, Duration.ofSeconds(40));
      timer.awaitScheduled(Duration.ofSeconds(30));
      timer.advance(Duration.ofSeconds(20));
      slow.complete(status("working"));
      timer.awaitScheduled(POLL);
      timer.advance(POLL); // Half of the time that the first lookup took is left.
      timer.awaitScheduled(Duration.ofSeconds(10));
      timer.advance(Duration.ofSeconds(10));
      assertThrows(CompletionException.class, settled::join);
      assertEquals(1, requests.get());
    }
  }

  private SessionLookup slowLookup(CompletableFuture<Response> response) {
    return SessionLookup.builder()
        .apiKey(SERVICE_KEY)
        .maxRetries(0)
        .attemptTimeout(Duration.ofSeconds(30))
        .deadline(Duration.ofSeconds(30))
        .timer(timer)
        .httpClient(
            new StubHttpClient(
                request -> {
                  requests.incrementAndGet();
                  return response;
                }))
        .build();
  }

  @Test
  void aConditionThatThrowsEndsTheWait() {
    RuntimeException bug = new IllegalStateException("a bug");
    try (SessionLookup lookup = lookup(status("working"))) {
      CompletableFuture<Session> settled =
          lookup.waitUntilAsync(
              ID,
              session -> {
                throw bug;
              },
              Duration.ofMinutes(30));
      assertEquals(bug, assertThrows(CompletionException.class, settled::join).getCause());
    }
  }

  @Test
  void timeLimitReportsThatNoSessionWasReceived() {
    try (SessionLookup lookup = lookup(Response.of(503, ""))) {
      CompletableFuture<Session> settled = wait(lookup, Duration.ofSeconds(5));
      timer.awaitScheduled(Duration.ofSeconds(5));
      timer.advance(Duration.ofSeconds(5));
      CompletionException error = assertThrows(CompletionException.class, settled::join);
      assertEquals(
          Optional.empty(),
          assertInstanceOf(DeadlineExceededException.class, error.getCause()).lastSeen());
    }
  }

  @Test
  void closeEndsTheWait() {
    SessionLookup lookup = lookup(status("working"));
    CompletableFuture<Session> settled = wait(lookup, Duration.ofMinutes(30));
    timer.awaitScheduled(POLL);
    lookup.close();
    CompletionException error = assertThrows(CompletionException.class, settled::join);
    assertInstanceOf(IllegalStateException.class, error.getCause());
  }

  @Test
  void pollIntervalIsConfigurable() {
    SessionLookupBuilder builder =
        SessionLookup.builder()
            .apiKey(SERVICE_KEY)
            .timer(timer)
            .pollInterval(Duration.ofSeconds(3))
            .httpClient(
                new StubHttpClient(
                    request -> CompletableFuture.completedFuture(status("working"))));
    try (SessionLookup lookup = builder.build()) {
      CompletableFuture<Session> settled = wait(lookup, Duration.ofMinutes(30));
      timer.awaitScheduled(Duration.ofSeconds(3));
      assertFalse(settled.isDone());
    }
  }

  @Test
  void interruptEndsTheWaitImmediately() throws Exception {
    CompletableFuture<Object> outcome = new CompletableFuture<>();
    try (SessionLookup lookup = lookup(status("working"))) {
      Thread waiting =
          new Thread(
              () -> {
                try {
                  lookup.waitUntil(ID, session -> false, Duration.ofMinutes(30));
                } catch (LookupInterruptedException e) {
                  outcome.complete(Thread.currentThread().isInterrupted());
                }
              });
      waiting.start();
      timer.awaitScheduled(POLL);
      waiting.interrupt();
      assertEquals(true, outcome.get());
    }
  }

  @Test
  void rejectsInvalidArguments() {
    try (SessionLookup lookup = lookup(status("working"))) {
      for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
        assertThrows(
            IllegalArgumentException.class, () -> lookup.waitUntil(ID, session -> true, bad));
      }
      assertThrows(
          IllegalArgumentException.class, () -> lookup.waitUntil("no id!", session -> true, POLL));
      assertThrows(NullPointerException.class, () -> lookup.waitUntil(ID, null, POLL));
    }
  }
}
