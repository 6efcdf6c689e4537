package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault of the table, for each API alone, and for a joined lookup in which the other API
 * returns a session.
 */
class FaultTableTest extends LookupTestCase {
  private final FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(20), 0.5);

  static Stream<Arguments> faults() {
    return Faults.all()
        .flatMap(
            fault ->
                Stream.of(
                    Arguments.of(fault, ApiVersion.V1, ApiVersion.V2_ENTERPRISE),
                    Arguments.of(fault, ApiVersion.V2_ENTERPRISE, ApiVersion.V1)));
  }

  private SessionLookup lookup(LookupStrategy strategy, ApiVersion api, Fault fault) {
    server.onStall(timer::endAttempts);
    server.respond(api, fault.script);
    return open(
        timer
            .lookup(server.baseUrl())
            .strategy(strategy)
            .maxRetries(1)
            .maxConcurrency(1)
            .maxResponseBytes(Faults.MAX_RESPONSE_BYTES));
  }

  private void assertPermitIsBack(SessionLookup lookup) {
    server.respondNormally();
    assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faults")
  void reportsAFaultAndReleasesResources(Fault fault, ApiVersion api) throws Exception {
    SessionLookup lookup = lookup(LookupStrategy.valueOf(api.name()), api, fault);
    SessionLookupException thrown =
        assertThrows(SessionLookupException.class, () -> lookup.get(FakeApi.ID));
    fault.check(thrown, api);
    fault.checkRequests(server.requests().size());
    assertEquals(fault.waits(), timer.waits().size(), "waits");
    if (fault.isClosed()) {
      server.awaitClosedByClient(20);
    }
    assertPermitIsBack(lookup);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faults")
  void turnsAFaultIntoAGapIfTheOtherApiResponds(Fault fault, ApiVersion api, ApiVersion other) {
    SessionLookup lookup = lookup(LookupStrategy.BEST_EFFORT, api, fault);
    Session session = lookup.get(FakeApi.ID);
    assertEquals(Set.of(other), session.sources());
    assertEquals(Set.of(api), session.gaps().keySet());
    assertTrue(session.gaps().get(api).message().contains(FakeApi.ID), session.gaps()::toString);
    fault.checkRequests(server.requests(api).size());
    assertEquals(1, server.requests(other).size(), "requests to the other API");
    assertPermitIsBack(lookup);
  }
}
