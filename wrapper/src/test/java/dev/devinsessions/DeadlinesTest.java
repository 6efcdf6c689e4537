package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** When a lookup without a response ends, and what it leaves behind. */
@Timeout(60)
class DeadlinesTest {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(50);

  static Stream<Arguments> waysToBeLate() {
    return Stream.of(
        late("says nothing", Exchange::stall),
        late(
            "stops within the headers",
            exchange -> {
              exchange.write("HTTP/1.1 200 OK\r\nContent-");
              exchange.stall();
            }),
        late(
            "stops within the body",
            exchange -> {
              exchange.write(Exchange.head(200, "Content-Length: 500") + "{");
              exchange.stall();
            }),
        late(
            "stops within an error",
            exchange -> {
              exchange.write(Exchange.head(500, "Content-Length: 500") + "{");
              exchange.stall();
            }),
        late(
            "stops before the last chunk",
            exchange -> {
              String body = FaultServer.goodBody(ApiVersion.V1).replaceAll("[^ -~]", "?");
              exchange.write(Exchange.head(200, "Transfer-Encoding: chunked"));
              exchange.write(Integer.toHexString(body.length()) + "\r\n" + body + "\r\n");
              exchange.stall();
            }),
        late(
            "dribbles",
            exchange -> {
              exchange.write(Exchange.head(200));
              exchange.dribble(' ');
            }));
  }

  private static Arguments late(String name, FaultServer.Script script) {
    return Arguments.of(name, script);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysToBeLate")
  void deadlineEndsALookupAndItsConnection(String name, FaultServer.Script script)
      throws Exception {
    FakeClock timer = new FakeClock();
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            server
                .lookup()
                .maxConcurrency(1)
                .timer(timer)
                .deadline(SHORT)
                .attemptTimeout(LONG)
                .build()) {
      server.onStall(() -> timer.advance(SHORT));
      server.respond(ApiVersion.V1, script);
      DeadlineExceededException thrown =
          assertThrows(DeadlineExceededException.class, () -> lookup.get(FakeApi.ID));
      assertTrue(thrown.isRetryable());
      assertEquals(1, thrown.attempts());
      assertEquals(ApiVersion.V1, thrown.apiVersion().orElseThrow());
      assertTrue(thrown.lastSeen().isEmpty());
      server.awaitClosedByClient(20);
      assertEquals(1, server.requests().size());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysToBeLate")
  void retriesAfterAnAttemptTimeout(String name, FaultServer.Script script) throws Exception {
    FakeClock timer = FakeClock.skippingWaits(LONG, 0);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            timer
                .lookup(server.baseUrl())
                .strategy(LookupStrategy.V1)
                .maxConcurrency(1)
                .maxRetries(1)
                .build()) {
      server.onStall(timer::endAttempts);
      server.respond(ApiVersion.V1, script, FaultServer.Exchange::succeed);
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
      assertEquals(Duration.ofMillis(250), timer.waits().get(0));
      assertTrue(server.requests().size() >= 2, "a request that timed out, and its retry");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysToBeLate")
  void cancellingTheFutureClosesTheConnection(String name, FaultServer.Script script)
      throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            server.lookup().maxConcurrency(1).deadline(LONG).attemptTimeout(LONG).build()) {
      CountDownLatch stalled = new CountDownLatch(1);
      server.onStall(stalled::countDown);
      server.respond(ApiVersion.V1, script);
      CompletableFuture<Session> future = lookup.getAsync(FakeApi.ID);
      assertTrue(stalled.await(20, TimeUnit.SECONDS));
      assertTrue(future.cancel(true));
      assertThrows(CancellationException.class, future::join);
      server.awaitClosedByClient(20);
      server.respondNormally();
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
      assertEquals(2, server.requests().size());
    }
  }

  @Test
  void cancellingAJoinedLookupClosesBothConnections() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            server.lookup().maxConcurrency(2).strategy(LookupStrategy.COMPLETE).build()) {
      CountDownLatch stalled = new CountDownLatch(2);
      server.onStall(stalled::countDown);
      server.respond(ApiVersion.V1, Exchange::stall);
      server.respond(ApiVersion.V2_ENTERPRISE, Exchange::stall);
      CompletableFuture<Session> future = lookup.getAsync(FakeApi.ID);
      assertTrue(stalled.await(20, TimeUnit.SECONDS));
      future.cancel(true);
      server.awaitClosedByClient(20);
      assertEquals(2, server.connections());
    }
  }

  @Test
  void cancellingAQueuedLookupRemovesIt() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = server.lookup().maxConcurrency(1).build()) {
      CountDownLatch stalled = new CountDownLatch(1);
      server.onStall(stalled::countDown);
      server.respond(ApiVersion.V1, Exchange::stall, Exchange::succeed);
      CompletableFuture<Session> first = lookup.getAsync(FakeApi.ID);
      assertTrue(stalled.await(20, TimeUnit.SECONDS));
      CompletableFuture<Session> second = lookup.getAsync(FakeApi.ID);
      CompletableFuture<Session> third = lookup.getAsync(FakeApi.ID);
      second.cancel(true);
      assertFalse(third.isDone());
      first.cancel(true);
      assertEquals(FakeApi.ID, third.get(20, TimeUnit.SECONDS).id());
      assertEquals(2, server.requests().size());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = LookupStrategy.class,
      names = {"V1", "COMPLETE"})
  void deadlineIncludesQueueing(LookupStrategy strategy) throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            server
                .lookup()
                .maxConcurrency(1)
                .deadline(SHORT)
                .attemptTimeout(LONG)
                .strategy(strategy)
                .build()) {
      server.respond(ApiVersion.V1, Exchange::stall);
      server.respond(ApiVersion.V2_ENTERPRISE, Exchange::stall);
      List<CompletableFuture<Session>> futures = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        futures.add(lookup.getAsync(FakeApi.ID));
      }
      int requests = 0;
      for (CompletableFuture<Session> future : futures) {
        ExecutionException ended =
            assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
        DeadlineExceededException failure =
            assertInstanceOf(DeadlineExceededException.class, ended.getCause());
        assertTrue(failure.getMessage().contains("deadline"), failure::getMessage);
        assertFalse(failure.getMessage().contains("attemptTimeout"), failure::getMessage);
        requests += failure.attempts();
      }
      assertTrue(requests <= 20, "most never left the queue");
    }
  }

  @Test
  void deadlineReportsTheLastFailure() throws Exception {
    FakeClock timer = new FakeClock();
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            server
                .lookup()
                .maxConcurrency(1)
                .timer(timer)
                .deadline(SHORT)
                .attemptTimeout(LONG)
                .maxRetries(1)
                .build()) {
      server.onStall(() -> timer.advance(SHORT));
      server.respond(
          ApiVersion.V1,
          exchange -> exchange.respond(503, "{\"detail\": \"restarting\"}", "x-request-id: r-1"),
          Exchange::stall);
      CompletableFuture<Session> future = lookup.getAsync(FakeApi.ID);
      Duration wait = Duration.ofMillis(250);
      timer.awaitScheduled(wait);
      timer.advance(wait);
      ExecutionException ended =
          assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
      DeadlineExceededException thrown =
          assertInstanceOf(DeadlineExceededException.class, ended.getCause());
      assertEquals(2, thrown.attempts());
      assertEquals(503, thrown.statusCode().getAsInt());
      assertEquals("restarting", thrown.detail().orElseThrow());
      assertEquals("r-1", thrown.requestId().orElseThrow());
      assertInstanceOf(ServerErrorException.class, thrown.getCause());
    }
  }

  @Test
  void lookupsBlockNoThreadOfTheCommonPool() throws Exception {
    int many = 4 * ForkJoinPool.getCommonPoolParallelism() + 4;
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            server.lookup().deadline(LONG).attemptTimeout(LONG).maxConcurrency(many).build()) {
      CountDownLatch stalled = new CountDownLatch(many);
      server.onStall(stalled::countDown);
      server.respond(
          ApiVersion.V1,
          exchange -> {
            exchange.write(Exchange.head(200, "Content-Length: 500") + "{");
            exchange.stall();
          });
      List<CompletableFuture<Session>> futures = new ArrayList<>();
      for (int i = 0; i < many + 10; i++) { // Some in flight, and some that queue.
        futures.add(lookup.getAsync(FakeApi.ID));
      }
      assertTrue(stalled.await(30, TimeUnit.SECONDS));
      assertEquals("free", CompletableFuture.supplyAsync(() -> "free").get(20, TimeUnit.SECONDS));
      assertTrue(
          ForkJoinPool.commonPool().getActiveThreadCount()
              <= ForkJoinPool.getCommonPoolParallelism());
      futures.forEach(future -> future.cancel(true));
      server.awaitClosedByClient(20);
    }
  }

  @Test
  void interruptEndsALookupAndItsConnection() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            server.lookup().maxConcurrency(1).deadline(LONG).attemptTimeout(LONG).build()) {
      Thread caller = Thread.currentThread();
      server.respond(
          ApiVersion.V1,
          exchange -> {
            caller.interrupt();
            exchange.stall();
          });
      assertThrows(LookupInterruptedException.class, () -> lookup.get(FakeApi.ID));
      assertTrue(Thread.interrupted(), "the flag stays set");
      server.awaitClosedByClient(20);
      server.respondNormally();
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
    }
  }
}
