package dev.devinsessions;

import static dev.devinsessions.ApiVersion.V1;
import static dev.devinsessions.ApiVersion.V2_ENTERPRISE;
import static dev.devinsessions.FakeApi.ID;
import static dev.devinsessions.FakeApi.OTHER_KEY;
import static dev.devinsessions.FakeApi.PERSONAL_KEY;
import static dev.devinsessions.FakeApi.SERVICE_KEY;
import static dev.devinsessions.FakeApi.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.devinsessions.internal.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which API is asked, how often, and what comes of it. An answer is a status here. */
class StrategyTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  private static ResponseDefinitionBuilder answer(ApiVersion api, int status) {
    String name =
        api == V1 ? "v1/blocked-with-pull-request.json" : "v2/finished-with-analysis.json";
    return status == 200 ? FakeApi.json(200, FakeApi.file(name)) : error(status);
  }

  private static void answers(int v1, int v2) {
    API.answer(V1, answer(V1, v1));
    API.answer(V2_ENTERPRISE, answer(V2_ENTERPRISE, v2));
  }

  private static void assertRequests(int v1, int v2) {
    assertEquals(
        v1 + " of v1, " + v2 + " of v2",
        API.requests(V1) + " of v1, " + API.requests(V2_ENTERPRISE) + " of v2");
  }

  /** The sources of the session, or the exception's name with the API that it is of. */
  private static String outcome(SessionLookup lookup) {
    try {
      return lookup.get(ID).sources().toString();
    } catch (SessionLookupException e) {
      return e.getClass().getSimpleName().replace("Exception", "")
          + " "
          + e.apiVersion().orElseThrow();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // key, strategy, v1 answers, v2 answers, outcome, requests to v1, requests to v2
    "apk_, AUTO, 200, 200, [V1], 1, 0",
    "apk_, AUTO, 404, 200, SessionNotFound V1, 1, 0",
    "apk_, AUTO, 403, 200, PermissionDenied V1, 1, 0",
    "apk_user_, AUTO, 200, 200, [V2_ENTERPRISE], 0, 1",
    "apk_user_, AUTO, 200, 401, [V1], 1, 1",
    "apk_user_, AUTO, 200, 403, [V1], 1, 1",
    "apk_user_, AUTO, 200, 404, [V1], 1, 1",
    "apk_user_, AUTO, 404, 404, SessionNotFound V1, 1, 1",
    "apk_user_, AUTO, 404, 403, SessionNotFound V1, 1, 1",
    "apk_user_, AUTO, 401, 401, Unauthorized V1, 1, 1",
    "apk_user_, AUTO, 500, 404, ServerError V1, 1, 1",
    "apk_user_, AUTO, 500, 403, ServerError V1, 1, 1",
    "apk_user_, AUTO, 200, 500, ServerError V2_ENTERPRISE, 0, 1",
    "apk_user_, AUTO, 200, 429, RateLimited V2_ENTERPRISE, 0, 1",
    "apk_user_, AUTO, 200, 422, RequestRejected V2_ENTERPRISE, 0, 1",
    "cog_, AUTO, 200, 200, [V1], 1, 0",
    "cog_, AUTO, 401, 200, [V2_ENTERPRISE], 1, 1",
    "cog_, AUTO, 403, 200, [V2_ENTERPRISE], 1, 1",
    "cog_, AUTO, 404, 200, [V2_ENTERPRISE], 1, 1",
    "cog_, AUTO, 404, 404, SessionNotFound V2_ENTERPRISE, 1, 1",
    "cog_, AUTO, 404, 403, SessionNotFound V1, 1, 1",
    "cog_, AUTO, 500, 200, ServerError V1, 1, 0",
    "apk_user_, V1, 200, 200, [V1], 1, 0",
    "apk_user_, V1, 404, 200, SessionNotFound V1, 1, 0",
    "apk_user_, V2_ENTERPRISE, 200, 200, [V2_ENTERPRISE], 0, 1",
    "apk_user_, V2_ENTERPRISE, 200, 403, PermissionDenied V2_ENTERPRISE, 0, 1",
    "apk_, V2_ENTERPRISE, 200, 403, PermissionDenied V2_ENTERPRISE, 0, 1",
    "apk_user_, MERGED, 200, 200, '[V1, V2_ENTERPRISE]', 1, 1",
    "cog_, MERGED, 200, 200, '[V1, V2_ENTERPRISE]', 1, 1",
    "apk_, MERGED, 200, 200, [V1], 1, 0",
    "apk_user_, MERGED, 200, 500, [V1], 1, 1",
    "apk_user_, MERGED, 200, 404, [V1], 1, 1",
    "apk_user_, MERGED, 403, 200, [V2_ENTERPRISE], 1, 1",
    "apk_user_, MERGED, 404, 404, SessionNotFound V1, 1, 1",
    "apk_user_, MERGED, 404, 403, PermissionDenied V2_ENTERPRISE, 1, 1",
    "apk_user_, MERGED, 404, 500, ServerError V2_ENTERPRISE, 1, 1",
    "apk_user_, MERGED, 500, 404, ServerError V1, 1, 1",
    "apk_user_, MERGED, 422, 503, ServerError V2_ENTERPRISE, 1, 1"
  })
  void theKeyAndTheStrategyDecide(
      String prefix,
      LookupStrategy strategy,
      int v1,
      int v2,
      String outcome,
      int v1Requests,
      int v2Requests) {
    answers(v1, v2);
    String key =
        Map.of("apk_", SERVICE_KEY, "apk_user_", PERSONAL_KEY, "cog_", OTHER_KEY).get(prefix);
    try (SessionLookup lookup = API.lookup(key).strategy(strategy).build()) {
      assertEquals(outcome, outcome(lookup));
    }
    assertRequests(v1Requests, v2Requests);
  }

  @Test
  void autoIsTheDefault() {
    answers(200, 200);
    try (SessionLookup lookup = API.lookup(PERSONAL_KEY).build()) {
      assertEquals(Set.of(V2_ENTERPRISE), lookup.get(ID).sources());
    }
  }

  @Test
  void findIsEmptyForAnUnknownSessionAndThrowsOtherErrors() {
    try (SessionLookup lookup = API.lookup(PERSONAL_KEY).build()) {
      answers(404, 404);
      assertEquals(Optional.empty(), lookup.find(ID));
      answers(200, 404);
      assertEquals(Set.of(V1), lookup.find(ID).orElseThrow().sources());
      answers(200, 500);
      assertThrows(ServerErrorException.class, () -> lookup.find(ID));
    }
  }

  @Test
  void aGapSaysWhichApiDidNotAnswerAndWhy() {
    answers(200, 403);
    try (SessionLookup lookup = API.lookup(PERSONAL_KEY).strategy(LookupStrategy.MERGED).build()) {
      Map<ApiVersion, String> gaps = lookup.get(ID).gaps();
      assertEquals(Set.of(V2_ENTERPRISE), gaps.keySet());
      assertTrue(gaps.get(V2_ENTERPRISE).contains("403"), gaps.toString());
      assertTrue(gaps.get(V2_ENTERPRISE).contains("status 403"), gaps.toString());
    }
    try (SessionLookup lookup = API.lookup(SERVICE_KEY).strategy(LookupStrategy.MERGED).build()) {
      Map<ApiVersion, String> gaps = lookup.get(ID).gaps();
      assertTrue(gaps.get(V2_ENTERPRISE).contains("service key"), gaps.toString());
    }
  }

  @Test
  void ofTwoFailuresTheLesserOneIsSuppressedInTheGraver() {
    answers(404, 500);
    try (SessionLookup lookup = API.lookup(PERSONAL_KEY).strategy(LookupStrategy.MERGED).build()) {
      Throwable graver = assertThrows(ServerErrorException.class, () -> lookup.get(ID));
      assertEquals(SessionNotFoundException.class, graver.getSuppressed()[0].getClass());
    }
  }

  /** The real time, moved forward by hand. */
  private static final class MovedTimer implements Timer {
    private volatile long moved;

    @Override
    public long nanoTime() {
      return Timer.super.nanoTime() + moved;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404})
  void aPersonalKeyThatV2RefusesAndV1AcceptsSavesTheRequestForTenMinutes(int v1) {
    answers(v1, 403);
    MovedTimer timer = new MovedTimer();
    try (SessionLookup lookup = API.lookup(PERSONAL_KEY).timer(timer).build()) {
      outcome(lookup);
      assertRequests(1, 1);
      timer.moved = Duration.ofMinutes(9).plusSeconds(59).toNanos();
      outcome(lookup);
      assertRequests(2, 1);
      timer.moved = Duration.ofMinutes(10).plusSeconds(30).toNanos();
      outcome(lookup);
      assertRequests(3, 2);
    }
    try (SessionLookup another = API.lookup(PERSONAL_KEY).build()) {
      outcome(another);
      assertRequests(4, 3);
    }
  }

  @ParameterizedTest
  @CsvSource({"401, 403", "500, 403", "200, 404"})
  void nothingElseClosesV2(int v1, int v2) {
    answers(v1, v2);
    try (SessionLookup lookup = API.lookup(PERSONAL_KEY).build()) {
      outcome(lookup);
      outcome(lookup);
    }
    assertRequests(2, 2);
  }
}
