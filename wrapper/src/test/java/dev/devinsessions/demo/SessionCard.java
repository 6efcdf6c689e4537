package dev.devinsessions.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devinsessions.ApiVersion;
import dev.devinsessions.PullRequest;
import dev.devinsessions.Session;
import dev.devinsessions.SessionAnalysis;
import dev.devinsessions.SessionMessage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A session as a card to read. What the session lacks is left out. */
final class SessionCard {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LAST_MESSAGES = 3;
  private static final int LONGEST_TEXT = 140;

  private final Style style;
  private final StringBuilder card = new StringBuilder();

  private SessionCard(Style style) {
    this.style = style;
  }

  /** Draws a session, ending with a line break. */
  static String of(Session session, Style style) {
    return new SessionCard(style).draw(session);
  }

  /** The name of an API in a sentence. */
  static String name(ApiVersion api) {
    return api.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private String draw(Session session) {
    card.append(style.heading(session.title().map(SessionCard::text).orElse("(no title)")))
        .append('\n');
    line("id", session.id());
    String word = session.statusText().map(text -> " (\"" + text(text) + "\")").orElse("");
    line("status", style.status(session.status()) + word);
    line(
        "time",
        "created "
            + session.createdAt().map(SessionCard::time).orElse("unknown")
            + ", changed "
            + session.updatedAt().map(SessionCard::time).orElse("unknown")
            + " UTC");
    session.url().ifPresent(url -> line("address", text(url)));
    who(session).ifPresent(who -> line("owner", who));
    lines(
        "tags",
        session.tags().isEmpty() ? List.of() : List.of(text(String.join(", ", session.tags()))));
    session.acusConsumed().ifPresent(acus -> line("ACUs", acus.toString()));
    lines(
        "pull requests",
        session.pullRequests().stream().map(SessionCard::pullRequest).collect(Collectors.toList()));
    session.structuredOutput().ifPresent(output -> line("output", json(output)));
    session.playbookId().ifPresent(id -> line("playbook", text(id)));
    session.snapshotId().ifPresent(id -> line("snapshot", text(id)));
    if (session.messages().isEmpty()) {
      session.initialUserMessage().ifPresent(prompt -> line("prompt", text(prompt)));
    }
    messages(session.messages());
    session.analysis().ifPresent(this::analysis);
    String sources =
        session.sources().stream().map(SessionCard::name).collect(Collectors.joining(" and "));
    lines("answered by", sources.isEmpty() ? List.of() : List.of(sources));
    session
        .gaps()
        .forEach(
            (api, why) -> line("gap", "nothing from " + name(api) + ": " + text(why.message())));
    return card.toString();
  }

  private void messages(List<SessionMessage> messages) {
    List<SessionMessage> last =
        messages.subList(Math.max(0, messages.size() - LAST_MESSAGES), messages.size());
    if (last.size() < messages.size()) {
      line("messages", messages.size() + ", the last " + last.size() + ":");
      last.forEach(message -> line("", message(message)));
    } else {
      lines("messages", last.stream().map(SessionCard::message).collect(Collectors.toList()));
    }
  }

  private void analysis(SessionAnalysis analysis) {
    lines(
        "issues",
        analysis.issues().stream()
            .map(issue -> text(issue.issue() + " (" + issue.impact() + ", " + issue.label() + ")"))
            .collect(Collectors.toList()));
    lines(
        "to do",
        analysis.actionItems().stream()
            .map(item -> text(item.actionItem() + " (" + item.type() + ")"))
            .collect(Collectors.toList()));
    lines(
        "timeline",
        analysis.timeline().stream()
            .map(event -> text(event.title() + ": " + event.description()))
            .collect(Collectors.toList()));
    analysis
        .suggestedPrompt()
        .ifPresent(prompt -> line("better prompt", text(prompt.suggestedPrompt())));
  }

  private static Optional<String> who(Session session) {
    return session
        .userId()
        .map(user -> text(user) + session.orgId().map(org -> " of " + text(org)).orElse(""))
        .or(() -> session.orgId().map(SessionCard::text));
  }

  private static String pullRequest(PullRequest pullRequest) {
    return text(pullRequest.url())
        + pullRequest.state().map(state -> " (" + text(state) + ")").orElse("");
  }

  private static String message(SessionMessage message) {
    String when = message.timestamp().map(SessionCard::time).orElse(text(message.timestampText()));
    return when + "  " + text(message.username().orElse(message.type()) + ": " + message.message());
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  private static String json(Object output) {
    try {
      return text(MAPPER.writeValueAsString(output));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "structured output is plain Java, yet could not be written as JSON", e);
    }
  }

  private static String text(String text) {
    return OneLine.of(text, LONGEST_TEXT);
  }

  /** The first line with the label, the others below it. */
  private void lines(String label, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      line(i == 0 ? label : "", values.get(i));
    }
  }

  private void line(String label, String value) {
    String column = String.format(Locale.ROOT, "%-14s", label);
    card.append("  ").append(style.label(column)).append(' ').append(value).append('\n');
  }
}
