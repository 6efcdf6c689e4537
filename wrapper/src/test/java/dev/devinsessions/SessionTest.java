package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.SessionAnalysis.ActionItem;
import dev.devinsessions.SessionAnalysis.FeedbackItem;
import dev.devinsessions.SessionAnalysis.Issue;
import dev.devinsessions.SessionAnalysis.SuggestedPrompt;
import dev.devinsessions.SessionAnalysis.TimelineEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session holds after it has come over HTTP. */
class SessionTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  private static Session get(LookupStrategy strategy) {
    try (SessionLookup lookup = API.lookup(FakeApi.PERSONAL_KEY).strategy(strategy).build()) {
      return lookup.get(FakeApi.ID);
    }
  }

  private static Session v1(String body) {
    API.answer(ApiVersion.V1, body);
    return get(LookupStrategy.V1);
  }

  private static Session v2(String body) {
    API.answer(ApiVersion.V2_ENTERPRISE, body);
    return get(LookupStrategy.V2_ENTERPRISE);
  }

  private static final List<SessionMessage> MESSAGES =
      List.of(
          SessionMessage.builder()
              .eventId("ev-1")
              .type("initial_user_message")
              .message("Remove the tilt-gravity feature flag.")
              .timestampText("2025-12-20T14:47:52.001000+00:00")
              .origin("api")
              .userId("user-1")
              .username("ada")
              .build(),
          SessionMessage.builder()
              .eventId("ev-2")
              .type("devin_message")
              .message("Found it in Source/settings/mods.js:509 — 移除中 🚀")
              .timestampText("2025-12-20T14:50:03.120000+00:00")
              .build(),
          SessionMessage.builder()
              .eventId("ev-3")
              .type("user_message")
              .message("Keep the default on.")
              .timestampText("2025-12-20T14:51:00Z")
              .origin("web")
              .userId("user-1")
              .username("ada")
              .build());

  private static final SessionAnalysis ANALYSIS =
      SessionAnalysis.builder()
          .issues(
              List.of(
                  Issue.builder()
                      .issue("Tests could not run: no database")
                      .impact("High")
                      .label("environment")
                      .build()))
          .actionItems(
              List.of(
                  ActionItem.builder()
                      .issueId("issue_1")
                      .type("machine_setup")
                      .actionItem("Install PostgreSQL in the snapshot")
                      .build(),
                  ActionItem.builder()
                      .type("knowledge")
                      .actionItem("Document the flag policy")
                      .build()))
          .timeline(
              List.of(
                  TimelineEvent.builder()
                      .title("Explored the code")
                      .description("Located every use of the flag")
                      .build(),
                  TimelineEvent.builder()
                      .title("Opened a pull request")
                      .description("Removed the flag")
                      .build()))
          .suggestedPrompt(
              SuggestedPrompt.builder()
                  .originalPrompt("Remove the tilt-gravity feature flag.")
                  .suggestedPrompt(
                      "Remove the tilt-gravity flag, keep its default on, run the unit tests.")
                  .feedbackItems(
                      List.of(
                          FeedbackItem.builder()
                              .issueId("issue_1")
                              .summary("Say which tests matter")
                              .excerpt("Remove the")
                              .build()))
                  .build())
          .build();

  private static Map<String, Object> structuredOutput() {
    Map<String, Object> output = new HashMap<>();
    output.put("pr_number", 123);
    output.put("files", List.of("Source/settings/mods.js"));
    output.put("confident", true);
    output.put("score", new BigDecimal("0.1"));
    output.put("note", null);
    return output;
  }

  @Test
  void everyAccessorIsFilledFromV1() {
    Session session = v1(FakeApi.file("v1/blocked-with-pull-request.json"));
    assertEquals("devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c", session.id());
    assertEquals(SessionStatus.BLOCKED, session.status());
    assertEquals(Optional.of("blocked"), session.statusText());
    assertEquals(Instant.parse("2025-12-20T14:47:51.845058Z"), session.createdAt());
    assertEquals(Instant.parse("2025-12-20T14:54:16.508272Z"), session.updatedAt());
    assertEquals(Optional.of("Retire the tilt-gravity flag"), session.title());
    assertEquals(Optional.empty(), session.url());
    assertEquals(List.of("flags", "repo:mario"), session.tags());
    assertEquals(
        List.of(PullRequest.builder().url("https://github.com/acme/mario/pull/123").build()),
        session.pullRequests());
    assertEquals(MESSAGES, session.messages());
    assertEquals(
        Optional.of("Remove the tilt-gravity feature flag."), session.initialUserMessage());
    assertEquals(Optional.of(structuredOutput()), session.structuredOutput());
    assertEquals(Optional.of("playbook-7d3f"), session.playbookId());
    assertEquals(Optional.empty(), session.snapshotId());
    assertEquals(Optional.empty(), session.orgId());
    assertEquals(Optional.empty(), session.userId());
    assertEquals(Optional.empty(), session.acusConsumed());
    assertEquals(Optional.empty(), session.analysis());
    assertEquals(Set.of(ApiVersion.V1), session.sources());
    assertEquals(Map.of(), session.gaps());
    assertEquals(Map.of(), session.additionalProperties());
  }

  @Test
  void everyAccessorIsFilledFromV2() {
    Session session = v2(FakeApi.file("v2/finished-with-analysis.json"));
    assertEquals("devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c", session.id());
    assertEquals(SessionStatus.FINISHED, session.status());
    assertEquals(Optional.of("exit"), session.statusText());
    assertEquals(Instant.parse("2025-12-20T14:47:51.845058Z"), session.createdAt());
    assertEquals(Instant.parse("2025-12-20T15:31:09Z"), session.updatedAt());
    assertEquals(Optional.of("Retire the tilt-gravity flag"), session.title());
    assertEquals(
        Optional.of("https://app.devin.ai/sessions/4f1c2a9be07d4c5f8a3b6d2e1f009a7c"),
        session.url());
    assertEquals(List.of("flags"), session.tags());
    assertEquals(
        List.of(
            PullRequest.builder()
                .url("https://github.com/acme/mario/pull/123")
                .state("merged")
                .build(),
            PullRequest.builder().url("https://github.com/acme/mario/pull/124").build()),
        session.pullRequests());
    assertEquals(List.of(), session.messages());
    assertEquals(
        Optional.of("Remove the tilt-gravity feature flag."), session.initialUserMessage());
    assertEquals(Optional.empty(), session.structuredOutput());
    assertEquals(Optional.empty(), session.playbookId());
    assertEquals(Optional.empty(), session.snapshotId());
    assertEquals(Optional.of("org-abc123"), session.orgId());
    assertEquals(Optional.of("user-1"), session.userId());
    assertEquals(Optional.of(new BigDecimal("2.370000000000000001")), session.acusConsumed());
    assertEquals(Optional.of(ANALYSIS), session.analysis());
    assertEquals(Set.of(ApiVersion.V2_ENTERPRISE), session.sources());
    assertEquals(Map.of(), session.gaps());
    assertEquals(Map.of(), session.additionalProperties());
  }

  @Test
  void bothAnswersBecomeOneSession() {
    API.answer(ApiVersion.V1, FakeApi.file("v1/blocked-with-pull-request.json"));
    API.answer(ApiVersion.V2_ENTERPRISE, FakeApi.file("v2/finished-with-analysis.json"));
    Session session = get(LookupStrategy.COMPLETE);
    Session v2 = get(LookupStrategy.V2_ENTERPRISE);
    assertEquals(
        v2.toBuilder()
            .messages(MESSAGES)
            .structuredOutput(structuredOutput())
            .playbookId("playbook-7d3f")
            .sources(Set.of(ApiVersion.V1, ApiVersion.V2_ENTERPRISE))
            .build(),
        session);
  }

  @Test
  void v1FillsWhatIsEmptyInV2AndTheLaterUpdateCounts() {
    API.answer(
        ApiVersion.V1,
        FakeApi.file("v1/blocked-with-pull-request.json")
            .replace(
                "\"snapshot_id\": null",
                "\"snapshot_id\": \"snap-1\", \"region\": \"eu\", \"tier\": 1"));
    API.answer(
        ApiVersion.V2_ENTERPRISE,
        FakeApi.file("v2/running-without-analysis.json")
            .replace("\"acus_consumed\": 0", "\"acus_consumed\": 0, \"title\": \"\", \"tier\": 2")
            .replace(
                "\"pull_requests\": []",
                "\"pull_requests\": [{\"url\": \"https://github.com/acme/mario/pull/9\", \"state\": \"open\"},"
                    + "{\"url\": \"https://github.com/acme/mario/pull/123\", \"state\": \"open\"}]"));
    Session session = get(LookupStrategy.COMPLETE);
    assertEquals(Optional.of("Retire the tilt-gravity flag"), session.title());
    assertEquals(List.of("flags", "repo:mario"), session.tags());
    assertEquals(Instant.parse("2025-12-20T14:54:16.508272Z"), session.updatedAt());
    assertEquals(
        Optional.of("Remove the tilt-gravity feature flag."), session.initialUserMessage());
    assertEquals(Optional.of("snap-1"), session.snapshotId());
    assertEquals(Optional.of(BigDecimal.ZERO), session.acusConsumed());
    assertEquals(
        List.of(
            PullRequest.builder().url("https://github.com/acme/mario/pull/9").state("open").build(),
            PullRequest.builder()
                .url("https://github.com/acme/mario/pull/123")
                .state("open")
                .build()),
        session.pullRequests());
    assertEquals(Map.of("region", "eu", "tier", 2), session.additionalProperties());
  }

  @Test
  void pullRequestsOfOneApiAloneAreJoinedToThoseOfTheOther() {
    API.answer(
        ApiVersion.V1,
        FakeApi.file("v1/blocked-with-pull-request.json").replace("pull/123", "pull/7"));
    API.answer(ApiVersion.V2_ENTERPRISE, FakeApi.file("v2/finished-with-analysis.json"));
    List<String> urls = new ArrayList<>();
    get(LookupStrategy.COMPLETE)
        .pullRequests()
        .forEach(pullRequest -> urls.add(pullRequest.url().replaceAll(".*/", "")));
    assertEquals(List.of("123", "124", "7"), urls);
  }

  @Test
  void theRequiredPropertiesSuffice() {
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
  void wordsAndPropertiesOutsideTheSpecificationAreKept() {
    Session session = v1(FakeApi.file("v1/word-outside-the-specification.json"));
    assertEquals(SessionStatus.UNKNOWN, session.status());
    assertEquals(Optional.of("hibernating"), session.statusText());
    assertEquals(Map.of("region", "eu-1"), session.additionalProperties());
    assertEquals(Optional.of("plain text"), session.structuredOutput());
    assertEquals(List.of(), session.tags());
  }

  @Test
  void theSecondShapeOfPullRequestsIsReadLikeTheFirst() {
    Session session =
        v2(
            FakeApi.file("v2/running-without-analysis.json")
                .replace(
                    "\"pull_requests\": []",
                    "\"pull_requests\": [{\"pr_url\": \"https://github.com/acme/mario/pull/1\", \"pr_state\": \"open\"}]"));
    assertEquals(
        List.of(
            PullRequest.builder()
                .url("https://github.com/acme/mario/pull/1")
                .state("open")
                .build()),
        session.pullRequests());
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-20T14:47:51.845058Z, 2025-12-20T14:47:51.845058Z",
    "2024-01-01T00:00:00.000000+00:00, 2024-01-01T00:00:00Z",
    "2025-12-20T14:47:51Z, 2025-12-20T14:47:51Z",
    "2025-12-20T14:47:51.845058, 2025-12-20T14:47:51.845058Z",
    "2025-12-20 14:47:51, 2025-12-20T14:47:51Z",
    "2025-12-20T16:47:51+02:00, 2025-12-20T14:47:51Z",
    "2025-12-20T16:47:51+0200, 2025-12-20T14:47:51Z",
    "2025-12-20t14:47:51z, 2025-12-20T14:47:51Z"
  })
  void aDateTimeIsReadInEveryKnownForm(String text, Instant instant) {
    String body =
        FakeApi.file("v1/blocked-with-pull-request.json")
            .replace("2025-12-20T14:47:51.845058Z", text)
            .replace("2025-12-20T14:51:00Z", text);
    Session session = v1(body);
    assertEquals(instant, session.createdAt());
    SessionMessage message = session.messages().get(2);
    assertEquals(text, message.timestampText());
    assertEquals(Optional.of(instant), message.timestamp());
  }

  @Test
  void aMessageWithoutADateTimeIsNoError() {
    Session session =
        v1(
            FakeApi.file("v1/blocked-with-pull-request.json")
                .replace("2025-12-20T14:51:00Z", "just now"));
    assertEquals("just now", session.messages().get(2).timestampText());
    assertEquals(Optional.empty(), session.messages().get(2).timestamp());
  }

  /** A caller's own type. */
  public static final class Report {
    public int pr_number;
    public List<String> files;
    public LocalDate due;
  }

  @Test
  void structuredOutputIsBoundToATypeOfTheCaller() {
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

  @Test
  void structuredOutputThatIsAJsonTextIsReadFromIt() {
    Session session = fixture().structuredOutput("{\"pr_number\": 7}").build();
    assertEquals(7, session.structuredOutputAs(Report.class).orElseThrow().pr_number);
    assertEquals(Optional.of("{\"pr_number\": 7}"), session.structuredOutputAs(String.class));
  }

  @Test
  void structuredOutputThatDoesNotFitSaysWhere() {
    Session session = fixture().structuredOutput(Map.of("files", List.of(Map.of()))).build();
    String message =
        assertThrows(IllegalArgumentException.class, () -> session.structuredOutputAs(Report.class))
            .getMessage();
    assertTrue(message.contains("files"), message);
    assertEquals(Optional.empty(), fixture().build().structuredOutputAs(Report.class));
  }

  @Test
  void collectionsAreCopiedAndUnmodifiable() {
    List<String> tags = new ArrayList<>(List.of("one"));
    Map<String, Object> additional = new HashMap<>(Map.of("list", new ArrayList<>(List.of(1))));
    Session session =
        fixture().tags(tags).additionalProperties(additional).structuredOutput(additional).build();
    tags.add("two");
    additional.clear();
    assertEquals(List.of("one"), session.tags());
    assertEquals(Map.of("list", List.of(1)), session.additionalProperties());
    assertThrows(UnsupportedOperationException.class, () -> session.tags().add("two"));
    assertThrows(UnsupportedOperationException.class, () -> session.additionalProperties().clear());
    assertThrows(UnsupportedOperationException.class, () -> session.sources().clear());
    assertThrows(UnsupportedOperationException.class, () -> session.gaps().clear());
    Object list = ((Map<?, ?>) session.structuredOutput().orElseThrow()).get("list");
    assertThrows(UnsupportedOperationException.class, () -> ((List<?>) list).clear());
  }

  @Test
  void listsOfValuesAndEmptyMapsAreCopiedToo() {
    List<PullRequest> pullRequests = new ArrayList<>();
    List<SessionMessage> messages = new ArrayList<>();
    List<SessionAnalysis.Issue> issues = new ArrayList<>();
    Map<String, Object> additional = new HashMap<>();
    SessionAnalysis analysis = SessionAnalysis.builder().issues(issues).build();
    Session session =
        fixture()
            .pullRequests(pullRequests)
            .messages(messages)
            .analysis(analysis)
            .additionalProperties(additional)
            .build();
    pullRequests.add(PullRequest.builder().url("https://github.com/a/b/pull/1").build());
    messages.add(
        SessionMessage.builder().eventId("e").type("t").message("m").timestampText("").build());
    issues.add(SessionAnalysis.Issue.builder().issue("i").impact("High").label("l").build());
    additional.put("late", true);
    assertEquals(List.of(), session.pullRequests());
    assertEquals(List.of(), session.messages());
    assertEquals(List.of(), analysis.issues());
    assertEquals(Map.of(), session.additionalProperties());
  }

  @Test
  void aBuilderNamesWhatIsMissingAndStartsFromAValue() {
    String message =
        assertThrows(IllegalStateException.class, () -> Session.builder().build()).getMessage();
    assertTrue(message.contains("id") && message.contains("createdAt"), message);
    Session session = fixture().title("one").build();
    assertEquals(Optional.of("two"), session.toBuilder().title("two").build().title());
    assertEquals(session, session.toBuilder().build());
    assertEquals(session.hashCode(), session.toBuilder().build().hashCode());
    assertEquals(SessionStatus.UNKNOWN, session.status());
  }

  @Test
  void toStringShowsNoMessageText() {
    API.answer(ApiVersion.V1, FakeApi.file("v1/blocked-with-pull-request.json"));
    API.answer(ApiVersion.V2_ENTERPRISE, FakeApi.file("v2/finished-with-analysis.json"));
    Session session = get(LookupStrategy.COMPLETE);
    for (String text :
        List.of(session.toString(), session.messages().toString(), session.analysis().toString())) {
      assertFalse(text.contains("tilt-gravity feature flag") || text.contains("移除中"), text);
    }
    assertTrue(
        session.toString().contains("devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c"), session.toString());
  }

  private static Session.Builder fixture() {
    return Session.builder().id("devin-1").createdAt(Instant.EPOCH).updatedAt(Instant.EPOCH);
  }
}
