package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import dev.devinsessions.FaultServer.Request;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The effect of each setting below, at and above its default. */
@Timeout(60)
class SettingsTest {
  private static final String BODY = FaultServer.goodBody(ApiVersion.V1);

  private FaultServer server;

  @BeforeEach
  void start() throws Exception {
    server = new FaultServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest(name = "deadline {0} s, attemptTimeout {1} s: ends after {2} s")
  @CsvSource({"1, 20, 1", "59, 3600, 59", ", 3600, 60", "61, 3600, 61", "3600, 7200, 3600"})
  void deadlineEndsTheLookup(Long deadline, long attemptTimeout, long expected) throws Exception {
    SessionLookupBuilder builder =
        server.lookup().attemptTimeout(Duration.ofSeconds(attemptTimeout)).maxRetries(0);
    Optional.ofNullable(deadline).map(Duration::ofSeconds).ifPresent(builder::deadline);
    assertTrue(endedAfter(builder, expected).getMessage().contains("deadline"));
  }

  @ParameterizedTest(name = "attemptTimeout {0} s: ends after {1} s")
  @CsvSource({"1, 1", "19, 19", ", 20", "21, 21", "59, 59"})
  void attemptTimeoutEndsAnAttempt(Long attemptTimeout, long expected) throws Exception {
    SessionLookupBuilder builder = server.lookup();
    Optional.ofNullable(attemptTimeout).map(Duration::ofSeconds).ifPresent(builder::attemptTimeout);
    assertTrue(endedAfter(builder, expected).getMessage().contains("attemptTimeout"));
  }

  /** Asserts that a lookup without a response ends exactly after this time. */
  private SessionLookupException endedAfter(SessionLookupBuilder builder, long seconds)
      throws Exception {
    FakeClock clock = new FakeClock();
    try (SessionLookup lookup = builder.timer(clock).build()) {
      CountDownLatch received = new CountDownLatch(1);
      server.respond(
          ApiVersion.V1,
          exchange -> {
            received.countDown();
            exchange.stall();
          });
      CompletableFuture<Session> future = lookup.getAsync(FakeApi.ID);
      assertTrue(received.await(20, TimeUnit.SECONDS));
      clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
      assertFalse(future.isDone());
      clock.advance(Duration.ofNanos(1));
      Throwable failure =
          assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS)).getCause();
      return (DeadlineExceededException) failure;
    }
  }

  @ParameterizedTest(name = "{0} retries: {1} requests")
  @CsvSource({"0, 1", "1, 2", ", 3", "3, 4", "10, 11"})
  void maxRetriesLimitsRetries(Integer maxRetries, int requests) {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofMillis(4_300), 0);
    SessionLookupBuilder builder = timer.lookup(server.baseUrl()).strategy(LookupStrategy.V1);
    Optional.ofNullable(maxRetries).ifPresent(builder::maxRetries);
    server.respond(ApiVersion.V1, exchange -> exchange.respond(500, "no"));
    try (SessionLookup lookup = builder.build()) {
      assertEquals(
          requests,
          assertThrows(ServerErrorException.class, () -> lookup.get(FakeApi.ID)).attempts());
      assertEquals(requests, server.requests().size());
    }
  }

  @ParameterizedTest(name = "{0} at once: {1} requests")
  @CsvSource({"1, 1", "31, 31", ", 32", "33, 33", "100, 100"})
  void maxConcurrencyLimitsRequestsInFlight(Integer maxConcurrency, int inFlight) throws Exception {
    SessionLookupBuilder builder = server.lookup();
    Optional.ofNullable(maxConcurrency).ifPresent(builder::maxConcurrency);
    CountDownLatch received = new CountDownLatch(inFlight);
    server.respond(
        ApiVersion.V1,
        exchange -> {
          received.countDown();
          exchange.stall();
        });
    try (SessionLookup lookup = builder.build()) {
      List<CompletableFuture<Session>> futures = new ArrayList<>();
      for (int i = 0; i < inFlight + 20; i++) {
        futures.add(lookup.getAsync(FakeApi.ID));
      }
      assertTrue(received.await(30, TimeUnit.SECONDS));
      assertEquals(inFlight, server.requests().size());
      futures.subList(inFlight, futures.size()).forEach(waiting -> waiting.cancel(true));
      futures.forEach(future -> future.cancel(true));
      server.awaitClosedByClient(20);
      assertEquals(inFlight, server.requests().size(), "cancelled lookups send no request");
    }
  }

  @ParameterizedTest(name = "{0} bytes more than the body")
  @ValueSource(longs = {-1_000, -1, 0, 1, 1_000_000_000})
  void maxResponseBytesCountsDecompressedBytes(long more) throws Exception {
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
    byte[] gzip = Faults.gzip(body);
    try (SessionLookup lookup = server.lookup().maxResponseBytes(body.length + more).build()) {
      for (FaultServer.Script script :
          List.<FaultServer.Script>of(
              exchange -> exchange.respond(200, body),
              exchange -> exchange.respond(200, gzip, "Content-Encoding: gzip"),
              exchange -> {
                exchange.write(Exchange.head(200));
                exchange.write(body);
                exchange.close();
              })) {
        server.respond(ApiVersion.V1, script);
        if (more >= 0) {
          assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
        } else {
          MalformedResponseException thrown =
              assertThrows(MalformedResponseException.class, () -> lookup.get(FakeApi.ID));
          assertTrue(thrown.getMessage().contains("maxResponseBytes"), thrown::getMessage);
        }
      }
    }
  }

  @Test
  void maxResponseBytesIs64MebibytesByDefault() throws Exception {
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
    int limit = 64 << 20;
    try (SessionLookup lookup = server.lookup().build()) {
      for (int length : new int[] {limit, limit + 1}) {
        server.respond(
            ApiVersion.V1,
            exchange -> {
              exchange.write(Exchange.head(200, "Content-Length: " + length));
              exchange.write(body);
              byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
              for (int left = length - body.length; left > 0; left -= blanks.length) {
                exchange.write(left < blanks.length ? Arrays.copyOf(blanks, left) : blanks);
              }
            });
        if (length == limit) {
          assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
        } else {
          assertThrows(MalformedResponseException.class, () -> lookup.get(FakeApi.ID));
        }
      }
    }
  }

  @Test
  void applicationNamePrecedesTheNameOfTheLibrary() throws Exception {
    try (SessionLookup anonymous = server.lookup().build();
        SessionLookup named = server.lookup().applicationName("acu-report/1.2 (nightly)").build()) {
      anonymous.get(FakeApi.ID);
      named.get(FakeApi.ID);
    }
    String own = server.requests().get(0).header("User-Agent").orElseThrow();
    assertTrue(own.matches("devin-sessions-java/\\S+"), own);
    assertEquals(
        "acu-report/1.2 (nightly) " + own,
        server.requests().get(1).header("User-Agent").orElseThrow());
  }

  @Test
  void everyRequestHasTheExpectedHeaders() throws Exception {
    try (SessionLookup lookup = server.lookup().build()) {
      lookup.get(FakeApi.ID);
    }
    Request request = server.requests().get(0);
    assertEquals("application/json", request.header("Accept").orElseThrow());
    assertEquals("gzip", request.header("Accept-Encoding").orElseThrow());
    assertEquals("Bearer " + FakeApi.PERSONAL_KEY, request.header("Authorization").orElseThrow());
    assertTrue(request.head().startsWith("GET /v1/sessions/" + FakeApi.ID + " HTTP/1.1\r\n"));
    assertTrue(request.header("Upgrade").isEmpty(), "no change to HTTP/2 in plain text");
  }

  @ParameterizedTest
  @CsvSource({
    "'', /",
    "/, /",
    "/gateway/devin, /gateway/devin/",
    "/gateway/devin/, /gateway/devin/",
    "/a%20b//, /a%20b/"
  })
  void baseUrlKeepsItsPathWithoutATrailingSlash(String given, String path) throws Exception {
    try (SessionLookup lookup =
        server
            .lookup()
            .baseUrl(server.baseUrl() + given)
            .strategy(LookupStrategy.COMPLETE)
            .build()) {
      lookup.get(FakeApi.ID);
    }
    assertEquals(path + "v1/sessions/" + FakeApi.ID, server.requests(ApiVersion.V1).get(0).path());
    assertEquals(
        path + "v2/enterprise/sessions/" + FakeApi.ID,
        server.requests(ApiVersion.V2_ENTERPRISE).get(0).path());
  }

  @Test
  void httpClientIsUsedForEveryRequestAndStaysOpen() throws Exception {
    DelegatingHttpClient client = new DelegatingHttpClient();
    for (int i = 1; i <= 3; i++) {
      try (SessionLookup lookup =
          server.lookup().httpClient(client).strategy(LookupStrategy.COMPLETE).build()) {
        lookup.get(FakeApi.ID);
      }
      assertEquals(2 * i, client.requests.size());
      assertEquals(2 * i, server.requests().size());
    }
  }

  @Test
  void connectTimeoutOfACustomClientApplies() throws Exception {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    try (SessionLookup lookup = server.lookup().httpClient(client).build()) {
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
    }
  }
}
