package dev.devinsessions;

import dev.devinsessions.SessionAnalysis.ActionItem;
import dev.devinsessions.SessionAnalysis.FeedbackItem;
import dev.devinsessions.SessionAnalysis.Issue;
import dev.devinsessions.SessionAnalysis.SuggestedPrompt;
import dev.devinsessions.SessionAnalysis.TimelineEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Public values of every type, with all properties and with the required ones alone. */
final class PublicValues {
  private static final Map<String, Object> REGION = Map.of("region", "eu-1");

  private static final PullRequest PULL_REQUEST =
      PullRequest.builder()
          .url("https://github.com/acme/mario/pull/123")
          .state("merged")
          .additionalProperties(Map.of("region", "eu-1", "acus_consumed", "many"))
          .build();
  private static final SessionMessage MESSAGE =
      SessionMessage.builder()
          .eventId("ev-1")
          .type("user_message")
          .message("移除中 🚀")
          .timestampText("2025-12-20T14:47:52.001000+00:00")
          .origin("web")
          .userId("user-1")
          .username("ada")
          .additionalProperties(REGION)
          .build();
  private static final Issue ISSUE =
      Issue.builder()
          .issue("No database")
          .impact("High")
          .label("environment")
          .additionalProperties(REGION)
          .build();
  private static final ActionItem ACTION_ITEM =
      ActionItem.builder()
          .issueId("issue_1")
          .type("machine_setup")
          .actionItem("Install PostgreSQL")
          .additionalProperties(REGION)
          .build();
  private static final TimelineEvent TIMELINE_EVENT =
      TimelineEvent.builder()
          .title("Explored the code")
          .description("Located every use of the flag")
          .additionalProperties(REGION)
          .build();
  private static final FeedbackItem FEEDBACK_ITEM =
      FeedbackItem.builder()
          .issueId("issue_1")
          .summary("Say which tests matter")
          .excerpt("Remove the")
          .details("None named")
          .additionalProperties(REGION)
          .build();
  private static final SuggestedPrompt SUGGESTED_PROMPT =
      SuggestedPrompt.builder()
          .originalPrompt("Remove the flag.")
          .suggestedPrompt("Remove the flag, run the unit tests.")
          .feedbackItems(List.of(FEEDBACK_ITEM))
          .additionalProperties(REGION)
          .build();
  private static final SessionAnalysis ANALYSIS =
      SessionAnalysis.builder()
          .issues(List.of(ISSUE))
          .actionItems(List.of(ACTION_ITEM))
          .timeline(List.of(TIMELINE_EVENT))
          .suggestedPrompt(SUGGESTED_PROMPT)
          .additionalProperties(REGION)
          .build();
  private static final Gap GAP =
      Gap.builder()
          .reason(GapReason.FAILED)
          .message("The server failed")
          .statusCode(503)
          .retryable(true)
          .build();
  private static final Deviation DEVIATION =
      Deviation.builder()
          .apiVersion(ApiVersion.V2_ENTERPRISE)
          .path("$.pull_requests[0].state")
          .problem("is not a string")
          .value(List.of("merged", 1.5))
          .build();

  /** Its additional properties have names that the JSON form uses itself. */
  static final Session SESSION =
      Session.builder()
          .id("devin-1")
          .status(SessionStatus.FINISHED)
          .statusText("exit")
          .createdAt(Instant.parse("2025-12-20T14:47:51.845058Z"))
          .updatedAt(Instant.parse("2025-12-20T15:31:09Z"))
          .title("Retire the flag")
          .url("https://app.devin.ai/sessions/1")
          .tags(List.of("flags"))
          .pullRequests(List.of(PULL_REQUEST))
          .messages(List.of(MESSAGE))
          .initialUserMessage("Remove the flag.")
          .structuredOutput(Map.of("files", List.of("mods.js"), "score", new BigDecimal("0.1")))
          .playbookId("playbook-1")
          .snapshotId("snapshot-1")
          .orgId("org-1")
          .userId("user-1")
          .acusConsumed(new BigDecimal("2.370000000000000001"))
          .analysis(ANALYSIS)
          .sources(Set.of(ApiVersion.V2_ENTERPRISE))
          .gaps(Map.of(ApiVersion.V1, GAP))
          .deviations(List.of(DEVIATION))
          .additionalProperties(
              Map.of(
                  "sources",
                  "web",
                  "gaps",
                  1,
                  "deviations",
                  true,
                  "status_text",
                  Map.of("a", List.of()),
                  "additional_properties",
                  List.of("b"),
                  "id",
                  2,
                  "region",
                  "eu-1"))
          .build();

  private PublicValues() {}

  /** Every accessor of each returns something. */
  static List<Object> complete() {
    return List.of(
        SESSION,
        PULL_REQUEST,
        MESSAGE,
        ANALYSIS,
        ISSUE,
        ACTION_ITEM,
        TIMELINE_EVENT,
        SUGGESTED_PROMPT,
        FEEDBACK_ITEM,
        GAP,
        DEVIATION);
  }

  static List<Object> minimal() {
    return List.of(
        Session.builder().id("devin-1").build(),
        PullRequest.builder().url("u").build(),
        SessionMessage.builder().eventId("").type("").message("").timestampText("").build(),
        SessionAnalysis.builder().build(),
        Issue.builder().issue("").impact("").label("").build(),
        ActionItem.builder().type("").actionItem("").build(),
        TimelineEvent.builder().title("").description("").build(),
        SuggestedPrompt.builder().originalPrompt("").suggestedPrompt("").build(),
        FeedbackItem.builder().build(),
        Gap.builder().reason(GapReason.REFUSED).message("").build(),
        Deviation.builder().apiVersion(ApiVersion.V1).path("$").problem("is null").build());
  }

  static List<Object> all() {
    return Stream.of(
            complete(),
            minimal(),
            List.of(Session.builder().id("devin-1").structuredOutput(Map.of()).build()),
            List.of(SessionId.parse("devin-1")),
            List.of((Object[]) SessionStatus.values()),
            List.of((Object[]) ApiVersion.values()),
            List.of((Object[]) GapReason.values()))
        .flatMap(List::stream)
        .collect(Collectors.toList());
  }
}
