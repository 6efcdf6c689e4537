package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.Deviation;
import dev.devinsessions.PullRequest;
import dev.devinsessions.Session;
import dev.devinsessions.SessionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Joins the sessions of both APIs. Most values are v2's, or v1's if v2's are empty. */
final class JoinedSession {
  /** In v2, a session with this status may be working, waiting for a reply or about to start. */
  private static final String V2_RUNNING = "running";

  private JoinedSession() {}

  static Session join(Session v1, Session v2) {
    Session statusSource = isCoarse(v2) && v1.statusText().isPresent() ? v1 : v2;
    Set<ApiVersion> sources = EnumSet.copyOf(v1.sources());
    sources.addAll(v2.sources());
    List<Deviation> deviations =
        Stream.of(v1, v2).flatMap(each -> each.deviations().stream()).collect(Collectors.toList());
    return v2.toBuilder()
        .status(statusSource.status())
        .statusText(statusSource.statusText().orElse(null))
        .createdAt(v2.createdAt().or(v1::createdAt).orElse(null))
        .updatedAt(
            Stream.of(v1, v2)
                .flatMap(each -> each.updatedAt().stream())
                .max(Instant::compareTo)
                .orElse(null))
        .title(v2.title().filter(title -> !title.isEmpty()).or(v1::title).orElse(null))
        .tags(v2.tags().isEmpty() ? v1.tags() : v2.tags())
        .pullRequests(pullRequests(v1.pullRequests(), v2.pullRequests()))
        .messages(v1.messages())
        .initialUserMessage(
            v2.initialUserMessage()
                .filter(text -> !text.isEmpty())
                .or(v1::initialUserMessage)
                .orElse(null))
        .structuredOutput(v1.structuredOutput().orElse(null))
        .playbookId(v1.playbookId().orElse(null))
        .snapshotId(v1.snapshotId().orElse(null))
        .sources(sources)
        .deviations(deviations)
        .additionalProperties(union(v1.additionalProperties(), v2.additionalProperties()))
        .build();
  }

  private static boolean isCoarse(Session v2) {
    return v2.status() == SessionStatus.UNKNOWN
        || v2.statusText().filter(V2_RUNNING::equals).isPresent();
  }

  private static List<PullRequest> pullRequests(List<PullRequest> v1, List<PullRequest> v2) {
    Map<Object, PullRequest> byUrl = new LinkedHashMap<>();
    Stream.concat(v2.stream(), v1.stream())
        .forEach(each -> byUrl.merge(key(each), each, JoinedSession::pullRequest));
    return new ArrayList<>(byUrl.values());
  }

  /** A pull request without a URL matches no other. */
  private static Object key(PullRequest pullRequest) {
    return pullRequest.url().isEmpty() ? new Object() : pullRequest.url();
  }

  private static PullRequest pullRequest(PullRequest first, PullRequest other) {
    return first.toBuilder()
        .state(first.state().or(other::state).orElse(null))
        .additionalProperties(union(other.additionalProperties(), first.additionalProperties()))
        .build();
  }

  private static Map<String, Object> union(
      Map<String, Object> defaults, Map<String, Object> overrides) {
    Map<String, Object> union = new LinkedHashMap<>(defaults);
    union.putAll(overrides);
    return union;
  }
}
