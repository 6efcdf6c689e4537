package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SessionJsonTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  /** Every sample, each alone and joined with each of the other API. */
  static List<Session> samples() {
    List<String> v1 =
        List.of(
            "blocked-with-pull-request",
            "required-properties-only",
            "word-outside-the-specification");
    List<String> v2 = List.of("finished-with-analysis", "running-without-analysis");
    return v1.stream()
        .flatMap(one -> v2.stream().flatMap(other -> samples(one, other)))
        .collect(Collectors.toList());
  }

  private static Stream<Session> samples(String v1, String v2) {
    API.answer(ApiVersion.V1, FakeApi.file("v1/" + v1 + ".json"));
    API.answer(ApiVersion.V2_ENTERPRISE, FakeApi.file("v2/" + v2 + ".json"));
    return Stream.of(LookupStrategy.V1, LookupStrategy.V2_ENTERPRISE, LookupStrategy.COMPLETE)
        .map(
            strategy -> {
              try (SessionLookup lookup =
                  API.lookup(FakeApi.PERSONAL_KEY).strategy(strategy).build()) {
                return lookup.get(FakeApi.ID);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleComesBackEqual(Session session) throws Exception {
    assertEquals(session, Session.fromJson(session.toJson()));
    ObjectMapper jackson2 = new ObjectMapper();
    assertEquals(session, jackson2.readValue(jackson2.writeValueAsString(session), Session.class));
    tools.jackson.databind.ObjectMapper jackson3 = new tools.jackson.databind.ObjectMapper();
    assertEquals(session, jackson3.readValue(jackson3.writeValueAsString(session), Session.class));
    assertEquals(session.toJson(), jackson2.writeValueAsString(session));
    assertEquals(session.toJson(), jackson3.writeValueAsString(session));
  }

  @Test
  void namesAreThoseOfTheSpecificationAndAbsentValuesAreLeftOut() throws Exception {
    JsonNode json = new ObjectMapper().readTree(everything().toJson());
    assertEquals("devin-1", json.get("session_id").textValue());
    assertEquals("finished", json.get("status").textValue());
    assertEquals("exit", json.get("status_text").textValue());
    assertEquals("2025-12-20T14:47:51Z", json.get("created_at").textValue());
    assertEquals("[\"v1\",\"v2_enterprise\"]", json.get("sources").toString());
    assertEquals("{\"v1\":\"down\"}", json.get("gaps").toString());
    assertEquals("eu", json.get("region").textValue());
    JsonNode least = new ObjectMapper().readTree(fixture().build().toJson());
    assertFalse(
        least.has("title") || least.has("gaps") || least.has("session_analysis"), least.toString());
    assertEquals(0, least.get("tags").size());
  }

  @Test
  void additionalPropertiesWhoseNamesAreTakenAreNotLost() {
    Map<String, Object> additional =
        Map.of(
            "url",
            1,
            "sources",
            "web",
            "additional_properties",
            Map.of("a", 1),
            "region",
            "eu",
            "id",
            2);
    Session session =
        fixture()
            .additionalProperties(additional)
            .pullRequests(
                List.of(
                    PullRequest.builder()
                        .url("u")
                        .additionalProperties(Map.of("state", 5, "n", 1))
                        .build()))
            .build();
    assertEquals(session, Session.fromJson(session.toJson()));
    assertEquals(additional, Session.fromJson(session.toJson()).additionalProperties());
  }

  @Test
  void numbersKeepTheirDigitsAndTheirEquality() {
    List<Object> numbers =
        Arrays.asList(
            1,
            2L,
            3_000_000_000L,
            (short) 4,
            (byte) 5,
            1.5,
            2.0f,
            1e300,
            BigInteger.TEN.pow(30),
            BigInteger.ONE,
            new BigDecimal("0.10"),
            new BigDecimal("7"),
            new BigDecimal("1e999999999"),
            null,
            true,
            "text");
    Session session =
        fixture().structuredOutput(numbers).acusConsumed(new BigDecimal("1e999999999")).build();
    assertTrue(session.toJson().length() < 1_000, session.toJson());
    assertEquals(session, Session.fromJson(session.toJson()));
    List<?> read = (List<?>) session.structuredOutput().orElseThrow();
    assertEquals(2, read.get(1));
    assertEquals(new BigDecimal("0.10"), read.get(10));
  }

  @Test
  void whatJsonCannotHoldIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> fixture().structuredOutput(Double.NaN).build());
    assertThrows(
        IllegalArgumentException.class, () -> fixture().structuredOutput(new Object()).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|end-of-input",
        "null|not a JSON object",
        "[]|$",
        "{\"session_id\": 5}|$.session_id",
        "{}|id",
        "{\"session_id\": \"x\", \"created_at\": \"yesterday\"}|$.created_at",
        "{\"tags\": [\"a\", 5]}|$.tags[1]",
        "{\"messages\": [{\"event_id\": []}]}|$.messages[0].event_id",
        "{\"gaps\": {\"v9\": \"x\"}}|$.gaps",
        "{\"pull_requests\": [{}]}|$.pull_requests[0]",
        "{} trailing|trailing"
      })
  void jsonThatIsNoSessionSaysWhere(String json, String where) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Session.fromJson(json)).getMessage();
    assertTrue(message.contains(where), message);
  }

  @Test
  void noJsonIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> Session.fromJson(null));
  }

  @Test
  void aStatusOfANewerVersionIsUnknown() {
    String json = fixture().build().toJson().replace("\"unknown\"", "\"hibernating\"");
    assertEquals(SessionStatus.UNKNOWN, Session.fromJson(json).status());
  }

  private static Session.Builder fixture() {
    Instant then = Instant.parse("2025-12-20T14:47:51Z");
    return Session.builder().id("devin-1").createdAt(then).updatedAt(then);
  }

  private static Session everything() {
    return fixture()
        .status(SessionStatus.FINISHED)
        .statusText("exit")
        .sources(Set.of(ApiVersion.V1, ApiVersion.V2_ENTERPRISE))
        .gaps(Map.of(ApiVersion.V1, Gap.builder().reason(GapReason.FAILED).message("down").build()))
        .additionalProperties(Map.of("region", "eu"))
        .build();
  }
}
