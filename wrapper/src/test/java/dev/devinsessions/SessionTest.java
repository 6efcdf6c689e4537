package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values of a session that was read over HTTP. */
class SessionTest {
  private static final String BLOCKED = FakeApi.file("v1/blocked-with-pull-request.json");

  @RegisterExtension static final FakeApi API = new FakeApi();

  private static Session get(LookupStrategy strategy) {
    try (SessionLookup lookup = API.lookup(FakeApi.PERSONAL_KEY).strategy(strategy).build()) {
      return lookup.get(FakeApi.ID);
    }
  }

  private static Session v1(String body) {
    API.respond(ApiVersion.V1, body);
    return get(LookupStrategy.V1);
  }

  /** The expected sessions are files in the library's JSON form. */
  @ParameterizedTest
  @CsvSource({
    "V1, blocked-with-pull-request, finished-with-analysis, v1",
    "V2_ENTERPRISE, blocked-with-pull-request, finished-with-analysis, v2_enterprise",
    "COMPLETE, blocked-with-pull-request, finished-with-analysis, complete",
    "COMPLETE, fills-empty-properties, with-empty-properties, fills-empty-properties",
    "V1, required-properties-only, finished-with-analysis, required-properties-only",
    "V1, word-outside-the-specification, finished-with-analysis, word-outside-the-specification"
  })
  void readsEveryProperty(LookupStrategy strategy, String v1, String v2, String expected) {
    API.respond(ApiVersion.V1, FakeApi.file("v1/" + v1 + ".json"));
    API.respond(ApiVersion.V2_ENTERPRISE, FakeApi.file("v2/" + v2 + ".json"));
    assertEquals(Session.fromJson(FakeApi.file("session/" + expected + ".json")), get(strategy));
  }

  @Test
  void responseValidationRejectsADeviation() {
    try (SessionLookup lookup = API.lookup(FakeApi.SERVICE_KEY).responseValidation(true).build()) {
      API.respond(ApiVersion.V1, BLOCKED);
      assertEquals(SessionStatus.BLOCKED, lookup.get(FakeApi.ID).status());
      API.respond(ApiVersion.V1, BLOCKED.replace("\"ev-1\"", "5"));
      String message =
          assertThrows(MalformedResponseException.class, () -> lookup.get(FakeApi.ID)).getMessage();
      assertTrue(message.contains("$.messages[0].event_id is not a string"), message);
    }
  }

  @ParameterizedTest
  @CsvSource({"2025-12-20 16:47:51+0200, 2025-12-20T14:47:51Z", "just now,"})
  void readsTheTimestampOfAMessage(String text, Instant timestamp) {
    SessionMessage message = v1(BLOCKED.replace("2025-12-20T14:51:00Z", text)).messages().get(2);
    assertEquals(text, message.timestampText());
    assertEquals(Optional.ofNullable(timestamp), message.timestamp());
  }

  /** A caller's own type. */
  public static final class Report {
    public int pr_number;
    public List<String> files;
    public LocalDate due;
  }

  @Test
  void bindsStructuredOutputToATypeOfTheCaller() {
    Session session = v1(BLOCKED.replace("\"note\": null", "\"due\": \"2026-01-31\""));
    Report report = session.structuredOutputAs(Report.class).orElseThrow();
    assertEquals(123, report.pr_number);
    assertEquals(List.of("Source/settings/mods.js"), report.files);
    assertEquals(LocalDate.of(2026, 1, 31), report.due);
    assertEquals(
        Optional.of(123), session.structuredOutputAs(Map.class).map(map -> map.get("pr_number")));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31, java.time.LocalDate, 2026-01-31",
    "\"2026-01-31\", java.time.LocalDate, 2026-01-31",
    "2026-01-31T08:00:00Z, java.time.Instant, 2026-01-31T08:00:00Z",
    "6fa459ea-ee8a-3ca4-894e-db77e160355e, java.util.UUID, 6fa459ea-ee8a-3ca4-894e-db77e160355e",
    "https://example.com/a?b=c, java.net.URI, https://example.com/a?b=c",
    "MONDAY, java.time.DayOfWeek, MONDAY",
    "0.10, java.math.BigDecimal, 0.10",
    "42, java.lang.Integer, 42",
    "true, java.lang.Boolean, true",
    "{\"pr_number\": 7}, java.lang.String, {\"pr_number\": 7}",
    "[WIP] Fix the build, java.lang.StringBuilder, [WIP] Fix the build"
  })
  void bindsAStringToScalarTypes(String output, Class<?> type, String expected) {
    Object bound =
        fixture().structuredOutput(output).build().structuredOutputAs(type).orElseThrow();
    assertInstanceOf(type, bound);
    assertEquals(expected, bound.toString());
  }

  @Test
  void readsJsonTextInsideAString() {
    Session session = fixture().structuredOutput(" {\"pr_number\": 7}").build();
    assertEquals(7, session.structuredOutputAs(Report.class).orElseThrow().pr_number);
    assertEquals(Optional.of("\" {\\\"pr_number\\\": 7}\""), session.structuredOutputJson());
  }

  @Test
  void reportsWhereStructuredOutputDoesNotFit() {
    Session session = fixture().structuredOutput(Map.of("files", List.of(Map.of()))).build();
    String message =
        assertThrows(IllegalArgumentException.class, () -> session.structuredOutputAs(Report.class))
            .getMessage();
    assertTrue(message.contains("files"), message);
    Session without = fixture().build();
    assertEquals(Optional.empty(), without.structuredOutputAs(Report.class));
    assertThrows(NullPointerException.class, () -> without.structuredOutputAs(null));
  }

  @Test
  void copiesCollections() {
    List<Object> list = new ArrayList<>(List.of(1));
    Map<String, Object> map = new HashMap<>(Map.of("list", list));
    List<String> tags = new ArrayList<>(List.of("one"));
    List<PullRequest> pullRequests = new ArrayList<>();
    List<SessionAnalysis.Issue> issues = new ArrayList<>();
    Session session =
        fixture()
            .tags(tags)
            .pullRequests(pullRequests)
            .analysis(SessionAnalysis.builder().issues(issues).build())
            .additionalProperties(map)
            .structuredOutput(map)
            .build();
    String json = session.toJson();
    list.clear();
    map.clear();
    tags.clear();
    pullRequests.add(PullRequest.builder().url("u").build());
    issues.add(SessionAnalysis.Issue.builder().issue("i").impact("High").label("l").build());
    assertEquals(json, session.toJson());
  }

  @Test
  void collectionsAreUnmodifiable() {
    Session session = PublicValues.SESSION;
    Map<?, ?> output = (Map<?, ?>) session.structuredOutput().orElseThrow();
    for (Collection<?> collection :
        List.of(
            session.tags(),
            session.pullRequests(),
            session.sources(),
            session.gaps().values(),
            session.additionalProperties().values(),
            output.values(),
            (List<?>) output.get("files"))) {
      assertThrows(UnsupportedOperationException.class, collection::clear);
    }
  }

  @Test
  void builderNamesMissingPropertiesAndCopiesAValue() {
    String message =
        assertThrows(IllegalStateException.class, () -> Session.builder().build()).getMessage();
    assertTrue(message.contains("id"), message);
    Session session = fixture().title("one").build();
    assertEquals(Optional.of("two"), session.toBuilder().title("two").build().title());
    assertEquals(session, session.toBuilder().build());
    assertEquals(session.hashCode(), session.toBuilder().build().hashCode());
    assertEquals(SessionStatus.UNKNOWN, session.status());
  }

  @Test
  void toStringShowsNoMessageText() {
    String body = BLOCKED.replace("\"flags\"", "[\"tilt-gravity feature flag\"]");
    API.respond(ApiVersion.V2_ENTERPRISE, FakeApi.file("v2/finished-with-analysis.json"));
    API.respond(ApiVersion.V1, body);
    Session session = get(LookupStrategy.COMPLETE);
    for (String text :
        List.of(session.toString(), session.messages().toString(), session.analysis().toString())) {
      assertFalse(text.contains("tilt-gravity feature flag") || text.contains("移除中"), text);
    }
    assertTrue(session.toString().contains(FakeApi.ID), session::toString);
    assertTrue(session.toString().contains("V1 $.tags[0] is not a string"), session::toString);
  }

  @Test
  void toStringDoesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      for (Object value : PublicValues.all()) {
        assertFalse(value.toString().matches("(?s).*[\u0660-\u0669].*"), value::toString);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Session.Builder fixture() {
    return Session.builder().id("devin-1");
  }
}
