package dev.devinsessions;

import static dev.devinsessions.FakeApi.ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import dev.devinsessions.FaultServer.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitUntilTest extends LookupTestCase {
  private static final Duration POLL = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(30);

  private static Script status(String word) {
    String body =
        FakeApi.file("v1/required-properties-only.json").replace("\"new\"", "\"" + word + "\"");
    return exchange -> exchange.respond(200, body);
  }

  private static Script failure(int status) {
    return exchange -> exchange.respond(status, "");
  }

  private SessionLookup lookup(Script... responses) {
    server.respond(ApiVersion.V1, responses);
    return open(
        server
            .lookup()
            .attemptTimeout(Duration.ofSeconds(1))
            .deadline(Duration.ofSeconds(3)) // Differs from the pauses that tests wait for.
            .timer(clock));
  }

  private static CompletableFuture<Session> wait(SessionLookup lookup, Duration atMost) {
    return CompletableFuture.supplyAsync(
        () -> lookup.waitUntil(ID, session -> session.status().isSettled(), atMost));
  }

  private void pass(Duration scheduled) {
    clock.awaitScheduled(scheduled);
    clock.advance(scheduled);
  }

  @Test
  void pollsImmediatelyAndThenEveryPollInterval() throws Exception {
    SessionLookup lookup = lookup(status("new"), status("working"), status("blocked"));
    CompletableFuture<Session> settled = wait(lookup, LONG);
    clock.awaitScheduled(POLL);
    assertEquals(1, server.requests().size());
    clock.advance(POLL.minusMillis(1));
    assertEquals(1, server.requests().size());
    clock.advance(Duration.ofMillis(1));
    clock.awaitScheduled(POLL);
    assertEquals(2, server.requests().size());
    clock.advance(POLL);
    assertEquals(SessionStatus.BLOCKED, await(settled).status());
    assertEquals(3, server.requests().size());
  }

  @Test
  void pollsASettledSessionOnce() throws Exception {
    CompletableFuture<Session> settled = wait(lookup(status("finished")), Duration.ofSeconds(1));
    assertEquals(SessionStatus.FINISHED, await(settled).status());
    assertEquals(1, server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void retryableFailuresDoNotEndTheWait(int status) throws Exception {
    CompletableFuture<Session> settled = wait(lookup(failure(status), status("finished")), LONG);
    pass(POLL);
    assertEquals(SessionStatus.FINISHED, await(settled).status());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 422})
  void otherFailuresEndTheWait(int status) {
    SessionLookupException thrown =
        awaitFailure(SessionLookupException.class, wait(lookup(failure(status)), LONG));
    assertEquals(status, thrown.statusCode().orElseThrow());
    assertEquals(1, server.requests().size());
  }

  @Test
  void timeLimitReportsTheLastSession() {
    SessionLookup lookup = lookup(status("new"), status("working"), failure(503));
    CompletableFuture<Session> settled = wait(lookup, Duration.ofSeconds(25));
    pass(POLL);
    pass(POLL);
    clock.awaitScheduled(Duration.ofSeconds(5));
    assertFalse(settled.isDone());
    clock.advance(Duration.ofSeconds(5));
    DeadlineExceededException end = awaitFailure(DeadlineExceededException.class, settled);
    assertEquals(Optional.of("working"), end.lastSeen().flatMap(Session::statusText));
    assertTrue(
        end.getMessage().contains("25 s") && end.getMessage().contains("503"), end.getMessage());
    assertEquals(3, server.requests().size());
  }

  @Test
  void doesNotReportTheTimeoutOfALookupCutShortByTheTimeLimit() {
    server.respond(ApiVersion.V1, Exchange::stall);
    Duration timeout = Duration.ofSeconds(30);
    SessionLookup lookup =
        open(server.lookup().timer(clock).attemptTimeout(timeout).deadline(timeout));
    CompletableFuture<Session> settled = wait(lookup, Duration.ofSeconds(20));
    pass(Duration.ofSeconds(20));
    DeadlineExceededException end = awaitFailure(DeadlineExceededException.class, settled);
    assertEquals(Optional.empty(), end.lastSeen());
  }

  @Test
  void aConditionThatThrowsEndsTheWait() {
    IOException undeclared = new IOException("a condition in Kotlin may throw it");
    CompletableFuture<Session> settled =
        lookup(status("working"))
            .waitUntilAsync(ID, session -> FakeApi.throwUndeclared(undeclared), LONG);
    assertSame(undeclared, awaitFailure(IOException.class, settled));
  }

  @Test
  void aConditionThatBlocksDoesNotDelayTheEnd() throws Exception {
    CompletableFuture<Session> tested = new CompletableFuture<>();
    CompletableFuture<Boolean> isSettled = new CompletableFuture<>();
    CompletableFuture<Session> settled =
        lookup(status("working"))
            .waitUntilAsync(ID, session -> tested.complete(session) && isSettled.join(), LONG);
    await(tested);
    clock.advance(LONG);
    DeadlineExceededException end = awaitFailure(DeadlineExceededException.class, settled);
    assertEquals(await(tested), end.lastSeen().orElseThrow());
    isSettled.complete(true);
  }

  @Test
  void closeEndsTheWait() {
    SessionLookup lookup = lookup(status("working"));
    CompletableFuture<Session> settled = wait(lookup, LONG);
    clock.awaitScheduled(POLL);
    lookup.close();
    awaitFailure(IllegalStateException.class, settled);
  }

  @Test
  void pollIntervalIsConfigurable() {
    Duration interval = Duration.ofSeconds(3);
    SessionLookup lookup = open(server.lookup().timer(clock).pollInterval(interval));
    lookup.waitUntilAsync(ID, session -> false, LONG);
    clock.awaitScheduled(interval);
  }

  @Test
  void interruptEndsTheWaitImmediately() throws Exception {
    SessionLookup lookup = lookup(status("working"));
    CompletableFuture<Boolean> isInterrupted = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              assertThrows(
                  LookupInterruptedException.class, () -> lookup.waitUntil(ID, s -> false, LONG));
              isInterrupted.complete(Thread.currentThread().isInterrupted());
            });
    waiting.start();
    clock.awaitScheduled(POLL);
    waiting.interrupt();
    assertTrue(await(isInterrupted));
  }

  @Test
  void rejectsTimeLimitsThatAreNotPositive() {
    SessionLookup lookup = lookup(status("working"));
    for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
      assertThrows(
          IllegalArgumentException.class, () -> lookup.waitUntil(ID, session -> true, bad));
    }
  }
}
