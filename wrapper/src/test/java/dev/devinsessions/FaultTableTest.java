package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault of the table, for each API alone and under the merged strategy, where the other API
 * responds well.
 */
@Timeout(60)
class FaultTableTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);

  static Stream<Arguments> faults() {
    return Faults.all()
        .flatMap(
            fault ->
                Stream.of(ApiVersion.V1, ApiVersion.V2_ENTERPRISE)
                    .map(api -> Arguments.of(fault, api)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faults")
  void reportsAFaultAndReleasesResources(Fault fault, ApiVersion api) throws Exception {
    FakeClock timer = FakeClock.skippingWaits(PATIENT, 0.5);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(timer, server, LookupStrategy.valueOf(api.name()))) {
      server.onStall(timer::endAttempts);
      server.respond(api, fault.script);
      SessionLookupException thrown =
          assertThrows(SessionLookupException.class, () -> lookup.get(FakeApi.ID));
      fault.check(thrown, api);
      assertTrue(fault.fits(server.requests().size()), server.requests().size() + " requests");
      // A 429 with Retry-After pauses all lookups, even if it is the last one of this lookup.
      boolean concernsAll =
          thrown instanceof RateLimitedException
              && ((RateLimitedException) thrown).retryAfter().isPresent();
      int waits = concernsAll && !timer.waits().isEmpty() ? fault.attempts() : fault.attempts() - 1;
      assertEquals(waits, timer.waits().size(), "waits");
      if (fault.isConnectionClosed()) {
        server.awaitClosedByClient(20);
      }
      server.respondNormally();
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faults")
  void turnsAFaultIntoAGapIfTheOtherApiResponds(Fault fault, ApiVersion api) throws Exception {
    FakeClock timer = FakeClock.skippingWaits(PATIENT, 0.5);
    ApiVersion other = api == ApiVersion.V1 ? ApiVersion.V2_ENTERPRISE : ApiVersion.V1;
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(timer, server, LookupStrategy.BEST_EFFORT)) {
      server.onStall(timer::endAttempts);
      server.respond(api, fault.script);
      Session session = lookup.get(FakeApi.ID);
      assertEquals(Set.of(other), session.sources());
      assertEquals(Set.of(api), session.gaps().keySet());
      assertTrue(session.gaps().get(api).message().contains(FakeApi.ID), session.gaps()::toString);
      assertTrue(
          fault.fits(server.requests(api).size()), server.requests(api).size() + " requests");
      assertEquals(1, server.requests(other).size(), "requests to the other API");
      server.respondNormally();
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
    }
  }

  /** The JDK's gzip reader recurses for each. */
  @Test
  void rejectsGzipWithManyEmptyMembers() throws Exception {
    byte[] member = Faults.gzip(new byte[0]);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int i = 0; i < 200_000; i++) {
      members.writeBytes(member);
    }
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            FakeClock.skippingWaits(PATIENT, 0.5)
                .lookup(server.baseUrl())
                .strategy(LookupStrategy.V1)
                .maxConcurrency(1)
                .build()) {
      server.respond(
          ApiVersion.V1,
          exchange -> exchange.respond(200, members.toByteArray(), "Content-Encoding: gzip"));
      assertThrows(MalformedResponseException.class, () -> lookup.get(FakeApi.ID));
      assertEquals(1, server.requests().size());
      server.respondNormally();
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
    }
  }

  private static SessionLookup lookup(
      FakeClock timer, FaultServer server, LookupStrategy strategy) {
    return timer
        .lookup(server.baseUrl())
        .strategy(strategy)
        .maxRetries(1)
        .maxConcurrency(1)
        .maxResponseBytes(Faults.MAX_RESPONSE_BYTES)
        .build();
  }
}
