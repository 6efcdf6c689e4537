package dev.devinsessions;

import static dev.devinsessions.FakeApi.SERVICE_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.StubHttpClient.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class GetAllTest {
  private static String id(HttpRequest request) {
    return request.uri().getPath().replaceAll(".*/", "");
  }

  private static Response session(HttpRequest request) {
    return Response.of(
        200,
        FakeApi.file("v1/required-properties-only.json")
            .replace("devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c", id(request)));
  }

  private static SessionLookupBuilder lookup(
      Function<HttpRequest, CompletableFuture<Response>> responses) {
    return SessionLookup.builder()
        .apiKey(SERVICE_KEY)
        .maxRetries(0)
        .httpClient(new StubHttpClient(responses));
  }

  private static Stream<String> ids(int many) {
    return IntStream.range(0, many).mapToObj(i -> "devin-" + i);
  }

  @Test
  void returnsResultsAndFailuresInTheOrderOfTheIds() {
    Function<HttpRequest, CompletableFuture<Response>> client =
        request ->
            CompletableFuture.completedFuture(
                id(request).equals("devin-unknown") ? Response.of(404, "") : session(request));
    List<String> given =
        Arrays.asList("a", "unknown", "https://app.devin.ai/sessions/b", "no id!", null, "a");
    try (SessionLookup lookup = lookup(client).build();
        Stream<LookupResult> results = lookup.getAll(given.stream())) {
      List<LookupResult> all = results.collect(Collectors.toList());
      assertEquals(
          given.toString(),
          all.stream().map(LookupResult::sessionId).collect(Collectors.toList()).toString());
      assertEquals(SessionStatus.NEW, all.get(0).orElseThrow().status());
      assertInstanceOf(SessionNotFoundException.class, all.get(1).error().orElseThrow());
      assertTrue(all.get(2).session().isPresent() && all.get(2).error().isEmpty());
      assertInstanceOf(IllegalArgumentException.class, all.get(3).error().orElseThrow());
      assertThrows(IllegalArgumentException.class, () -> all.get(3).orElseThrow());
      assertInstanceOf(NullPointerException.class, all.get(4).error().orElseThrow());
      assertTrue(all.get(5).session().isPresent());
    }
  }

  @Test
  void returnsEarlierResultsIfTheIdsFail() {
    Stream<String> broken =
        ids(5)
            .map(
                id -> {
                  if (id.equals("devin-3")) {
                    throw new UncheckedIOException(new IOException("no more ids"));
                  }
                  return id;
                });
    List<String> seen = new ArrayList<>();
    try (SessionLookup lookup =
        lookup(request -> CompletableFuture.supplyAsync(() -> session(request))).build()) {
      assertThrows(
          UncheckedIOException.class,
          () -> lookup.getAll(broken).forEach(result -> seen.add(result.orElseThrow().id())));
    }
    assertEquals(List.of("devin-0", "devin-1", "devin-2"), seen);
  }

  @Test
  void closingOnAnotherThreadEndsTheStream() throws Exception {
    CountDownLatch requested = new CountDownLatch(1);
    try (SessionLookup lookup =
        lookup(
                request -> {
                  requested.countDown();
                  return new CompletableFuture<>();
                })
            .build()) {
      Stream<LookupResult> results = lookup.getAll(ids(10));
      CompletableFuture<Long> count = CompletableFuture.supplyAsync(results::count);
      requested.await();
      results.close();
      assertEquals(0, count.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void closedStreamReturnsNoMoreResults() {
    try (SessionLookup lookup =
        lookup(request -> CompletableFuture.completedFuture(session(request))).build()) {
      Stream<LookupResult> results = lookup.getAll(ids(200));
      Spliterator<LookupResult> taken = results.spliterator();
      assertTrue(taken.tryAdvance(LookupResult::orElseThrow));
      results.close();
      assertFalse(taken.tryAdvance(LookupResult::orElseThrow));
    }
  }

  @Test
  void futureKeepsItsOutcome() {
    try (SessionLookup lookup =
        lookup(request -> CompletableFuture.completedFuture(session(request))).build()) {
      CompletableFuture<Session> future = lookup.getAsync("devin-1");
      Session session = future.join();
      assertFalse(future.complete(null));
      assertFalse(future.completeExceptionally(new IllegalStateException()));
      assertFalse(future.cancel(true));
      assertEquals(session, future.join());
    }
  }

  @Test
  void noIdsMakeNoRequests() {
    try (SessionLookup lookup =
        lookup(request -> CompletableFuture.failedFuture(new AssertionError())).build()) {
      assertEquals(0, lookup.getAll(Stream.of()).count());
    }
  }

  @Test
  void keepsMaxConcurrencyRequestsInFlight() {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CompletableFuture<Void> sevenRequested = new CompletableFuture<>();
    Function<HttpRequest, CompletableFuture<Response>> client =
        request -> {
          if (most.accumulateAndGet(inFlight.incrementAndGet(), Math::max) == 7) {
            sevenRequested.complete(null);
          }
          return sevenRequested.thenApplyAsync( // No response before seven requests.
              start -> {
                inFlight.decrementAndGet();
                return session(request);
              });
        };
    try (SessionLookup lookup = lookup(client).maxConcurrency(7).build()) {
      assertEquals(
          70, lookup.getAll(ids(70)).filter(result -> result.session().isPresent()).count());
    }
    assertEquals(7, most.get());
  }

  @Test
  void consumesAnInfiniteStreamLazily() {
    AtomicInteger read = new AtomicInteger();
    AtomicBoolean closed = new AtomicBoolean();
    Stream<String> endless =
        Stream.generate(() -> "devin-" + read.getAndIncrement()).onClose(() -> closed.set(true));
    try (SessionLookup lookup =
            lookup(request -> CompletableFuture.completedFuture(session(request)))
                .maxConcurrency(8)
                .build();
        Stream<LookupResult> results = lookup.getAll(endless)) {
      assertEquals(0, read.get());
      Iterator<LookupResult> iterator = results.iterator();
      for (int i = 0; i < 1_000; i++) {
        assertEquals("devin-" + i, iterator.next().orElseThrow().id());
        assertTrue(read.get() <= i + 1 + 8 * 2, read.get() + " ids read for " + i + " results");
      }
    }
    assertTrue(closed.get());
  }

  @Test
  void boundsTheResultsBehindASlowOne() {
    AtomicInteger requested = new AtomicInteger();
    CompletableFuture<Response> slow = new CompletableFuture<>();
    Map<String, HttpRequest> first = new ConcurrentHashMap<>();
    Function<HttpRequest, CompletableFuture<Response>> client =
        request -> {
          if (id(request).equals("devin-0")) {
            first.put("request", request);
            return slow;
          }
          if (requested.incrementAndGet() == 7) { // All that fit, except the slow one.
            CompletableFuture.runAsync(() -> slow.complete(session(first.get("request"))));
          }
          return CompletableFuture.completedFuture(session(request));
        };
    try (SessionLookup lookup = lookup(client).maxConcurrency(4).build()) {
      Iterator<LookupResult> results = lookup.getAll(ids(1_000)).iterator();
      assertEquals("devin-0", results.next().orElseThrow().id());
      assertEquals(7, requested.get());
    }
  }

  @Test
  void closingTheStreamCancelsRequestsInFlight() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    CountDownLatch allInFlight = new CountDownLatch(4);
    CountDownLatch nextInFlight = new CountDownLatch(4);
    AtomicBoolean isClosed = new AtomicBoolean();
    Function<HttpRequest, CompletableFuture<Response>> client =
        request -> {
          requests.incrementAndGet();
          if (id(request).equals("devin-0")) {
            return CompletableFuture.completedFuture(session(request));
          }
          (isClosed.get() ? nextInFlight : allInFlight).countDown();
          return new CompletableFuture<>();
        };
    try (SessionLookup lookup = lookup(client).maxConcurrency(4).build()) {
      Stream<LookupResult> results = lookup.getAll(ids(1_000));
      results.iterator().next();
      allInFlight.await();
      isClosed.set(true);
      results.close();
      for (int i = 0; i < 4; i++) {
        lookup.getAsync("devin-x");
      }
      nextInFlight.await(); // All permits were released.
      assertEquals(9, requests.get());
    }
  }

  @Test
  void parallelStreamReturnsEachResultOnce() {
    try (SessionLookup lookup =
        lookup(request -> CompletableFuture.supplyAsync(() -> session(request))).build()) {
      List<String> expected = ids(500).collect(Collectors.toList());
      assertEquals(
          expected,
          lookup
              .getAll(ids(500))
              .parallel()
              .map(LookupResult::sessionId)
              .collect(Collectors.toList()));
      assertEquals(
          expected,
          lookup
              .getAll(ids(500).parallel())
              .map(result -> result.orElseThrow().id())
              .collect(Collectors.toList()));
    }
  }

  @Test
  void interruptEndsTheStream() {
    try (SessionLookup lookup = lookup(request -> new CompletableFuture<>()).build()) {
      Thread.currentThread().interrupt();
      LookupInterruptedException thrown =
          assertThrows(LookupInterruptedException.class, () -> lookup.getAll(ids(10)).count());
      assertEquals("devin-0", thrown.sessionId());
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void closedLookupThrows() {
    SessionLookup lookup = lookup(request -> new CompletableFuture<>()).build();
    lookup.close();
    assertThrows(IllegalStateException.class, () -> lookup.getAll(ids(1)));
  }

  @Test
  void retryAfterPausesAllLookups() {
    AtomicInteger refused = new AtomicInteger();
    AtomicBoolean open = new AtomicBoolean();
    Function<HttpRequest, CompletableFuture<Response>> client =
        request -> {
          if (open.get()) {
            return CompletableFuture.completedFuture(session(request));
          }
          refused.incrementAndGet();
          return CompletableFuture.completedFuture(
              new Response(429, Map.of("Retry-After", List.of("5")), new byte[0]));
        };
    FakeClock timer = new FakeClock();
    try (SessionLookup lookup =
        lookup(client).maxRetries(2).maxConcurrency(1).timer(timer).build()) {
      CompletableFuture<Session> first = lookup.getAsync("devin-0");
      timer.awaitScheduled(Duration.ofSeconds(5));
      List<CompletableFuture<Session>> others =
          ids(20).map(lookup::getAsync).collect(Collectors.toList());
      assertEquals(1, refused.get());
      assertFalse(others.stream().anyMatch(CompletableFuture::isDone));
      open.set(true);
      timer.advance(Duration.ofSeconds(5));
      first.join();
      others.forEach(CompletableFuture::join);
    }
    assertEquals(1, refused.get());
  }
}
