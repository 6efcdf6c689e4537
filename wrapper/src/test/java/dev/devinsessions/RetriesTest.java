package dev.devinsessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a failed attempt is retried, and after how long. The clock skips the delays. */
@Timeout(60)
class RetriesTest {
  private static final FaultServer.Script BUSY = exchange -> exchange.respond(503, "busy");

  private static final FaultServer.Script CUT =
      exchange -> {
        exchange.write("HTTP/1.1 200 OK\r\nContent-Le");
        exchange.close();
      };

  @ParameterizedTest(name = "random {0}")
  @CsvSource({
    "0,     250 500  1000 2000 4000 4000 4000 4000 4000 4000",
    "0.5,   375 750  1500 3000 6000 6000 6000 6000 6000 6000",
    "0.999, 499 999  1999 3998 7996 7996 7996 7996 7996 7996",
  })
  void backoffDoublesWithJitterUpToEightSeconds(double random, String millis) throws Exception {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofMillis(4_300), random);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(timer, server, 10)) {
      server.respond(ApiVersion.V1, BUSY);
      ServerErrorException thrown =
          assertThrows(ServerErrorException.class, () -> lookup.get(FakeApi.ID));
      assertEquals(11, thrown.attempts());
      assertEquals(11, server.requests().size());
      List<Long> expected =
          Arrays.stream(millis.split(" +")).map(Long::valueOf).collect(Collectors.toList());
      assertEquals(
          expected, timer.waits().stream().map(Duration::toMillis).collect(Collectors.toList()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void returnsTheResponseAfterFailures(int failures) throws Exception {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(timer, server, 3)) {
      FaultServer.Script[] inTurn = new FaultServer.Script[failures + 1];
      Arrays.fill(inTurn, BUSY);
      inTurn[failures] = FaultServer.Exchange::succeed;
      server.respond(ApiVersion.V1, inTurn);
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
      assertEquals(failures + 1, server.requests().size());
    }
  }

  /** Responses may be large, and retries many. */
  @Test
  void discardsTheResponseOfAFailedAttempt() throws Exception {
    List<WeakReference<Object>> bodies = new CopyOnWriteArrayList<>();
    DelegatingHttpClient client = new DelegatingHttpClient();
    client.interceptor =
        (request, send) ->
            send.get()
                .whenComplete(
                    (response, error) ->
                        bodies.add(new WeakReference<>(((HttpResponse<?>) response).body())));
    byte[] gzip = Faults.gzip(FaultServer.goodBody(ApiVersion.V1).getBytes(UTF_8));
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(40), 0.5);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            timer
                .lookup(server.baseUrl())
                .strategy(LookupStrategy.V1)
                .httpClient(client)
                .maxRetries(1)
                .build()) {
      server.respond(
          ApiVersion.V1,
          e -> e.respond(200, Arrays.copyOf(gzip, gzip.length / 2), "Content-Encoding: gzip"),
          e -> {
            for (int i = 0; i < 200 && bodies.get(0).get() != null; i++) {
              System.gc();
            }
            e.respond(
                200, bodies.get(0).get() == null ? gzip : new byte[0], "Content-Encoding: gzip");
          });
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
    }
  }

  @Test
  void reportsTheLastFailure() throws Exception {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(timer, server, 3)) {
      server.respond(
          ApiVersion.V1, BUSY, CUT, exchange -> exchange.respond(404, "gone", "X-Request-Id: r-3"));
      SessionNotFoundException thrown =
          assertThrows(SessionNotFoundException.class, () -> lookup.get(FakeApi.ID));
      assertEquals(3, thrown.attempts());
      assertEquals("gone", thrown.detail().orElseThrow());
      assertEquals("r-3", thrown.requestId().orElseThrow());
    }
  }

  @Test
  void doesNotRetryAFatalStatusWithRetryAfter() throws Exception {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(timer, server, 3)) {
      server.respond(ApiVersion.V1, exchange -> exchange.respond(403, "no", "Retry-After: 1"));
      assertThrows(PermissionDeniedException.class, () -> lookup.get(FakeApi.ID));
      assertEquals(1, server.requests().size());
      assertEquals(List.of(), timer.waits());
    }
  }

  @ParameterizedTest(name = "\"{0}\"")
  @MethodSource("understood")
  void retryAfterReplacesTheBackoff(String retryAfter, int seconds) throws Exception {
    assertRetriedAfter(
        retryAfter, Duration.ofSeconds(seconds), Optional.of(Duration.ofSeconds(seconds)));
  }

  /** The wall clock shows 2026-01-31T23:59:00Z at first. */
  static Stream<Arguments> understood() {
    return Stream.of(
        Arguments.of("0", 0),
        Arguments.of("7", 7),
        Arguments.of("007", 7),
        Arguments.of("  20\t", 20),
        Arguments.of("Sat, 31 Jan 2026 23:59:30 GMT", 30),
        Arguments.of("Saturday, 31-Jan-26 23:59:30 GMT", 30),
        Arguments.of("Sat Jan 31 23:59:30 2026", 30),
        Arguments.of("Sat, 31 Jan 2026 23:58:00 GMT", 0),
        Arguments.of("Thu, 01 Jan 1970 00:00:00 GMT", 0));
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(
      strings = {
        "-5",
        "+5",
        "2.5",
        "1e3",
        "0x7",
        "7 s",
        "7, 9",
        "soon",
        "",
        "\u0667",
        "2026-01-31T23:59:30Z",
        "Sat, 99 Jan 2026 23:59:30 GMT"
      })
  void ignoresAnInvalidRetryAfter(String retryAfter) throws Exception {
    assertRetriedAfter(retryAfter, Duration.ofMillis(375), Optional.empty());
  }

  private static void assertRetriedAfter(String header, Duration wait, Optional<Duration> reported)
      throws Exception {
    for (int status : new int[] {429, 503}) {
      FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
      try (FaultServer server = new FaultServer();
          SessionLookup lookup = lookup(timer, server, 1)) {
        server.respond(
            ApiVersion.V1,
            exchange -> exchange.respond(status, "slow down", "Retry-After: " + header),
            FaultServer.Exchange::succeed);
        assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
        assertEquals(List.of(wait), timer.waits());
      }
    }
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(timer, server, 0)) {
      server.respond(
          ApiVersion.V1, exchange -> exchange.respond(429, "slow down", "Retry-After: " + header));
      RateLimitedException thrown =
          assertThrows(RateLimitedException.class, () -> lookup.get(FakeApi.ID));
      assertEquals(reported, thrown.retryAfter());
    }
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(
      strings = {
        "60",
        "3600",
        "999999999",
        "Sun, 01 Feb 2026 00:00:00 GMT",
        "Sun, 31 Jan 2106 23:59:30 GMT",
        "99999999999",
        "99999999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT"
      })
  void failsImmediatelyIfRetryAfterExceedsTheDeadline(String retryAfter) throws Exception {
    for (int status : new int[] {429, 503}) {
      FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
      try (FaultServer server = new FaultServer();
          SessionLookup lookup = lookup(timer, server, 3)) {
        server.respond(
            ApiVersion.V1,
            exchange -> exchange.respond(status, "slow down", "Retry-After: " + retryAfter));
        SessionLookupException thrown =
            assertThrows(SessionLookupException.class, () -> lookup.get(FakeApi.ID));
        assertEquals(status, thrown.statusCode().orElseThrow());
        assertEquals("slow down", thrown.detail().orElseThrow());
        assertTrue(thrown.isRetryable());
        assertEquals(1, thrown.attempts());
        assertEquals(1, server.requests().size());
        if (thrown instanceof RateLimitedException) {
          Duration wait = ((RateLimitedException) thrown).retryAfter().orElseThrow();
          assertTrue(wait.compareTo(FakeClock.DEADLINE) >= 0, wait::toString);
        } else {
          assertEquals(List.of(), timer.waits());
        }
      }
    }
  }

  @Test
  void comparesRetryAfterWithTheTimeLeft() throws Exception {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(timer, server, 3)) {
      server.respond(
          ApiVersion.V1, exchange -> exchange.respond(429, "slow down", "Retry-After: 35"));
      RateLimitedException thrown =
          assertThrows(RateLimitedException.class, () -> lookup.get(FakeApi.ID));
      assertEquals(2, thrown.attempts());
      assertEquals(Duration.ofSeconds(35), timer.waits().get(0));
    }
  }

  private static SessionLookup lookup(FakeClock timer, FaultServer server, int maxRetries) {
    return timer
        .lookup(server.baseUrl())
        .strategy(LookupStrategy.V1)
        .maxRetries(maxRetries)
        .maxConcurrency(1)
        .build();
  }
}
