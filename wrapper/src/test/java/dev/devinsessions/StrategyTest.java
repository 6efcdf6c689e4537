package dev.devinsessions;

import static dev.devinsessions.ApiVersion.V1;
import static dev.devinsessions.ApiVersion.V2_ENTERPRISE;
import static dev.devinsessions.FakeApi.ID;
import static dev.devinsessions.FakeApi.OTHER_KEY;
import static dev.devinsessions.FakeApi.PERSONAL_KEY;
import static dev.devinsessions.FakeApi.SERVICE_KEY;
import static dev.devinsessions.LookupStrategy.BEST_EFFORT;
import static dev.devinsessions.LookupStrategy.COMPLETE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which APIs are called, and how their responses are joined. */
class StrategyTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  private static void respond(int v1, int v2) {
    respond(V1, v1, "v1/blocked-with-pull-request.json");
    respond(V2_ENTERPRISE, v2, "v2/finished-with-analysis.json");
  }

  private static void respond(ApiVersion api, int status, String file) {
    API.respond(api, status == 200 ? FakeApi.json(200, FakeApi.file(file)) : FakeApi.error(status));
  }

  /** The gaps of a lookup, or its error with the API and the suppressed error. */
  private static String outcome(SessionLookup lookup) {
    try {
      StringBuilder gaps = new StringBuilder("session");
      lookup.get(ID).gaps().forEach((api, gap) -> gaps.append(" " + api + "=" + gap.reason()));
      return gaps.toString();
    } catch (SessionLookupException e) {
      String suppressed = e.getSuppressed().length == 0 ? "" : " < " + name(e.getSuppressed()[0]);
      return name(e) + suppressed;
    }
  }

  private static String name(Throwable error) {
    String name = error.getClass().getSimpleName().replace("Exception", "");
    return name + " " + ((SessionLookupException) error).apiVersion().orElseThrow();
  }

  /** The number of requests of one lookup to v1 and to v2. */
  private static String requests(SessionLookup lookup) {
    API.resetRequests();
    outcome(lookup);
    return API.requests(V1) + " " + API.requests(V2_ENTERPRISE);
  }

  @ParameterizedTest(name = "v1 {0}, v2 {1}")
  @CsvSource({
    // v1, v2, outcome of COMPLETE, of BEST_EFFORT if it differs, requests of a second lookup
    "200, 200, session, , 1 1",
    "200, 401, session V2_ENTERPRISE=REFUSED, , 1 0",
    "200, 404, session V2_ENTERPRISE=SESSION_UNKNOWN, , 1 1",
    "200, 500, ServerError V2_ENTERPRISE, session V2_ENTERPRISE=FAILED, 1 1",
    "401, 200, session V1=REFUSED, , 0 1",
    "401, 401, Unauthorized V1 < Unauthorized V2_ENTERPRISE, , 1 1",
    "401, 404, SessionNotFound V2_ENTERPRISE < Unauthorized V1, , 0 1",
    "401, 500, ServerError V2_ENTERPRISE < Unauthorized V1, , 1 1",
    "404, 200, session V1=SESSION_UNKNOWN, , 1 1",
    "404, 401, SessionNotFound V1 < Unauthorized V2_ENTERPRISE, , 1 0",
    "404, 404, SessionNotFound V1 < SessionNotFound V2_ENTERPRISE, , 1 1",
    "404, 500, ServerError V2_ENTERPRISE < SessionNotFound V1, , 1 1",
    "500, 200, ServerError V1, session V1=FAILED, 1 1",
    "500, 401, ServerError V1 < Unauthorized V2_ENTERPRISE, , 1 1",
    "500, 404, ServerError V1 < SessionNotFound V2_ENTERPRISE, , 1 1",
    "500, 500, ServerError V1 < ServerError V2_ENTERPRISE, , 1 1",
  })
  void joinsTheResponsesOfTheApis(
      int v1, int v2, String complete, String bestEffort, String secondRequests) {
    respond(v1, v2);
    for (String key : new String[] {PERSONAL_KEY, OTHER_KEY}) {
      for (LookupStrategy strategy : new LookupStrategy[] {COMPLETE, BEST_EFFORT}) {
        try (SessionLookup lookup = API.lookup(key).strategy(strategy).build()) {
          boolean isComplete = strategy == COMPLETE || bestEffort == null;
          assertEquals(isComplete ? complete : bestEffort, outcome(lookup));
          assertEquals(secondRequests, requests(lookup));
          if (isComplete && complete.startsWith("session")) {
            assertEquals(complete, outcome(lookup), "the gap of an API that is not called remains");
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "v1 {0}")
  @CsvSource({
    "200, session V2_ENTERPRISE=REFUSED",
    "401, Unauthorized V1",
    "404, SessionNotFound V1",
    "500, ServerError V1"
  })
  void callsOnlyV1WithAServiceKey(int v1, String expected) {
    respond(v1, 200);
    for (LookupStrategy strategy : new LookupStrategy[] {COMPLETE, BEST_EFFORT}) {
      try (SessionLookup lookup = API.lookup(SERVICE_KEY).strategy(strategy).build()) {
        assertEquals(expected, outcome(lookup));
        assertEquals("1 0", requests(lookup));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"200, session, session", "401, Unauthorized V1, Unauthorized V2_ENTERPRISE"})
  void callsOnlyTheApiOfTheStrategy(int status, String v1, String v2) {
    respond(status, status);
    for (String key : new String[] {SERVICE_KEY, PERSONAL_KEY, OTHER_KEY}) {
      for (ApiVersion api : new ApiVersion[] {V1, V2_ENTERPRISE}) {
        LookupStrategy strategy = LookupStrategy.valueOf(api.name());
        try (SessionLookup lookup = API.lookup(key).strategy(strategy).build()) {
          assertEquals(api == V1 ? v1 : v2, outcome(lookup));
          assertEquals(api == V1 ? "1 0" : "0 1", requests(lookup));
        }
      }
    }
  }

  @Test
  void waitsForAStatusThatOnlyV1Has() {
    API.respond(V1, FakeApi.file("v1/blocked-with-pull-request.json"));
    API.respond(V2_ENTERPRISE, FakeApi.file("v2/running-without-analysis.json"));
    try (SessionLookup lookup = API.lookup(PERSONAL_KEY).build()) {
      Session settled = lookup.waitUntil(ID, s -> s.status().isSettled(), Duration.ofMinutes(30));

      assertEquals(SessionStatus.BLOCKED, settled.status());
      assertEquals(Set.of(V1, V2_ENTERPRISE), settled.sources());
      assertEquals(2, API.requests().size(), "both APIs were polled once");
    }
  }

  @Test
  void findIsEmptyOnlyIfNoApiKnowsTheSession() {
    try (SessionLookup lookup = API.lookup(PERSONAL_KEY).build()) {
      respond(404, 404);
      assertEquals(Optional.empty(), lookup.find(ID));
      respond(200, 404);
      assertEquals(Set.of(V1), lookup.find(ID).orElseThrow().sources());
      respond(404, 500);
      assertThrows(ServerErrorException.class, () -> lookup.find(ID));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 410})
  void reportsARefusalAsAGap(int status) {
    respond(200, status);
    try (SessionLookup lookup = API.lookup(PERSONAL_KEY).build()) {
      Gap gap = lookup.get(ID).gaps().get(V2_ENTERPRISE);
      assertEquals(GapReason.REFUSED, gap.reason());
      assertEquals(OptionalInt.of(status), gap.statusCode());
      assertFalse(gap.isRetryable());
      assertTrue(gap.message().contains("status " + status), gap.message());
    }
  }

  @ParameterizedTest
  @CsvSource({"503, true", "501, false"})
  void reportsWhetherAGapIsRetryable(int status, boolean isRetryable) {
    respond(200, status);
    try (SessionLookup lookup = API.lookup(PERSONAL_KEY).strategy(BEST_EFFORT).build()) {
      assertEquals(isRetryable, lookup.get(ID).gaps().get(V2_ENTERPRISE).isRetryable());
    }
  }

  @Test
  void reportsAServiceKeyAsTheReasonForAGap() {
    respond(200, 200);
    try (SessionLookup lookup = API.lookup(SERVICE_KEY).build()) {
      Gap gap = lookup.get(ID).gaps().get(V2_ENTERPRISE);
      assertTrue(gap.message().contains("service key"), gap.message());
      assertEquals(OptionalInt.empty(), gap.statusCode());
    }
  }

  @Test
  void callsARefusingApiAgainAfterTenMinutes() {
    respond(200, 403);
    FakeClock clock = new FakeClock();
    try (SessionLookup lookup = API.lookup(PERSONAL_KEY).timer(clock).build()) {
      assertEquals("1 1", requests(lookup));
      clock.advance(Duration.ofMinutes(10).minusNanos(1));
      assertEquals("1 0", requests(lookup));
      Gap gap = lookup.get(ID).gaps().get(ApiVersion.V2_ENTERPRISE);
      assertTrue(gap.message().startsWith("not called: "), gap.message());
      assertEquals(403, gap.statusCode().orElseThrow());
      clock.advance(Duration.ofNanos(1));
      assertEquals("1 1", requests(lookup));
    }
    try (SessionLookup another = API.lookup(PERSONAL_KEY).build()) {
      assertEquals("1 1", requests(another), "lookup objects do not share refusals");
    }
  }
}
