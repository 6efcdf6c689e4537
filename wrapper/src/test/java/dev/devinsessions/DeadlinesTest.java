package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Lookups without a response end in time and release everything. */
class DeadlinesTest extends LookupTestCase {
  private static final Duration SHORT = Duration.ofMillis(500);

  static Stream<Fault> late() {
    return Faults.late();
  }

  @ParameterizedTest
  @MethodSource("late")
  void deadlineEndsALookupAndItsConnection(Fault fault) throws Exception {
    SessionLookup lookup = open(server.lookup().timer(clock).deadline(SHORT));
    server.onStall(() -> clock.advance(SHORT));
    server.respond(ApiVersion.V1, fault.script);
    DeadlineExceededException thrown =
        assertThrows(DeadlineExceededException.class, () -> lookup.get(FakeApi.ID));
    assertTrue(thrown.isRetryable());
    assertEquals(1, thrown.attempts());
    assertEquals(ApiVersion.V1, thrown.apiVersion().orElseThrow());
    assertTrue(thrown.lastSeen().isEmpty());
    server.awaitClosedByClient(20);
    assertEquals(1, server.requests().size());
  }

  @ParameterizedTest
  @MethodSource("late")
  void cancellingTheFutureClosesTheConnection(Fault fault) throws Exception {
    SessionLookup lookup = open(server.lookup().maxConcurrency(1));
    server.respond(ApiVersion.V1, fault.script, Exchange::succeed);
    CompletableFuture<Session> future = lookup.getAsync(FakeApi.ID);
    awaitStalls(1);
    assertTrue(future.cancel(true));
    assertTrue(future.isCancelled());
    server.awaitClosedByClient(20);
    assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
    assertEquals(2, server.requests().size());
  }

  @Test
  void cancellingAJoinedLookupClosesBothConnections() throws Exception {
    stallInBothApis();
    CompletableFuture<Session> future =
        open(server.lookup().strategy(LookupStrategy.COMPLETE)).getAsync(FakeApi.ID);
    awaitStalls(2);
    future.cancel(true);
    server.awaitClosedByClient(20);
    assertEquals(2, server.connections());
  }

  private void stallInBothApis() {
    server.respond(ApiVersion.V1, Exchange::stall);
    server.respond(ApiVersion.V2_ENTERPRISE, Exchange::stall);
  }

  @Test
  void cancellingAQueuedLookupRemovesIt() throws Exception {
    server.respond(ApiVersion.V1, Exchange::stall, Exchange::succeed);
    List<CompletableFuture<Session>> futures = start(open(server.lookup().maxConcurrency(1)), 3);
    awaitStalls(1);
    futures.get(1).cancel(true);
    WeakReference<?> cancelled = new WeakReference<>(futures.set(1, null));
    while (cancelled.get() != null) {
      System.gc(); // Nothing refers to it any more.
    }
    assertFalse(futures.get(2).isDone());
    futures.get(0).cancel(true);
    assertEquals("devin-2", await(futures.get(2)).id());
    assertEquals(2, server.requests().size());
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "COMPLETE"})
  void deadlineIncludesQueueing(LookupStrategy strategy) {
    stallInBothApis();
    SessionLookup lookup =
        open(server.lookup().maxConcurrency(1).deadline(SHORT).strategy(strategy));
    int requests = 0;
    for (CompletableFuture<Session> future : start(lookup, 20)) {
      DeadlineExceededException failure = awaitFailure(DeadlineExceededException.class, future);
      assertTrue(failure.getMessage().contains("deadline"), failure::getMessage);
      assertFalse(failure.getMessage().contains("attemptTimeout"), failure::getMessage);
      requests += failure.attempts();
    }
    assertTrue(requests <= 20, "most never left the queue");
  }

  @Test
  void deadlineReportsTheLastFailure() {
    server.onStall(() -> clock.advance(SHORT));
    server.respond(
        ApiVersion.V1,
        exchange -> exchange.respond(503, "{\"detail\": \"restarting\"}", "x-request-id: r-1"),
        Exchange::stall);
    CompletableFuture<Session> future =
        open(server.lookup().timer(clock).deadline(SHORT).maxRetries(1)).getAsync(FakeApi.ID);
    Duration wait = Duration.ofMillis(250);
    clock.awaitScheduled(wait);
    clock.advance(wait);
    DeadlineExceededException thrown = awaitFailure(DeadlineExceededException.class, future);
    assertEquals(2, thrown.attempts());
    assertEquals(503, thrown.statusCode().getAsInt());
    assertEquals("restarting", thrown.detail().orElseThrow());
    assertEquals("r-1", thrown.requestId().orElseThrow());
    assertInstanceOf(ServerErrorException.class, thrown.getCause());
  }

  @Test
  void interruptEndsALookupAndItsConnection() throws Exception {
    SessionLookup lookup = open(server.lookup().maxConcurrency(1));
    server.onStall(Thread.currentThread()::interrupt);
    server.respond(ApiVersion.V1, Exchange::stall, Exchange::succeed);
    assertThrows(LookupInterruptedException.class, () -> lookup.get(FakeApi.ID));
    assertTrue(Thread.interrupted(), "the flag stays set");
    server.awaitClosedByClient(20);
    assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
  }
}
