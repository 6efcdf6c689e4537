package dev.devinsessions;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON form of the public values, with the library and with default mappers. */
class JsonTest {
  private static final ObjectMapper JACKSON_2 = new ObjectMapper();
  private static final tools.jackson.databind.ObjectMapper JACKSON_3 =
      new tools.jackson.databind.ObjectMapper();

  /** A caller's own type. */
  static final class Report<T> {
    public T value;
    public List<T> list;
    public Map<String, T> byName;

    static <T> Report<T> of(T value) {
      Report<T> report = new Report<>();
      report.value = value;
      report.list = List.of(value, value);
      report.byName = Map.of("one", value);
      return report;
    }

    List<Object> fields() {
      return List.of(value, list, byName);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.devinsessions.PublicValues#all")
  void roundTripsWithPlainMappers(Object value) throws Exception {
    Class<?> type = publicType(value);
    Report<?> report = Report.of(value);

    String json = JACKSON_2.writeValueAsString(value);
    assertEquals(value, JACKSON_2.readValue(json, type));
    Report<?> read2 =
        JACKSON_2.readValue(
            JACKSON_2.writeValueAsString(report),
            JACKSON_2.getTypeFactory().constructParametricType(Report.class, type));
    assertEquals(report.fields(), read2.fields());

    assertEquals(json, JACKSON_3.writeValueAsString(value));
    assertEquals(value, JACKSON_3.readValue(json, type));
    Report<?> read3 =
        JACKSON_3.readValue(
            JACKSON_3.writeValueAsString(report),
            JACKSON_3.getTypeFactory().constructParametricType(Report.class, type));
    assertEquals(report.fields(), read3.fields());
  }

  @Test
  void roundTripsWithToJson() throws Exception {
    for (Session session : List.of(PublicValues.SESSION, (Session) PublicValues.minimal().get(0))) {
      assertEquals(JACKSON_2.writeValueAsString(session), session.toJson());
      assertEquals(session, Session.fromJson(session.toJson()));
    }
  }

  @Test
  void writesTheDocumentedForm() throws Exception {
    JsonNode expected =
        JACKSON_2.readTree(JsonTest.class.getResourceAsStream("/json/session.json"));
    assertEquals(expected, JACKSON_2.readTree(PublicValues.SESSION.toJson()));
    assertEquals(
        JACKSON_2.readTree(
            "{\"session_id\":\"devin-1\",\"status\":\"unknown\",\"tags\":[],"
                + "\"pull_requests\":[],\"messages\":[],\"sources\":[],\"deviations\":[]}"),
        JACKSON_2.readTree(((Session) PublicValues.minimal().get(0)).toJson()));
  }

  /** The round trips below must cover every property. */
  @ParameterizedTest
  @MethodSource("dev.devinsessions.PublicValues#complete")
  void completeValuesHaveEveryProperty(Object value) throws Exception {
    for (Method accessor : publicType(value).getDeclaredMethods()) {
      if (Modifier.isAbstract(accessor.getModifiers())) {
        Object property = accessor.invoke(value);
        assertTrue(
            !property.equals(Optional.empty())
                && !property.equals(OptionalInt.empty())
                && !property.equals(Map.of())
                && !(property instanceof Collection && ((Collection<?>) property).isEmpty()),
            () -> accessor.getName() + " is missing from json/session.json or PublicValues");
      }
    }
  }

  @Test
  void writesLookupResults() throws Exception {
    LookupResult found = LookupResult.found("1", PublicValues.SESSION);
    LookupResult limited =
        LookupResult.failed(
            "2",
            new RateLimitedException(
                FailureDetails.builder()
                    .message("slow down")
                    .sessionId("devin-2")
                    .statusCode(429)
                    .retryable(true)
                    .build(),
                null));
    LookupResult bad = LookupResult.failed("3", new IllegalArgumentException());
    String expected =
        "[{\"session_id\":\"1\",\"session\":"
            + PublicValues.SESSION.toJson()
            + "},{\"session_id\":\"2\",\"error\":{\"type\":\"RateLimitedException\","
            + "\"message\":\"slow down\",\"status_code\":429,\"retryable\":true}},"
            + "{\"session_id\":\"3\",\"error\":"
            + "{\"type\":\"IllegalArgumentException\",\"retryable\":false}}]";
    assertEquals(expected, JACKSON_2.writeValueAsString(List.of(found, limited, bad)));
    assertEquals(expected, JACKSON_3.writeValueAsString(List.of(found, limited, bad)));
  }

  @Test
  void keepsDigitsAndEqualityOfNumbers() {
    List<Object> numbers =
        Arrays.asList(
            1,
            2L,
            3_000_000_000L,
            (short) 4,
            1.5,
            2.0f,
            1e300,
            BigInteger.TEN.pow(30),
            BigInteger.ONE,
            new BigDecimal("0.10"),
            new BigDecimal("7"),
            new BigDecimal("1e999999999"),
            null,
            true);
    Session session =
        Session.builder()
            .id("devin-1")
            .structuredOutput(numbers)
            .acusConsumed(new BigDecimal("1e999999999"))
            .build();
    assertTrue(session.toJson().length() < 1_000, session.toJson());
    assertEquals(session, Session.fromJson(session.toJson()));
    List<?> read = (List<?>) session.structuredOutput().orElseThrow();
    assertEquals(2, read.get(1));
    assertEquals(new BigDecimal("0.10"), read.get(9));
    assertEquals(
        Optional.of("[0.10,1E+999999999]"),
        session.toBuilder()
            .structuredOutput(List.of(read.get(9), read.get(11)))
            .build()
            .structuredOutputJson());
  }

  /** A message without an event id has an empty one. */
  @Test
  void readsWhatAMapperThatOmitsEmptyValuesWrote() throws Exception {
    SessionMessage message =
        SessionMessage.builder().eventId("").type("t").message("").timestampText("").build();
    Session session = Session.builder().id("devin-1").messages(List.of(message)).build();
    ObjectMapper jackson2 = new ObjectMapper();
    jackson2.setDefaultPropertyInclusion(JsonInclude.Value.construct(NON_EMPTY, NON_EMPTY));
    String json = jackson2.writeValueAsString(session);
    assertFalse(json.contains("event_id"), json);
    assertEquals(session, jackson2.readValue(json, Session.class));
    assertEquals(session, JACKSON_3.readValue(json, Session.class));
    assertEquals(session, Session.fromJson(json));
  }

  @Test
  void rejectsValuesThatJsonCannotRepresent() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    Map<String, Object> map = new HashMap<>();
    map.put("a", List.of(map));
    Map<Object, Object> otherKeys = new HashMap<>();
    otherKeys.put(1, otherKeys);
    for (Object value : List.of(Double.NaN, new Object(), list, map, otherKeys, nested(451))) {
      Session.Builder builder = Session.builder().id("devin-1").structuredOutput(value);
      assertThrows(IllegalArgumentException.class, builder::build);
    }
    Map<String, Object> nullKey = new HashMap<>();
    nullKey.put(null, 1);
    Session.Builder builder = Session.builder().id("devin-1").additionalProperties(nullKey);
    assertThrows(IllegalArgumentException.class, builder::build);
  }

  @Test
  void everyMapperSupportsTheMaximumDepth() throws Exception {
    Session session =
        Session.builder()
            .id("devin-1")
            .structuredOutput(nested(450))
            .additionalProperties(Map.of("gaps", nested(449)))
            .build();
    assertEquals(session, Session.fromJson(session.toJson()));
    List<Session> list = List.of(session);
    assertEquals(
        list, List.of(JACKSON_2.readValue(JACKSON_2.writeValueAsString(list), Session[].class)));
    assertEquals(
        list, List.of(JACKSON_3.readValue(JACKSON_3.writeValueAsString(list), Session[].class)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|end-of-input",
        "null|$ is null",
        "[]|$: ",
        "{\"session_id\": 5}|$.session_id: ",
        "{}|Missing required properties: id",
        "{\"session_id\": \"x\", \"created_at\": \"yesterday\"}|$.created_at: ",
        "{\"tags\": [\"a\", 5]}|$.tags[1]: ",
        "{\"messages\": [{\"event_id\": []}]}|$.messages[0].event_id: ",
        "{\"gaps\": {\"v9\": {}}}|$.gaps: ",
        "{\"gaps\": {\"v1\": {}}}|$.gaps.v1: ",
        "{\"pull_requests\": [7]}|$.pull_requests[0]: ",
        "{\"session_analysis\": {\"issues\": [{\"label\": 1}]}}|$.session_analysis.issues[0].label: ",
        "{\"session_id\": \"x\"} trailing|trailing"
      })
  void namesThePathOfAnError(String json, String where) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Session.fromJson(json)).getMessage();
    assertTrue(message.contains(where), message);
  }

  @Test
  void readsJsonOfNewerVersions() {
    Session session =
        Session.fromJson(
            "{\"session_id\":\"devin-1\",\"status\":\"no_such_status\",\"tags\":null,\"later\":null,"
                + "\"gaps\":{\"v1\":{\"reason\":\"failed\",\"message\":\"m\",\"later\":1}}}");
    Map<String, Object> additional = new HashMap<>();
    additional.put("later", null);
    assertEquals(additional, session.additionalProperties());
    assertEquals(SessionStatus.UNKNOWN, session.status());
    assertEquals(List.of(), session.tags());
    assertEquals("m", session.gaps().get(ApiVersion.V1).message());
  }

  private static Object nested(int depth) {
    Object value = List.of();
    for (int level = 1; level < depth; level++) {
      value = level % 2 == 0 ? List.of(value) : Map.of("a", value);
    }
    return value;
  }

  /** The public class of an AutoValue instance. */
  private static Class<?> publicType(Object value) {
    Class<?> type = value.getClass();
    return Modifier.isPublic(type.getModifiers()) ? type : type.getSuperclass();
  }
}
