package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import dev.devinsessions.FaultServer.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The effect of each setting below, at and above its default. */
class SettingsTest extends LookupTestCase {
  private static final String BODY = FaultServer.goodBody(ApiVersion.V1);

  @ParameterizedTest(name = "deadline {0}, attemptTimeout {1}: {2} ends the lookup after {3}")
  @CsvSource({
    "PT1S, PT20S, deadline, PT1S",
    "PT59S, PT1H, deadline, PT59S",
    ", PT1H, deadline, PT60S",
    "PT61S, PT1H, deadline, PT61S",
    "PT1H, PT2H, deadline, PT1H",
    ", PT1S, attemptTimeout, PT1S",
    ", PT19S, attemptTimeout, PT19S",
    ", , attemptTimeout, PT20S",
    ", PT21S, attemptTimeout, PT21S",
    ", PT59S, attemptTimeout, PT59S"
  })
  void deadlineOrAttemptTimeoutEndsTheLookup(
      Duration deadline, Duration attemptTimeout, String setting, Duration expected)
      throws Exception {
    SessionLookupBuilder builder = server.lookup().timer(clock);
    Optional.ofNullable(deadline).ifPresent(builder::deadline);
    Optional.ofNullable(attemptTimeout).ifPresent(builder::attemptTimeout);
    server.respond(ApiVersion.V1, Exchange::stall);
    CompletableFuture<Session> future = open(builder).getAsync(FakeApi.ID);
    awaitStalls(1);
    clock.advance(expected.minusNanos(1));
    assertFalse(future.isDone());
    clock.advance(Duration.ofNanos(1));
    String message = awaitFailure(DeadlineExceededException.class, future).getMessage();
    assertTrue(message.contains(setting), message);
  }

  @ParameterizedTest(name = "{0} retries: {1} requests")
  @CsvSource({"0, 1", "1, 2", ", 3", "3, 4", "10, 11"})
  void maxRetriesLimitsRetries(Integer maxRetries, int requests) {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofMillis(4_300), 0);
    SessionLookupBuilder builder = timer.lookup(server.baseUrl()).strategy(LookupStrategy.V1);
    Optional.ofNullable(maxRetries).ifPresent(builder::maxRetries);
    server.respond(ApiVersion.V1, exchange -> exchange.respond(500, "no"));
    SessionLookup lookup = open(builder);
    assertEquals(
        requests,
        assertThrows(ServerErrorException.class, () -> lookup.get(FakeApi.ID)).attempts());
    assertEquals(requests, server.requests().size());
  }

  @ParameterizedTest(name = "{0} at once: {1} requests")
  @CsvSource({"1, 1", "31, 31", ", 32", "33, 33", "100, 100"})
  void maxConcurrencyLimitsRequestsInFlight(Integer maxConcurrency, int inFlight) throws Exception {
    SessionLookupBuilder builder = server.lookup();
    Optional.ofNullable(maxConcurrency).ifPresent(builder::maxConcurrency);
    server.respond(ApiVersion.V1, Exchange::stall);
    try (SessionLookup lookup = builder.build()) {
      start(lookup, inFlight + 20);
      awaitStalls(inFlight);
    }
    server.awaitClosedByClient(20);
    assertEquals(inFlight, server.requests().size());
  }

  @ParameterizedTest(name = "{1} bytes at a limit of {0}: {2}")
  @CsvSource({
    "4000, 4000, true",
    "4000, 4001, false",
    ", 67108864, true",
    ", 67108865, false",
    "67108865, 67108865, true"
  })
  void maxResponseBytesCountsDecompressedBytes(Long limit, int length, boolean isAccepted) {
    int blanks = length - BODY.getBytes(StandardCharsets.UTF_8).length;
    byte[] body = (BODY + " ".repeat(blanks)).getBytes(StandardCharsets.UTF_8);
    byte[] gzip = Faults.gzip(body);
    SessionLookupBuilder builder = server.lookup();
    Optional.ofNullable(limit).ifPresent(builder::maxResponseBytes);
    SessionLookup lookup = open(builder);
    for (FaultServer.Script script :
        List.<FaultServer.Script>of(
            exchange -> exchange.respond(200, body),
            exchange -> exchange.respond(200, gzip, "Content-Encoding: gzip"))) {
      server.respond(ApiVersion.V1, script);
      if (isAccepted) {
        assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
      } else {
        String message =
            assertThrows(MalformedResponseException.class, () -> lookup.get(FakeApi.ID))
                .getMessage();
        assertTrue(message.contains("maxResponseBytes"), message);
      }
    }
  }

  @Test
  void applicationNamePrecedesTheNameOfTheLibrary() {
    String own = requestOf(server.lookup()).header("User-Agent").orElseThrow();
    assertTrue(own.matches("devin-sessions-java/\\S+"), own);
    SessionLookupBuilder named = server.lookup().applicationName("acu-report/1.2 (nightly)");
    assertEquals(
        Optional.of("acu-report/1.2 (nightly) " + own), requestOf(named).header("User-Agent"));
  }

  @Test
  void everyRequestHasTheExpectedHeaders() {
    Request request = requestOf(server.lookup());
    assertEquals(Optional.of("application/json"), request.header("Accept"));
    assertEquals(Optional.of("gzip"), request.header("Accept-Encoding"));
    assertEquals(Optional.of("Bearer " + FakeApi.PERSONAL_KEY), request.header("Authorization"));
    assertTrue(request.head().startsWith("GET /v1/sessions/" + FakeApi.ID + " HTTP/1.1\r\n"));
    assertTrue(request.header("Upgrade").isEmpty(), "no upgrade to cleartext HTTP/2");
  }

  @ParameterizedTest
  @CsvSource({
    "'', /",
    "/, /",
    "/gateway/devin, /gateway/devin/",
    "/gateway/devin/, /gateway/devin/",
    "/a%20b//, /a%20b/"
  })
  void baseUrlKeepsItsPathWithoutATrailingSlash(String given, String path) {
    SessionLookupBuilder builder = server.lookup().baseUrl(server.baseUrl() + given);
    assertEquals(path + "v1/sessions/" + FakeApi.ID, requestOf(builder).path());
    builder.strategy(LookupStrategy.V2_ENTERPRISE);
    assertEquals(path + "v2/enterprise/sessions/" + FakeApi.ID, requestOf(builder).path());
  }

  /** The request that a new lookup sends. */
  private Request requestOf(SessionLookupBuilder builder) {
    open(builder).get(FakeApi.ID);
    return server.requests().get(server.requests().size() - 1);
  }

  @Test
  void httpClientIsUsedForEveryRequestAndStaysOpen() throws Exception {
    DelegatingHttpClient client = new DelegatingHttpClient();
    SessionLookupBuilder builder = server.lookup().httpClient(client);
    for (int requests = 2; requests <= 6; requests += 2) {
      try (SessionLookup lookup = builder.strategy(LookupStrategy.COMPLETE).build()) {
        lookup.get(FakeApi.ID);
      }
      assertEquals(requests, client.requests.size());
      assertEquals(requests, server.requests().size());
    }
  }
}
