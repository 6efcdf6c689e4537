package dev.devinsessions;

import dev.devinsessions.SessionAnalysis.ActionItem;
import dev.devinsessions.SessionAnalysis.FeedbackItem;
import dev.devinsessions.SessionAnalysis.Issue;
import dev.devinsessions.SessionAnalysis.SuggestedPrompt;
import dev.devinsessions.SessionAnalysis.TimelineEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Public values of every type, with all properties and with only the required ones. */
final class PublicValues {
  /** Additional properties with names that the JSON form uses. */
  static final Session SESSION = Session.fromJson(FakeApi.file("../json/session.json"));

  private PublicValues() {}

  /** Values whose accessors all return something. */
  static List<Object> complete() {
    SessionAnalysis analysis = SESSION.analysis().orElseThrow();
    SuggestedPrompt prompt = analysis.suggestedPrompt().orElseThrow();
    return List.of(
        SESSION,
        SESSION.pullRequests().get(0),
        SESSION.messages().get(0),
        analysis,
        analysis.issues().get(0),
        analysis.actionItems().get(0),
        analysis.timeline().get(0),
        prompt,
        prompt.feedbackItems().get(0),
        SESSION.gaps().get(ApiVersion.V1),
        SESSION.deviations().get(0));
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
    List<Object> all = new ArrayList<>(complete());
    all.addAll(minimal());
    all.add(Session.builder().id("devin-1").structuredOutput(Map.of()).build());
    all.add(SessionId.parse("devin-1"));
    all.addAll(List.of(SessionStatus.values()));
    all.addAll(List.of(ApiVersion.values()));
    all.addAll(List.of(GapReason.values()));
    return all;
  }
}
