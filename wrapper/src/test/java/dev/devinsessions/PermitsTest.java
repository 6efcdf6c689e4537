package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookups queue for permits in order, and no failure of one loses a permit. */
@Timeout(120)
class PermitsTest extends LookupTestCase {
  private final DelegatingHttpClient client = new DelegatingHttpClient();

  private SessionLookup oneAtATime() {
    return open(server.lookup().httpClient(client).maxConcurrency(1));
  }

  private void assertPermitReleased(SessionLookup lookup) {
    client.interceptor = (request, send) -> send.get();
    assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
  }

  @ParameterizedTest(name = "thrown: {0}")
  @ValueSource(booleans = {true, false})
  void anErrorOfACustomClientKeepsItsType(boolean isThrown) {
    SessionLookup lookup = oneAtATime();
    NoClassDefFoundError bug = new NoClassDefFoundError("misbehaving client");
    client.interceptor =
        (request, send) ->
            isThrown ? FakeApi.throwUndeclared(bug) : CompletableFuture.failedFuture(bug);
    assertSame(bug, assertThrows(Error.class, () -> lookup.get(FakeApi.ID)));
    LookupResult result = lookup.getAll(List.of(FakeApi.ID)).findFirst().orElseThrow();
    assertSame(bug, result.error().orElseThrow().getCause());
    assertPermitReleased(lookup);
  }

  static Stream<Arguments> misbehaviors() {
    HttpClient another = HttpClient.newHttpClient();
    CompletableFuture<Object> cancelled = new CompletableFuture<>();
    cancelled.cancel(true);
    CompletableFuture<Object> uncancellable =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterrupt) {
            throw new UnsupportedOperationException("misbehaving client");
          }
        };
    uncancellable.completeExceptionally(new IOException("misbehaving client"));
    return Stream.of(
        misbehavior(
            "throws an exception",
            request -> FakeApi.throwUndeclared(new IllegalStateException("misbehaving client"))),
        misbehavior(
            "throws an undeclared exception",
            request -> FakeApi.throwUndeclared(new IOException("misbehaving client"))),
        misbehavior("returns no future", request -> null),
        misbehavior("returns a future that cannot be cancelled", request -> uncancellable),
        misbehavior(
            "ignores the body handler",
            request -> another.sendAsync(request, HttpResponse.BodyHandlers.ofString())),
        misbehavior("returns no response", request -> CompletableFuture.completedFuture(null)),
        misbehavior(
            "fails",
            request -> CompletableFuture.failedFuture(new RuntimeException("misbehaving client"))),
        misbehavior(
            "fails with an I/O exception",
            request -> CompletableFuture.failedFuture(new IOException("misbehaving client"))),
        misbehavior("is cancelled", request -> cancelled));
  }

  private static Arguments misbehavior(
      String name, Function<HttpRequest, CompletableFuture<?>> behavior) {
    return Arguments.of(name, behavior);
  }

  @ParameterizedTest(name = "the client {0}")
  @MethodSource("misbehaviors")
  void returnsThePermitIfACustomClientFails(
      String name, Function<HttpRequest, CompletableFuture<?>> behavior) throws Exception {
    SessionLookup lookup = oneAtATime();
    server.respond(ApiVersion.V1, Exchange::stall, Exchange::succeed);
    CompletableFuture<Session> first = lookup.getAsync(FakeApi.ID);
    awaitStalls(1);
    client.interceptor = (request, send) -> behavior.apply(request);
    List<CompletableFuture<Session>> queue = start(lookup, 1_000);
    first.cancel(true);
    queue.forEach(PermitsTest::assertTransportFailed);
    start(lookup, 3).forEach(PermitsTest::assertTransportFailed); // None of them queues.
    assertPermitReleased(lookup);
  }

  @Test
  void returnsThePermitIfAnErrorOfACustomClientMisbehaves() {
    SessionLookup lookup = oneAtATime();
    IOException error =
        new IOException("misbehaving client") {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Throwable getCause() {
            throw new IllegalStateException("misbehaving error");
          }

          @Override
          public String getMessage() {
            throw new IllegalStateException("misbehaving error");
          }
        };
    client.interceptor = (request, send) -> CompletableFuture.failedFuture(error);
    RuntimeException thrown = assertThrows(RuntimeException.class, () -> lookup.get(FakeApi.ID));
    assertFalse(thrown instanceof DeadlineExceededException, thrown::toString);
    assertPermitReleased(lookup);
  }

  private static void assertTransportFailed(CompletableFuture<Session> future) {
    TransportException thrown = awaitFailure(TransportException.class, future);
    assertEquals(1, thrown.attempts());
    assertNotNull(thrown.getCause());
  }

  /** A custom client may block, and must not see the thread-locals of a caller. */
  @Test
  void callsACustomClientOnTheLibrarysThreads() throws Exception {
    List<Thread> senders = new CopyOnWriteArrayList<>();
    List<CompletableFuture<Session>> queued = new ArrayList<>();
    SessionLookup lookup = oneAtATime();
    client.interceptor =
        (request, send) -> {
          senders.add(Thread.currentThread());
          if (senders.size() == 1) {
            queued.addAll(start(lookup, 20));
          }
          return send.get();
        };
    lookup.get("first");
    for (CompletableFuture<Session> future : queued) {
      await(future);
    }
    assertEquals(21, senders.size());
    assertFalse(senders.contains(Thread.currentThread()), senders::toString);
  }

  /** A callback may start another lookup. */
  @ParameterizedTest
  @ValueSource(strings = {"cancelled", "late", "completed by the caller"})
  void returnsThePermitBeforeCallbacksRun(String end) throws Exception {
    Duration deadline = Duration.ofSeconds(5);
    SessionLookup lookup = open(server.lookup().maxConcurrency(1).deadline(deadline).timer(clock));
    server.respond(ApiVersion.V1, Exchange::stall, Exchange::succeed);
    CompletableFuture<Session> first = lookup.getAsync(FakeApi.ID);
    CompletableFuture<Session> next = first.handle((session, error) -> lookup.get("next"));
    awaitStalls(1);
    switch (end) {
      case "cancelled":
        assertTrue(first.cancel(true));
        assertTrue(first.isCancelled());
        assertFalse(first.complete(null), "it has ended");
        break;
      case "late":
        clock.advance(deadline);
        break;
      default:
        assertTrue(first.completeExceptionally(new IllegalStateException("enough")));
    }
    assertEquals("devin-next", await(next).id());
  }

  @Test
  void retryAfterPausesAllLookups() throws Exception {
    List<Thread> senders = new CopyOnWriteArrayList<>();
    client.interceptor =
        (request, send) -> {
          senders.add(Thread.currentThread());
          return send.get();
        };
    Duration pause = Duration.ofSeconds(5);
    SessionLookup lookup =
        open(server.lookup().httpClient(client).maxConcurrency(1).maxRetries(2).timer(clock));
    server.respond(
        ApiVersion.V1, e -> e.respond(429, "slow down", "Retry-After: 5"), Exchange::succeed);
    CompletableFuture<Session> first = lookup.getAsync(FakeApi.ID);
    clock.awaitScheduled(pause);
    List<CompletableFuture<Session>> others = start(lookup, 20);
    assertEquals(1, senders.size());
    assertFalse(others.stream().anyMatch(CompletableFuture::isDone));
    clock.advance(pause);
    await(first);
    for (CompletableFuture<Session> other : others) {
      await(other);
    }
    assertEquals(22, senders.size());
    assertFalse(senders.contains(Thread.currentThread()), "the timer thread sends nothing");
  }

  @Test
  void servesCallsInOrder() throws Exception {
    for (CompletableFuture<Session> future : start(open(server.lookup().maxConcurrency(1)), 30)) {
      await(future);
    }
    assertEquals(
        ids(30).collect(Collectors.toList()),
        server.requests().stream()
            .map(request -> request.path().replace("/v1/sessions/", ""))
            .collect(Collectors.toList()));
    assertEquals(1, server.connections(), "kept open and reused");
  }

  @ParameterizedTest(name = "{0}, by getAll: {1}")
  @CsvSource({"1, false", "5, false", "40, false", "7, true"})
  void keepsExactlyMaxConcurrencyRequestsInFlight(int maxConcurrency, boolean isStream)
      throws Exception {
    SessionLookup lookup = open(server.lookup().maxConcurrency(maxConcurrency));
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Phaser full = new Phaser(maxConcurrency);
    server.respond(
        ApiVersion.V1,
        exchange -> {
          most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          full.arriveAndAwaitAdvance();
          inFlight.decrementAndGet();
          exchange.succeed();
        });
    int lookups = 3 * maxConcurrency;
    if (isStream) {
      assertEquals(
          lookups, lookup.getAll(ids(lookups)).filter(r -> r.session().isPresent()).count());
    } else {
      for (CompletableFuture<Session> future : start(lookup, lookups)) {
        await(future);
      }
    }
    assertEquals(maxConcurrency, most.get());
  }

  @Test
  void bothRequestsOfAJoinedLookupTakeAPermit() {
    SessionLookup lookup =
        open(server.lookup().strategy(LookupStrategy.COMPLETE).maxConcurrency(1));
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (ApiVersion api : ApiVersion.values()) {
      server.respond(
          api,
          exchange -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            exchange.write("HTTP/1.1 200 OK\r\n"); // The response has begun.
            inFlight.decrementAndGet();
            exchange.write("Connection: close\r\n\r\n" + FaultServer.goodBody(api));
            exchange.close();
          });
    }
    for (int i = 0; i < 10; i++) {
      assertEquals(2, lookup.get(FakeApi.ID).sources().size());
    }
    assertEquals(1, most.get());
  }

  @Test
  void backoffHoldsNoPermit() throws Exception {
    SessionLookup lookup =
        open(server.lookup().maxConcurrency(1).maxRetries(1).deadline(Duration.ofDays(1)));
    CompletableFuture<Void> busy = new CompletableFuture<>();
    server.respond(
        ApiVersion.V1,
        exchange -> {
          exchange.respond(503, "later", "Retry-After: 80000");
          busy.complete(null);
        },
        Exchange::succeed);
    CompletableFuture<Session> waiting = lookup.getAsync(FakeApi.ID);
    await(busy);
    assertEquals(FakeApi.ID, await(lookup.getAsync(FakeApi.ID)).id());
    assertFalse(waiting.isDone());
  }
}
