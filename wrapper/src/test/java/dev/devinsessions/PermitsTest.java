package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookups take their turn, and what goes wrong with one of them costs no other its turn. */
@Timeout(120)
class PermitsTest {
  /** A client that can be told to misbehave. */
  private static final class Moody extends DelegatingHttpClient {
    private volatile Supplier<CompletableFuture<?>> mood;

    Moody() {
      super(HttpClient.newHttpClient());
    }

    @Override
    @SuppressWarnings("unchecked") // It has no value.
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request, HttpResponse.BodyHandler<T> body) {
      Supplier<CompletableFuture<?>> now = mood;
      return now == null
          ? super.sendAsync(request, body)
          : (CompletableFuture<HttpResponse<T>>) now.get();
    }
  }

  static Stream<Arguments> moods() {
    return Stream.of(
        mood(
            "throws an exception",
            () -> {
              throw new IllegalStateException("moody");
            }),
        mood("throws what is not declared", () -> sneak(new IOException("moody"))),
        mood("returns no future", () -> null),
        mood(
            "returns a future that cannot be cancelled",
            () ->
                new CompletableFuture<>() {
                  {
                    completeExceptionally(new IOException("moody"));
                  }

                  @Override
                  public boolean cancel(boolean mayInterrupt) {
                    throw new UnsupportedOperationException("moody");
                  }
                }),
        mood(
            "ignores the body handler",
            () -> CompletableFuture.completedFuture(StubHttpClient.response(200, "text"))),
        mood("returns no response", () -> CompletableFuture.completedFuture(null)),
        mood(
            "fails with an exception",
            () -> CompletableFuture.failedFuture(new IllegalStateException("moody"))),
        mood(
            "fails with an I/O exception",
            () -> CompletableFuture.failedFuture(new IOException("moody"))),
        mood(
            "is cancelled",
            () -> {
              CompletableFuture<Object> cancelled = new CompletableFuture<>();
              cancelled.cancel(true);
              return cancelled;
            }));
  }

  @SuppressWarnings("unchecked") // Throws a checked exception where none is declared.
  private static <E extends Throwable> CompletableFuture<?> sneak(Throwable error) throws E {
    throw (E) error;
  }

  private static Arguments mood(String name, Supplier<CompletableFuture<?>> mood) {
    return Arguments.of(name, mood);
  }

  @ParameterizedTest(name = "thrown: {0}")
  @ValueSource(booleans = {true, false})
  void anErrorOfACustomClientKeepsItsType(boolean isThrown) throws Exception {
    Moody client = new Moody();
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = server.lookup().httpClient(client).maxConcurrency(1).build()) {
      NoClassDefFoundError bug = new NoClassDefFoundError("moody");
      client.mood =
          () -> {
            if (isThrown) {
              throw bug;
            }
            return CompletableFuture.failedFuture(bug);
          };
      assertSame(bug, assertThrows(Error.class, () -> lookup.get(FakeApi.ID)));
      LookupResult result = lookup.getAll(List.of(FakeApi.ID)).findFirst().orElseThrow();
      assertSame(bug, result.error().orElseThrow().getCause());
      client.mood = null;
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
    }
  }

  @ParameterizedTest(name = "the client {0}")
  @MethodSource("moods")
  void returnsThePermitIfACustomClientFails(String name, Supplier<CompletableFuture<?>> mood)
      throws Exception {
    Moody client = new Moody();
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = server.lookup().httpClient(client).maxConcurrency(1).build()) {
      client.mood = mood;
      for (int i = 0; i < 3; i++) {
        CompletableFuture<Session> future = lookup.getAsync(FakeApi.ID);
        Throwable failure =
            assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS))
                .getCause();
        TransportException thrown = assertInstanceOf(TransportException.class, failure);
        assertEquals(1, thrown.attempts());
        assertTrue(thrown.getCause() != null);
      }
      client.mood = null;
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
    }
  }

  @ParameterizedTest(name = "the client {0}")
  @MethodSource("moods")
  void longQueueSurvivesAClientThatFailsImmediately(
      String name, Supplier<CompletableFuture<?>> mood) throws Exception {
    Moody client = new Moody();
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = server.lookup().httpClient(client).maxConcurrency(1).build()) {
      CountDownLatch stalled = new CountDownLatch(1);
      server.onStall(stalled::countDown);
      server.respond(ApiVersion.V1, FaultServer.Exchange::stall, FaultServer.Exchange::succeed);
      CompletableFuture<Session> first = lookup.getAsync(FakeApi.ID);
      assertTrue(stalled.await(20, TimeUnit.SECONDS));
      client.mood = mood;
      List<CompletableFuture<Session>> queue = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        queue.add(lookup.getAsync(FakeApi.ID));
      }
      first.cancel(true);
      for (CompletableFuture<Session> future : queue) {
        Throwable failure =
            assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS))
                .getCause();
        assertInstanceOf(TransportException.class, failure);
      }
      client.mood = null;
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
    }
  }

  /** It may block, and the thread-locals of a caller are not for it. */
  @Test
  void callsACustomClientOnTheLibrarysThreads() {
    Map<String, Thread> senders = new ConcurrentHashMap<>();
    List<CompletableFuture<Session>> queued = new CopyOnWriteArrayList<>();
    AtomicReference<SessionLookup> shared = new AtomicReference<>();
    StubHttpClient client =
        new StubHttpClient(
            request -> {
              String id = request.uri().getPath().replaceAll(".*/", "");
              senders.put(id, Thread.currentThread());
              for (int i = 0; id.equals("devin-first") && i < 20; i++) {
                queued.add(shared.get().getAsync("queued" + i));
              }
              return CompletableFuture.completedFuture(
                  StubHttpClient.Response.of(
                      200, FaultServer.goodBody(ApiVersion.V1).replace(FakeApi.ID, id)));
            });
    try (SessionLookup lookup =
        SessionLookup.builder()
            .apiKey(FakeApi.PERSONAL_KEY)
            .strategy(LookupStrategy.V1)
            .maxConcurrency(1)
            .httpClient(client)
            .build()) {
      shared.set(lookup);
      lookup.get("first");
      queued.forEach(CompletableFuture::join);
    }
    assertEquals(21, senders.size());
    assertFalse(senders.containsValue(Thread.currentThread()), senders::toString);
  }

  /** A callback may start another lookup. */
  @ParameterizedTest
  @ValueSource(strings = {"cancelled", "late", "completed by its user"})
  void returnsThePermitBeforeCallbacksRun(String end) throws Exception {
    FakeClock timer = new FakeClock();
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            server
                .lookup()
                .maxConcurrency(1)
                .deadline(Duration.ofSeconds(5))
                .timer(timer)
                .build()) {
      CountDownLatch stalled = new CountDownLatch(1);
      server.onStall(stalled::countDown);
      server.respond(ApiVersion.V1, FaultServer.Exchange::stall, FaultServer.Exchange::succeed);
      CompletableFuture<Session> first = lookup.getAsync(FakeApi.ID);
      CompletableFuture<Session> next = first.handle((session, error) -> lookup.get("next"));
      assertTrue(stalled.await(20, TimeUnit.SECONDS));
      switch (end) {
        case "cancelled":
          assertTrue(first.cancel(true));
          assertTrue(first.isCancelled());
          assertFalse(first.complete(null), "it has ended");
          break;
        case "late":
          timer.advance(Duration.ofSeconds(5));
          break;
        default:
          assertTrue(first.completeExceptionally(new IllegalStateException("enough")));
      }
      assertEquals("devin-next", next.get(30, TimeUnit.SECONDS).id());
    }
  }

  @Test
  void sendsNothingOnTheTimerThreadAfterAPause() {
    FakeClock timer = new FakeClock();
    List<Thread> senders = new CopyOnWriteArrayList<>();
    StubHttpClient client =
        new StubHttpClient(
            request -> {
              senders.add(Thread.currentThread());
              return CompletableFuture.completedFuture(
                  senders.size() == 1
                      ? new StubHttpClient.Response(
                          429, Map.of("Retry-After", List.of("5")), new byte[0])
                      : StubHttpClient.Response.of(200, FaultServer.goodBody(ApiVersion.V1)));
            });
    try (SessionLookup lookup =
        SessionLookup.builder()
            .apiKey(FakeApi.PERSONAL_KEY)
            .strategy(LookupStrategy.V1)
            .timer(timer)
            .httpClient(client)
            .build()) {
      CompletableFuture<Session> session = lookup.getAsync(FakeApi.ID);
      timer.awaitScheduled(Duration.ofSeconds(5));
      Thread timersThread = Thread.currentThread();
      timer.advance(Duration.ofSeconds(5));
      session.join();
      assertEquals(2, senders.size());
      assertFalse(senders.get(1) == timersThread);
    }
  }

  @Test
  void servesCallsInOrder() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = server.lookup().maxConcurrency(1).build()) {
      List<String> ids =
          IntStream.range(0, 30).mapToObj(i -> "devin-number" + i).collect(Collectors.toList());
      List<CompletableFuture<Session>> futures =
          ids.stream().map(lookup::getAsync).collect(Collectors.toList());
      for (CompletableFuture<Session> future : futures) {
        future.get(20, TimeUnit.SECONDS);
      }
      List<String> served =
          server.requests().stream()
              .map(r -> r.path().replace("/v1/sessions/", ""))
              .collect(Collectors.toList());
      assertEquals(ids, served);
      assertEquals(1, server.connections(), "kept open and reused");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 40})
  void keepsExactlyMaxConcurrencyRequestsInFlight(int maxConcurrency) throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = server.lookup().maxConcurrency(maxConcurrency).build()) {
      AtomicInteger inFlight = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      CountDownLatch full = new CountDownLatch(maxConcurrency);
      server.respond(
          ApiVersion.V1,
          exchange -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            full.countDown();
            await(full);
            inFlight.decrementAndGet();
            exchange.succeed();
          });
      List<CompletableFuture<Session>> futures = new ArrayList<>();
      for (int i = 0; i < 3 * maxConcurrency; i++) {
        futures.add(lookup.getAsync(FakeApi.ID));
      }
      for (CompletableFuture<Session> future : futures) {
        future.get(60, TimeUnit.SECONDS);
      }
      assertEquals(maxConcurrency, most.get());
    }
  }

  @Test
  void bothRequestsOfAJoinedLookupTakeAPermit() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            server.lookup().strategy(LookupStrategy.COMPLETE).maxConcurrency(1).build()) {
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
  }

  @Test
  void backoffHoldsNoPermit() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            server.lookup().maxConcurrency(1).maxRetries(1).deadline(Duration.ofDays(1)).build()) {
      CountDownLatch busy = new CountDownLatch(1);
      server.respond(
          ApiVersion.V1,
          exchange -> {
            exchange.respond(503, "later", "Retry-After: 80000");
            busy.countDown();
          },
          FaultServer.Exchange::succeed);
      CompletableFuture<Session> waiting = lookup.getAsync(FakeApi.ID);
      assertTrue(busy.await(20, TimeUnit.SECONDS));
      assertEquals(FakeApi.ID, lookup.getAsync(FakeApi.ID).get(20, TimeUnit.SECONDS).id());
      assertFalse(waiting.isDone());
      waiting.cancel(true);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
