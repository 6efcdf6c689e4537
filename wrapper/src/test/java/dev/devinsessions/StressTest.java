package dev.devinsessions;

import static dev.devinsessions.FaultServer.Exchange.head;
import static dev.devinsessions.FaultServer.Script.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import dev.devinsessions.FaultServer.Script;
import dev.devinsessions.internal.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Many concurrent lookups against a server that responds well, badly, slowly or not at all. It
 * always treats the same id in the same way.
 */
@Timeout(180)
class StressTest extends LookupTestCase {
  private static final int LOOKUPS = 2_000;
  private static final int AT_ONCE = 50;

  /** Lookups that are in flight or queued. */
  private static final int STARTED = 10 * AT_ONCE;

  private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();

  /** How the server treats an id: the share in percent, the outcome and the responses. */
  private enum Treatment {
    WELL(60, "Session", Exchange::succeed),
    COMPRESSED(
        10,
        "Session",
        e -> {
          byte[] body = e.goodBody().getBytes(StandardCharsets.UTF_8);
          e.respond(200, Faults.gzip(body), "Content-Encoding: gzip");
        }),
    SLOWLY(5, "Session", Exchange::succeedInChunks),
    WELL_AT_LAST(5, "Session", e -> e.respond(503, "busy"), Exchange::succeed),
    CUT_AT_FIRST(
        4,
        "Session",
        send(head(200, "Content-Length: 500") + "{\"session_id").then(Exchange::reset),
        Exchange::succeed),
    UNKNOWN(4, "SessionNotFoundException", e -> e.respond(404, "{\"detail\": \"unknown\"}")),
    BROKEN(4, "ServerErrorException", e -> e.respond(500, "<html>")),
    BADLY(4, "MalformedResponseException", e -> e.respond(200, "<html>")),
    RESET(3, "TransportException", send("HTTP/1.1 200 OK\r\nCont").then(Exchange::reset)),
    NOT_AT_ALL(1, "DeadlineExceededException", Exchange::stall);

    final int share;
    final String outcome;
    final Script first;
    final Script second;

    Treatment(int share, String outcome, Script response) {
      this(share, outcome, response, response);
    }

    Treatment(int share, String outcome, Script first, Script second) {
      this.share = share;
      this.outcome = this + ": " + outcome;
      this.first = first;
      this.second = second;
    }

    /** Depends on the id only. */
    static Treatment of(String id) {
      int drawn = new Random(31L * id.hashCode()).nextInt(100);
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
    OwnThreads threads = new OwnThreads();
    threads.run(() -> lookUp(LOOKUPS));
    assertEquals(List.of(), threads.awaitEnd());
    server.awaitClosedByClient(20);
  }

  /** Many more lookups. Run it with {@code make endurance}. */
  @Test
  @EnabledIfSystemProperty(named = "lookups", matches = "\\d+")
  @Timeout(value = 6, unit = TimeUnit.HOURS)
  void endures() throws Exception {
    List<Long> heaps = lookUp(Integer.getInteger("lookups"));
    System.out.println(outcomes + ", heap in MiB: " + heaps);
    assertTrue(heaps.get(heaps.size() - 1) <= heaps.get(0) + 16, "the heap grows: " + heaps);
  }

  /** Returns the size of the heap after each tenth of the lookups, in MiB. */
  private List<Long> lookUp(int lookups) throws Exception {
    Semaphore places = new Semaphore(STARTED);
    Set<String> retried = ConcurrentHashMap.newKeySet();
    List<Long> heaps = new ArrayList<>();
    server.respond(
        ApiVersion.V1,
        exchange -> {
          String id = exchange.request().path().replace("/v1/sessions/", "");
          Treatment treatment = Treatment.of(id);
          (retried.add(id) ? treatment.first : treatment.second).respond(exchange);
        });
    try (SessionLookup lookup =
        server
            .lookup()
            .maxConcurrency(AT_ONCE)
            .maxRetries(1)
            .attemptTimeout(Duration.ofSeconds(3 * FastTimer.FACTOR))
            .deadline(Duration.ofHours(12))
            .timer(new FastTimer())
            .build()) {
      for (int i = 1; i <= lookups; i++) {
        String id = "devin-stress" + i;
        assertTrue(places.tryAcquire(60, TimeUnit.SECONDS), "no lookup hangs");
        lookup
            .getAsync(id)
            .whenComplete(
                (session, error) -> {
                  String type = (session == null ? error : session).getClass().getSimpleName();
                  String outcome = Treatment.of(id) + ": " + type.replace("AutoValue_", "");
                  outcomes.merge(outcome, 1, Integer::sum);
                  retried.remove(id);
                  places.release();
                });
        if (i % 1_000 == 0) {
          server.forget();
        }
        if (i % Math.max(LOOKUPS, lookups / 10) == 0) {
          assertTrue(places.tryAcquire(STARTED, 60, TimeUnit.SECONDS), "no lookup hangs");
          places.release(STARTED);
          System.gc();
          Runtime runtime = Runtime.getRuntime();
          heaps.add((runtime.totalMemory() - runtime.freeMemory()) >> 20);
        }
      }
      assertPermitsAreBack(lookup);
    }
    assertEquals(
        Arrays.stream(Treatment.values()).map(each -> each.outcome).collect(Collectors.toSet()),
        outcomes.keySet(),
        outcomes::toString);
    assertEquals(lookups, outcomes.values().stream().mapToInt(Integer::intValue).sum());
    return heaps;
  }

  private void assertPermitsAreBack(SessionLookup lookup) throws Exception {
    Semaphore stalled = new Semaphore(0);
    server.onStall(stalled::release);
    server.respond(ApiVersion.V1, Exchange::stall);
    List<CompletableFuture<Session>> futures = start(lookup, AT_ONCE);
    assertTrue(stalled.tryAcquire(AT_ONCE, 30, TimeUnit.SECONDS), "all permits were released");
    futures.forEach(future -> future.cancel(true));
  }

  /** A clock that runs many times faster, so that backoffs take little time. */
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
}
