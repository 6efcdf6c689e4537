package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The values of a session that was read over HTTP. */
class SessionTest {
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

  private static Session v2(String body) {
    API.respond(ApiVersion.V2_ENTERPRISE, body);
    return get(LookupStrategy.V2_ENTERPRISE);
  }

  /** The expected sessions are files in the library's JSON form. */
  @ParameterizedTest
  @EnumSource(names = {"V1", "V2_ENTERPRISE", "COMPLETE"})
  void readsEveryProperty(LookupStrategy strategy) {
    API.respond(ApiVersion.V1, FakeApi.file("v1/blocked-with-pull-request.json"));
    API.respond(ApiVersion.V2_ENTERPRISE, FakeApi.file("v2/finished-with-analysis.json"));
    String expected = FakeApi.file("session/" + strategy.name().toLowerCase(Locale.ROOT) + ".json");
    assertEquals(Session.fromJson(expected), get(strategy));
  }

  @Test
  void v1FillsEmptyPropertiesOfV2() {
    API.respond(
        ApiVersion.V1,
        FakeApi.file("v1/blocked-with-pull-request.json")
            .replace("pull/123", "pull/7")
            .replace(
                "\"snapshot_id\": null",
                "\"snapshot_id\": \"snap-1\", \"region\": \"eu\", \"tier\": 1"));
    API.respond(
        ApiVersion.V2_ENTERPRISE,
        FakeApi.file("v2/running-without-analysis.json")
            .replace("\"acus_consumed\": 0", "\"acus_consumed\": 0, \"title\": \"\", \"tier\": 2")
            .replace(
                "\"pull_requests\": []",
                "\"pull_requests\": [{\"url\": \"https://github.com/acme/mario/pull/9\", \"state\": \"open\"}]"));
    Session session = get(LookupStrategy.COMPLETE);
    assertEquals(Optional.of("Retire the tilt-gravity flag"), session.title());
    assertEquals(List.of("flags", "repo:mario"), session.tags());
    assertEquals(Optional.of(Instant.parse("2025-12-20T14:54:16.508272Z")), session.updatedAt());
    assertEquals(
        Optional.of("Remove the tilt-gravity feature flag."), session.initialUserMessage());
    assertEquals(Optional.of("snap-1"), session.snapshotId());
    assertEquals(Optional.of(BigDecimal.ZERO), session.acusConsumed());
    assertEquals(
        List.of("9 Optional[open]", "7 Optional.empty"),
        session.pullRequests().stream()
            .map(pull -> pull.url().replaceAll(".*/", "") + " " + pull.state())
            .collect(Collectors.toList()));
    assertEquals(Map.of("region", "eu", "tier", 2), session.additionalProperties());
  }

  @Test
  void acceptsRequiredPropertiesOnly() {
    Session session = v1(FakeApi.file("v1/required-properties-only.json"));
    assertEquals(
        Session.builder()
            .id("devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c")
            .status(SessionStatus.NEW)
            .statusText("new")
            .createdAt(Instant.parse("2025-12-20T14:47:51Z"))
            .updatedAt(Instant.parse("2025-12-20T14:47:51Z"))
            .sources(Set.of(ApiVersion.V1))
            .build(),
        session);
    assertEquals(Optional.empty(), v2(FakeApi.file("v2/running-without-analysis.json")).analysis());
  }

  @Test
  void keepsUnknownWordsAndProperties() {
    Session session = v1(FakeApi.file("v1/word-outside-the-specification.json"));
    assertEquals(SessionStatus.UNKNOWN, session.status());
    assertEquals(Optional.of("hibernating"), session.statusText());
    assertEquals(Map.of("region", "eu-1"), session.additionalProperties());
    assertEquals(Optional.of("plain text"), session.structuredOutput());
    assertEquals(List.of(), session.tags());
  }

  @Test
  void readsTheTimestampOfAMessage() {
    String body = FakeApi.file("v1/blocked-with-pull-request.json");
    Map<String, Optional<Instant>> timestamps =
        Map.of(
            "2025-12-20 16:47:51+0200",
            Optional.of(Instant.parse("2025-12-20T14:47:51Z")),
            "just now",
            Optional.empty());
    timestamps.forEach(
        (text, timestamp) -> {
          SessionMessage message = v1(body.replace("2025-12-20T14:51:00Z", text)).messages().get(2);
          assertEquals(text, message.timestampText());
          assertEquals(timestamp, message.timestamp());
        });
  }

  /** A caller's own type. */
  public static final class Report {
    public int pr_number;
    public List<String> files;
    public LocalDate due;
  }

  @Test
  void bindsStructuredOutputToATypeOfTheCaller() {
    Session session =
        v1(
            FakeApi.file("v1/blocked-with-pull-request.json")
                .replace("\"note\": null", "\"due\": \"2026-01-31\""));
    Report report = session.structuredOutputAs(Report.class).orElseThrow();
    assertEquals(123, report.pr_number);
    assertEquals(List.of("Source/settings/mods.js"), report.files);
    assertEquals(LocalDate.of(2026, 1, 31), report.due);
    assertEquals(
        Optional.of(123), session.structuredOutputAs(Map.class).map(map -> map.get("pr_number")));
  }

  static Stream<Arguments> strings() {
    return Stream.of(
        arguments("2026-01-31", LocalDate.of(2026, 1, 31)),
        arguments("\"2026-01-31\"", LocalDate.of(2026, 1, 31)),
        arguments("2026-01-31T08:00:00Z", Instant.parse("2026-01-31T08:00:00Z")),
        arguments(
            "6fa459ea-ee8a-3ca4-894e-db77e160355e",
            UUID.fromString("6fa459ea-ee8a-3ca4-894e-db77e160355e")),
        arguments("https://example.com/a?b=c", URI.create("https://example.com/a?b=c")),
        arguments("MONDAY", DayOfWeek.MONDAY),
        arguments("0.10", new BigDecimal("0.10")),
        arguments("42", 42),
        arguments("true", true),
        arguments("{\"pr_number\": 7}", "{\"pr_number\": 7}"));
  }

  @ParameterizedTest
  @MethodSource("strings")
  void bindsAStringToScalarTypes(String output, Object expected) {
    Session session = fixture().structuredOutput(output).build();
    assertEquals(Optional.of(expected), session.structuredOutputAs(expected.getClass()));
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
    assertEquals(Optional.empty(), fixture().build().structuredOutputAs(Report.class));
  }

  @Test
  void copiesCollections() {
    List<String> tags = new ArrayList<>(List.of("one"));
    List<PullRequest> pullRequests = new ArrayList<>();
    List<SessionAnalysis.Issue> issues = new ArrayList<>();
    Map<String, Object> additional = new HashMap<>(Map.of("list", new ArrayList<>(List.of(1))));
    SessionAnalysis analysis = SessionAnalysis.builder().issues(issues).build();
    Session session =
        fixture()
            .tags(tags)
            .pullRequests(pullRequests)
            .additionalProperties(additional)
            .structuredOutput(additional)
            .build();
    tags.add("two");
    pullRequests.add(PullRequest.builder().url("u").build());
    issues.add(SessionAnalysis.Issue.builder().issue("i").impact("High").label("l").build());
    additional.clear();
    assertEquals(List.of("one"), session.tags());
    assertEquals(List.of(), session.pullRequests());
    assertEquals(List.of(), analysis.issues());
    assertEquals(Map.of("list", List.of(1)), session.additionalProperties());
    Object list = ((Map<?, ?>) session.structuredOutput().orElseThrow()).get("list");
    for (Collection<?> unmodifiable :
        List.of(
            session.tags(),
            session.pullRequests(),
            session.additionalProperties().keySet(),
            session.sources(),
            session.gaps().keySet(),
            (List<?>) list)) {
      assertThrows(UnsupportedOperationException.class, () -> unmodifiable.add(null));
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
    API.respond(ApiVersion.V1, FakeApi.file("v1/blocked-with-pull-request.json"));
    API.respond(ApiVersion.V2_ENTERPRISE, FakeApi.file("v2/finished-with-analysis.json"));
    Deviation deviation =
        Deviation.builder()
            .apiVersion(ApiVersion.V1)
            .path("$.title")
            .problem("is not a string")
            .value(List.of("the tilt-gravity feature flag"))
            .build();
    Session session =
        get(LookupStrategy.COMPLETE).toBuilder().deviations(List.of(deviation)).build();
    assertTrue(session.toString().contains("V1 $.title is not a string"), session::toString);
    for (String text :
        List.of(session.toString(), session.messages().toString(), session.analysis().toString())) {
      assertFalse(text.contains("tilt-gravity feature flag") || text.contains("移除中"), text);
    }
    assertTrue(
        session.toString().contains("devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c"), session.toString());
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
