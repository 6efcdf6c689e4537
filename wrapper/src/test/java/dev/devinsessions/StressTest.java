package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import dev.devinsessions.internal.Timer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Many concurrent lookups against a server that responds well, badly, slowly or not at all, always
 * in the same way to the same id.
 */
@Timeout(180)
class StressTest {
  private static final int LOOKUPS = 2_000;
  private static final int AT_ONCE = 50;
  private static final Duration DEADLINE = Duration.ofHours(2);

  /** Longer than all waits together, so that only the test ends attempts. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofMinutes(30);

  private interface Response {
    void send(Exchange exchange, boolean isFirst) throws IOException;
  }

  /** How the server treats an id: the share in percent, the outcome and the response. */
  private enum Treatment {
    WELL(60, "Session", (exchange, isFirst) -> exchange.succeed()),
    COMPRESSED(
        10,
        "Session",
        (exchange, isFirst) ->
            exchange.respond(200, Faults.gzip(bytes(exchange)), "Content-Encoding: gzip")),
    SLOWLY(
        5,
        "Session",
        (exchange, isFirst) -> {
          exchange.write(Exchange.head(200, "Transfer-Encoding: chunked"));
          String body = exchange.goodBody().replaceAll("[^ -~]", " ");
          for (byte one : body.getBytes(StandardCharsets.US_ASCII)) {
            exchange.write("1\r\n" + (char) one + "\r\n");
          }
          exchange.write("0\r\n\r\n");
        }),
    WELL_AT_LAST(
        5,
        "Session",
        (exchange, isFirst) ->
            exchange.respond(isFirst ? 503 : 200, isFirst ? "busy" : exchange.goodBody())),
    CUT_AT_FIRST(
        4,
        "Session",
        (exchange, isFirst) -> {
          byte[] bytes = bytes(exchange);
          exchange.write(Exchange.head(200, "Content-Length: " + bytes.length));
          exchange.write(isFirst ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
          if (isFirst) {
            exchange.reset();
          }
        }),
    UNKNOWN(
        4,
        "SessionNotFoundException",
        (exchange, isFirst) -> exchange.respond(404, "{\"detail\": \"Session not found\"}")),
    BROKEN(4, "ServerErrorException", (exchange, isFirst) -> exchange.respond(500, "<html>")),
    BADLY(4, "MalformedResponseException", (exchange, isFirst) -> exchange.respond(200, "<html>")),
    RESET(
        3,
        "TransportException",
        (exchange, isFirst) -> {
          exchange.write("HTTP/1.1 200 OK\r\nCont");
          exchange.reset();
        }),
    NOT_AT_ALL(1, "DeadlineExceededException", (exchange, isFirst) -> exchange.stall());

    final int share;
    final String outcome;
    final Response response;

    Treatment(int share, String outcome, Response response) {
      this.share = share;
      this.outcome = outcome;
      this.response = response;
    }

    private static byte[] bytes(Exchange exchange) {
      return exchange.goodBody().getBytes(StandardCharsets.UTF_8);
    }

    static Treatment draw(Random random) {
      int drawn = random.nextInt(100);
      for (Treatment treatment : values()) {
        drawn -= treatment.share;
        if (drawn < 0) {
          return treatment;
        }
      }
      throw new AssertionError("the shares add up to less than 100");
    }
  }

  @Test
  void everyLookupHasTheExpectedOutcome() throws Exception {
    Random random = new Random(7);
    Map<String, Treatment> treatments = new LinkedHashMap<>();
    for (int i = 0; i < LOOKUPS; i++) {
      treatments.put("devin-stress" + i, Treatment.draw(random));
    }
    Set<String> seen = ConcurrentHashMap.newKeySet();
    OwnThreads threads = new OwnThreads();
    try (FaultServer server = new FaultServer()) {
      server.respond(
          ApiVersion.V1,
          exchange -> {
            String id = exchange.request().path().replace("/v1/sessions/", "");
            treatments.get(id).response.send(exchange, seen.add(id));
          });
      threads.run(
          () -> {
            lookUpAll(server, treatments);
            return null;
          });
      assertEquals(List.of(), threads.awaitEnd());
      server.awaitClosedByClient(20);
    }
  }

  private static void lookUpAll(FaultServer server, Map<String, Treatment> treatments)
      throws Exception {
    Map<String, Integer> expected = new TreeMap<>();
    Map<String, Integer> actual = new TreeMap<>();
    FakeClock timer = FakeClock.skippingWaits(ATTEMPT_TIMEOUT, 0.5);
    try (Sentinel.Log log = new Sentinel.Log();
        SessionLookup lookup =
            timer
                .lookup(server.baseUrl())
                .strategy(LookupStrategy.V1)
                .maxConcurrency(AT_ONCE)
                .maxRetries(1)
                .deadline(DEADLINE)
                .build()) {
      Map<String, CompletableFuture<Session>> futures = new LinkedHashMap<>();
      treatments.keySet().forEach(id -> futures.put(id, lookup.getAsync(id)));
      ended(futures, id -> treatments.get(id) != Treatment.NOT_AT_ALL).get(140, TimeUnit.SECONDS);
      CompletableFuture<?> all = ended(futures, id -> true);
      while (!all.isDone()) {
        timer.endAttempts();
        Thread.sleep(10); // Each of them is retried once.
      }
      for (Map.Entry<String, CompletableFuture<Session>> future : futures.entrySet()) {
        Treatment treatment = treatments.get(future.getKey());
        expected.merge(treatment + ": " + treatment.outcome, 1, Integer::sum);
        String outcome =
            future
                .getValue()
                .handle(
                    (session, error) ->
                        (session == null ? error : session).getClass().getSimpleName())
                .join()
                .replace("AutoValue_", "");
        String attempts =
            outcome.equals(treatment.outcome)
                ? ""
                : " after " + log.linesWith(future.getKey() + " ");
        actual.merge(treatment + ": " + outcome + attempts, 1, Integer::sum);
      }
      assertEquals(expected, actual);
      assertPermitsAreBack(server, lookup);
    }
  }

  /**
   * Far more lookups, on a clock that runs fast so that backoffs take little time. Run it with
   * {@code make endurance}.
   */
  @Test
  @EnabledIfSystemProperty(named = "lookups", matches = "\\d+")
  @Timeout(value = 6, unit = TimeUnit.HOURS)
  void endures() throws Exception {
    int lookups = Integer.getInteger("lookups");
    Semaphore places = new Semaphore(10 * AT_ONCE);
    Set<String> retried = ConcurrentHashMap.newKeySet();
    LongAdder requests = new LongAdder();
    Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    List<Long> heaps = new ArrayList<>();
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            SessionLookup.builder()
                .apiKey(FakeApi.PERSONAL_KEY)
                .baseUrl(server.baseUrl())
                .strategy(LookupStrategy.V1)
                .maxConcurrency(AT_ONCE)
                .maxRetries(1)
                .attemptTimeout(Duration.ofSeconds(2 * FastTimer.FACTOR))
                .deadline(Duration.ofHours(12))
                .timer(new FastTimer())
                .build()) {
      server.respond(
          ApiVersion.V1,
          exchange -> {
            requests.increment();
            String id = exchange.request().path().replace("/v1/sessions/", "");
            treatment(id).response.send(exchange, retried.add(id));
          });
      for (int i = 1; i <= lookups; i++) {
        String id = "devin-endurance" + i;
        assertTrue(places.tryAcquire(60, TimeUnit.SECONDS), "no lookup hangs");
        lookup
            .getAsync(id)
            .whenComplete(
                (session, error) -> {
                  String outcome = (session == null ? error : session).getClass().getSimpleName();
                  String line = treatment(id) + ": " + outcome.replace("AutoValue_", "");
                  outcomes.computeIfAbsent(line, key -> new LongAdder()).increment();
                  retried.remove(id);
                  places.release();
                });
        if (i % Math.max(1, lookups / 10) == 0) {
          assertTrue(places.tryAcquire(10 * AT_ONCE, 60, TimeUnit.SECONDS), "no lookup hangs");
          places.release(10 * AT_ONCE);
          server.forget();
          System.gc();
          Runtime runtime = Runtime.getRuntime();
          heaps.add((runtime.totalMemory() - runtime.freeMemory()) >> 20);
          System.out.println(i + " lookups, heap in MiB: " + heaps);
        } else if (i % 1_000 == 0) {
          server.forget();
        }
      }
    }
    System.out.println(requests.sum() - lookups + " retries, outcomes: " + outcomes);
    assertEquals(lookups, outcomes.values().stream().mapToLong(LongAdder::sum).sum());
    for (Treatment treatment : Treatment.values()) {
      outcomes.remove(treatment + ": " + treatment.outcome);
    }
    assertEquals(Map.of(), outcomes);
    assertTrue(heaps.get(heaps.size() - 1) <= heaps.get(0) + 16, "the heap grows: " + heaps);
  }

  /** The same for the same id, in each run. */
  private static Treatment treatment(String id) {
    return Treatment.draw(new Random(31L * id.hashCode()));
  }

  /** A clock on which many seconds pass in one. */
  private static final class FastTimer extends Timer {
    static final int FACTOR = 100;

    @Override
    public long nanoTime() {
      return FACTOR * super.nanoTime();
    }

    @Override
    public Runnable schedule(long nanos, Runnable action) {
      return super.schedule(nanos / FACTOR, action);
    }
  }

  /** Done when those lookups have ended, well or badly. */
  private static CompletableFuture<?> ended(
      Map<String, CompletableFuture<Session>> futures, Predicate<String> which) {
    return CompletableFuture.allOf(
        futures.entrySet().stream()
            .filter(future -> which.test(future.getKey()))
            .map(future -> future.getValue().handle((session, error) -> null))
            .toArray(CompletableFuture<?>[]::new));
  }

  private static void assertPermitsAreBack(FaultServer server, SessionLookup lookup)
      throws Exception {
    CountDownLatch allAtOnce = new CountDownLatch(AT_ONCE);
    server.respond(
        ApiVersion.V1,
        exchange -> {
          allAtOnce.countDown();
          exchange.stall();
        });
    List<CompletableFuture<Session>> futures = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      futures.add(lookup.getAsync(FakeApi.ID));
    }
    assertTrue(allAtOnce.await(30, TimeUnit.SECONDS), "all permits are back");
    futures.forEach(future -> future.cancel(true));
  }
}
