package dev.devinsessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import dev.devinsessions.FaultServer.Script;
import java.lang.ref.WeakReference;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a failed attempt is retried, and after how long. The clock skips the delays. */
class RetriesTest extends LookupTestCase {
  private static final Script BUSY = exchange -> exchange.respond(503, "busy");

  private FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);

  private SessionLookup lookup(int maxRetries) {
    return open(lookupBuilder().maxRetries(maxRetries));
  }

  private SessionLookupBuilder lookupBuilder() {
    return timer.lookup(server.baseUrl()).strategy(LookupStrategy.V1);
  }

  @ParameterizedTest(name = "random {0}")
  @CsvSource({
    "0,     250 500  1000 2000 4000 4000 4000 4000 4000 4000",
    "0.5,   375 750  1500 3000 6000 6000 6000 6000 6000 6000",
    "0.999, 499 999  1999 3998 7996 7996 7996 7996 7996 7996",
  })
  void backoffDoublesWithJitterUpToEightSeconds(double random, String millis) {
    timer = FakeClock.skippingWaits(Duration.ofMillis(4_300), random);
    server.respond(ApiVersion.V1, BUSY);
    ServerErrorException thrown =
        assertThrows(ServerErrorException.class, () -> lookup(10).get(FakeApi.ID));
    assertEquals(11, thrown.attempts());
    assertEquals(11, server.requests().size());
    assertEquals(
        Arrays.stream(millis.split(" +")).map(Long::valueOf).collect(Collectors.toList()),
        timer.waits().stream().map(Duration::toMillis).collect(Collectors.toList()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void returnsTheResponseAfterFailures(int failures) {
    Script[] inTurn = Collections.nCopies(failures + 1, BUSY).toArray(Script[]::new);
    inTurn[failures] = Exchange::succeed;
    server.respond(ApiVersion.V1, inTurn);
    assertEquals(FakeApi.ID, lookup(3).get(FakeApi.ID).id());
    assertEquals(failures + 1, server.requests().size());
  }

  /** Large responses and many retries need memory for only one response. */
  @Test
  void discardsTheResponseOfAFailedAttempt() {
    List<WeakReference<Object>> bodies = new CopyOnWriteArrayList<>();
    DelegatingHttpClient client = new DelegatingHttpClient();
    client.interceptor =
        (request, send) ->
            send.get()
                .whenComplete(
                    (response, error) ->
                        bodies.add(new WeakReference<>(((HttpResponse<?>) response).body())));
    byte[] gzip = Faults.gzip(FaultServer.goodBody(ApiVersion.V1).getBytes(UTF_8));
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
    SessionLookup lookup = open(lookupBuilder().httpClient(client).maxRetries(1));
    assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"status_enum\"",
        "{\"status_enum\":\"work",
        "{\"status_enum\":\"working\"",
        "{\"status_enum\":\"working\",",
        "{\"structured_output\":[1.",
        "{\"structured_output\":[1,",
        "{\"structured_output\":[tru",
        "{\"structured_output\":{\"a\":nul",
      })
  void retriesABodyThatMayBeTruncated(String body) {
    server.respond(
        ApiVersion.V1,
        Script.send(Exchange.head(200) + body).then(Exchange::close),
        Exchange::succeed);
    assertEquals(FakeApi.ID, lookup(1).get(FakeApi.ID).id());
    server.respond(ApiVersion.V1, exchange -> exchange.respond(200, body), Exchange::succeed);
    assertThrows(MalformedResponseException.class, () -> lookup(1).get(FakeApi.ID));
  }

  @Test
  void reportsTheLastFailure() {
    server.respond(
        ApiVersion.V1,
        BUSY,
        exchange -> {
          exchange.write("HTTP/1.1 200 OK\r\nContent-Le");
          exchange.close();
        },
        exchange -> exchange.respond(404, "gone", "X-Request-Id: r-3"));
    SessionNotFoundException thrown =
        assertThrows(SessionNotFoundException.class, () -> lookup(3).get(FakeApi.ID));
    assertEquals(3, thrown.attempts());
    assertEquals("gone", thrown.detail().orElseThrow());
    assertEquals("r-3", thrown.requestId().orElseThrow());
  }

  @Test
  void doesNotRetryAFatalStatusWithRetryAfter() {
    server.respond(ApiVersion.V1, exchange -> exchange.respond(403, "no", "Retry-After: 1"));
    assertThrows(PermissionDeniedException.class, () -> lookup(3).get(FakeApi.ID));
    assertEquals(1, server.requests().size());
    assertEquals(List.of(), timer.waits());
  }

  /** The wall clock starts at 2026-01-31T23:59:00Z. */
  @ParameterizedTest(name = "\"{0}\"")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "0|PT0S",
        "7|PT7S",
        "007|PT7S",
        "  20\t|PT20S",
        "Sat, 31 Jan 2026 23:59:30 GMT|PT30S",
        "Saturday, 31-Jan-26 23:59:30 GMT|PT30S",
        "Sat Jan 31 23:59:30 2026|PT30S",
        "Sat, 31 Jan 2026 23:59:00 GMT|PT0S",
        "Sat, 31 Jan 2026 23:58:00 GMT|PT0S",
        "Thu, 01 Jan 1970 00:00:00 GMT|PT0S"
      })
  void retryAfterReplacesTheBackoff(String retryAfter, Duration wait) {
    assertRetriedAfter(retryAfter, wait, Optional.of(wait));
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
  void ignoresAnInvalidRetryAfter(String retryAfter) {
    assertRetriedAfter(retryAfter, Duration.ofMillis(375), Optional.empty());
  }

  private void assertRetriedAfter(String header, Duration wait, Optional<Duration> reported) {
    for (int status : new int[] {503, 429}) {
      timer = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
      server.respond(ApiVersion.V1, slowDown(status, header), Exchange::succeed);
      assertEquals(FakeApi.ID, lookup(1).get(FakeApi.ID).id());
      assertEquals(List.of(wait), timer.waits());
    }
    timer = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
    server.respond(ApiVersion.V1, slowDown(429, header));
    RateLimitedException thrown =
        assertThrows(RateLimitedException.class, () -> lookup(0).get(FakeApi.ID));
    assertEquals(reported, thrown.retryAfter());
  }

  private static Script slowDown(int status, String header) {
    return exchange -> exchange.respond(status, "slow down", "Retry-After: " + header);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60|PT60S",
        "3600|PT1H",
        "999999999|PT999999999S",
        "Sun, 01 Feb 2026 00:00:00 GMT|PT60S",
        "Sun, 31 Jan 2106 23:59:30 GMT|PT2524521630S",
        "1000000000|PT876000H", // A hundred years, the maximum.
        "99999999999999999999999|PT876000H",
        "Fri, 31 Dec 9999 23:59:59 GMT|PT876000H"
      })
  void failsImmediatelyIfRetryAfterExceedsTheDeadline(String retryAfter, Duration reported) {
    for (int status : new int[] {429, 503}) {
      timer = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
      server.respond(ApiVersion.V1, slowDown(status, retryAfter));
      int before = server.requests().size();
      SessionLookup lookup = lookup(3);
      SessionLookupException thrown =
          assertThrows(SessionLookupException.class, () -> lookup.get(FakeApi.ID));
      assertEquals(status, thrown.statusCode().orElseThrow());
      assertEquals("slow down", thrown.detail().orElseThrow());
      assertTrue(thrown.isRetryable());
      assertEquals(1, thrown.attempts());
      assertEquals(before + 1, server.requests().size());
      if (thrown instanceof RateLimitedException) {
        assertEquals(reported, ((RateLimitedException) thrown).retryAfter().orElseThrow());
        thrown = assertThrows(RateLimitedException.class, () -> lookup.get(FakeApi.ID));
        String pause = "paused for " + reported.toSeconds() + " s,";
        assertTrue(thrown.getMessage().contains(pause), thrown.getMessage());
      } else {
        assertEquals(List.of(), timer.waits());
      }
    }
  }

  @Test
  void comparesRetryAfterWithTheTimeLeft() {
    server.respond(ApiVersion.V1, slowDown(429, "35"), slowDown(429, "50"));
    RateLimitedException thrown =
        assertThrows(RateLimitedException.class, () -> lookup(3).get(FakeApi.ID));
    assertEquals(2, thrown.attempts());
    assertEquals(Duration.ofSeconds(35), timer.waits().get(0));
  }
}
