package dev.devinsessions.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.PullRequest;
import dev.devinsessions.Session;
import dev.devinsessions.SessionAnalysis;
import dev.devinsessions.SessionMessage;
import dev.devinsessions.SessionStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionCardTest {
  private static final Session BARE =
      Session.builder()
          .id("devin-1")
          .createdAt(Instant.parse("2026-11-21T08:00:00Z"))
          .updatedAt(Instant.parse("2026-11-21T09:30:00Z"))
          .build();

  @Test
  void leavesOutWhatTheSessionLacks() {
    assertEquals(
        "(no title)\n"
            + "  id             devin-1\n"
            + "  status         UNKNOWN\n"
            + "  time           created 2026-11-21 08:00, changed 2026-11-21 09:30 UTC\n",
        SessionCard.of(BARE, Style.PLAIN));
  }

  @Test
  void showsTheLastThreeMessages() {
    Session session =
        BARE.toBuilder()
            .messages(List.of(message("1"), message("2"), message("3"), message("4")))
            .build();

    String card = SessionCard.of(session, Style.PLAIN);

    assertFalse(card.contains("ada: text 1"), card);
    assertTrue(
        card.contains(
            "messages       4, the last 3:\n                 2026-11-21 08:00  ada: text 2\n"),
        card);
    assertTrue(card.contains("ada: text 4\n"), card);
  }

  @Test
  void showsPullRequestsAcusAndAnalysis() {
    SessionAnalysis analysis =
        SessionAnalysis.builder()
            .issues(
                List.of(
                    SessionAnalysis.Issue.builder()
                        .issue("no disk")
                        .impact("High")
                        .label("machine")
                        .build()))
            .build();
    Session session =
        BARE.toBuilder()
            .status(SessionStatus.FINISHED)
            .statusText("exit")
            .acusConsumed(new BigDecimal("1.50"))
            .pullRequests(
                List.of(
                    PullRequest.builder().url("https://example.com/1").state("merged").build(),
                    PullRequest.builder().url("https://example.com/2").build()))
            .structuredOutput(Map.of("größe", 3))
            .analysis(analysis)
            .build();

    String card = SessionCard.of(session, Style.PLAIN);

    assertTrue(card.contains("status         FINISHED (\"exit\")\n"), card);
    assertTrue(card.contains("ACUs           1.50\n"), card);
    assertTrue(
        card.contains(
            "pull requests  https://example.com/1 (merged)\n                 https://example.com/2\n"),
        card);
    assertTrue(card.contains("output         {\"größe\":3}\n"), card);
    assertTrue(card.contains("issues         no disk (High, machine)\n"), card);
  }

  @Test
  void textCannotCommandTheTerminalOrBreakTheCard() {
    Session session = BARE.toBuilder().title("red \u001B[31m\nsecond line").build();

    assertTrue(SessionCard.of(session, Style.PLAIN).startsWith("red \uFFFD[31m second line\n"));
  }

  @Test
  void longTextEndsBetweenTwoCharacters() {
    assertEquals("ab🚀…", OneLine.of("ab🚀🚀🚀", 4));
    assertEquals("ab🚀🚀", OneLine.of("ab🚀🚀", 4));
  }

  private static SessionMessage message(String id) {
    return SessionMessage.builder()
        .eventId(id)
        .type("user_message")
        .username("ada")
        .message("text " + id)
        .timestampText("2026-11-21T08:00:00Z")
        .build();
  }
}
