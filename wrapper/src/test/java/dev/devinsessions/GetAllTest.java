package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import dev.devinsessions.FaultServer.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GetAllTest extends LookupTestCase {
  private SessionLookup lookup() {
    return open(server.lookup());
  }

  private void respond(String id, Script response, Script otherwise) {
    server.respond(
        ApiVersion.V1,
        exchange ->
            (exchange.request().path().endsWith("/" + id) ? response : otherwise)
                .respond(exchange));
  }

  @Test
  void returnsResultsAndFailuresInTheOrderOfTheIds() {
    respond("devin-unknown", exchange -> exchange.respond(404, ""), Exchange::succeed);
    List<String> given =
        Arrays.asList("a", "unknown", "https://app.devin.ai/sessions/b", "no id!", null, "a");
    List<LookupResult> all = lookup().getAll(given.stream()).collect(Collectors.toList());
    assertEquals(
        given.toString(),
        all.stream().map(LookupResult::sessionId).collect(Collectors.toList()).toString());
    assertEquals("devin-a", all.get(0).orElseThrow().id());
    assertInstanceOf(SessionNotFoundException.class, all.get(1).error().orElseThrow());
    assertTrue(all.get(2).session().isPresent() && all.get(2).error().isEmpty());
    assertInstanceOf(IllegalArgumentException.class, all.get(3).error().orElseThrow());
    assertThrows(IllegalArgumentException.class, () -> all.get(3).orElseThrow());
    assertInstanceOf(NullPointerException.class, all.get(4).error().orElseThrow());
    assertTrue(all.get(5).session().isPresent());
  }

  @Test
  void returnsEarlierResultsIfTheIdsFail() {
    Stream<String> broken =
        ids(5)
            .peek(
                id -> {
                  if (id.equals("devin-3")) {
                    throw new UncheckedIOException(new IOException("no more ids"));
                  }
                });
    List<String> seen = new ArrayList<>();
    assertThrows(
        UncheckedIOException.class,
        () -> lookup().getAll(broken).forEach(result -> seen.add(result.orElseThrow().id())));
    assertEquals(List.of("devin-0", "devin-1", "devin-2"), seen);
  }

  @Test
  void returnsAFinishedResultBeforeItReadsMoreIds() {
    AtomicInteger consumed = new AtomicInteger();
    Stream<String> slow = Stream.generate(() -> "not an id " + consumed.incrementAndGet());
    Iterator<LookupResult> results = lookup().getAll(slow).iterator();
    results.next();
    assertEquals(1, consumed.get());
  }

  @Test
  void closingOnAnotherThreadEndsTheStream() throws Exception {
    server.respond(ApiVersion.V1, Exchange::stall);
    Stream<LookupResult> results = lookup().getAll(ids(10));
    CompletableFuture<Long> count = CompletableFuture.supplyAsync(results::count);
    awaitStalls(1);
    results.close();
    assertEquals(0, await(count));
  }

  @Test
  void closedStreamReturnsNoMoreResults() {
    Stream<LookupResult> results = lookup().getAll(ids(200));
    Spliterator<LookupResult> taken = results.spliterator();
    assertTrue(taken.tryAdvance(LookupResult::orElseThrow));
    results.close();
    assertFalse(taken.tryAdvance(LookupResult::orElseThrow));
  }

  @Test
  void futureKeepsItsOutcome() {
    CompletableFuture<Session> future = lookup().getAsync("devin-1");
    Session session = future.join();
    assertFalse(future.complete(null));
    assertFalse(future.completeExceptionally(new IllegalStateException()));
    assertFalse(future.cancel(true));
    assertEquals(session, future.join());
  }

  @Test
  void consumesAnInfiniteStreamLazily() {
    AtomicInteger read = new AtomicInteger();
    AtomicBoolean closed = new AtomicBoolean();
    Stream<String> endless =
        Stream.generate(() -> "devin-" + read.getAndIncrement()).onClose(() -> closed.set(true));
    try (Stream<LookupResult> results = open(server.lookup().maxConcurrency(8)).getAll(endless)) {
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
    CompletableFuture<Void> end = new CompletableFuture<>();
    AtomicInteger fast = new AtomicInteger();
    respond(
        "devin-0",
        exchange -> {
          end.join();
          exchange.succeed();
        },
        exchange -> {
          if (fast.incrementAndGet() == 7) { // All started lookups except the slow one.
            end.complete(null);
          }
          exchange.succeed();
        });
    Iterator<LookupResult> results =
        open(server.lookup().maxConcurrency(4)).getAll(ids(1_000)).iterator();
    assertEquals("devin-0", results.next().orElseThrow().id());
    assertEquals(8, server.requests().size());
  }

  @Test
  void closingTheStreamCancelsRequestsInFlight() throws Exception {
    CompletableFuture<Void> allStarted = new CompletableFuture<>();
    Script first =
        exchange -> {
          allStarted.join();
          exchange.succeed();
        };
    respond("devin-0", first, Exchange::stall);
    SessionLookup lookup = open(server.lookup().maxConcurrency(4).timer(clock));
    // The eighth id is the last one that is started in advance.
    Stream<String> ids =
        ids(1_000).filter(id -> !id.equals("devin-7") || allStarted.complete(null));
    Stream<LookupResult> results = lookup.getAll(ids);
    results.iterator().next();
    awaitStalls(4);
    results.close();
    Collections.nCopies(4, "devin-x").forEach(lookup::getAsync);
    awaitStalls(4); // All permits were released.
    assertEquals(9, server.requests().size());
  }

  @Test
  void parallelStreamReturnsEachResultOnce() {
    List<String> expected = ids(500).collect(Collectors.toList());
    assertEquals(
        expected,
        lookup()
            .getAll(ids(500))
            .parallel()
            .map(LookupResult::sessionId)
            .collect(Collectors.toList()));
    assertEquals(
        expected,
        lookup()
            .getAll(ids(500).parallel())
            .map(result -> result.orElseThrow().id())
            .collect(Collectors.toList()));
  }

  @Test
  void interruptEndsTheStream() {
    server.respond(ApiVersion.V1, Exchange::stall);
    SessionLookup lookup = lookup();
    Thread.currentThread().interrupt();
    Stream<String> ids =
        Stream.concat(Stream.of("../bad"), ids(10).map("https://app.devin.ai/sessions/"::concat));
    LookupInterruptedException thrown =
        assertThrows(LookupInterruptedException.class, () -> lookup.getAll(ids).count());
    assertEquals("devin-0", thrown.sessionId());
    assertTrue(Thread.interrupted());
  }

  @Test
  void reportsOnlyOnceThatTheLookupWasClosed() {
    SessionLookup lookup = lookup();
    Iterator<LookupResult> results = lookup.getAll(Stream.generate(() -> FakeApi.ID)).iterator();
    assertEquals(FakeApi.ID, results.next().orElseThrow().id());
    lookup.close();
    assertThrows(IllegalStateException.class, results::hasNext);
    assertFalse(results.hasNext());
  }
}
