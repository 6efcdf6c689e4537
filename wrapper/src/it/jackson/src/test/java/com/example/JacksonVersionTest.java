package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.PackageVersion;
import dev.devinsessions.MalformedResponseException;
import dev.devinsessions.PullRequest;
import dev.devinsessions.Session;
import dev.devinsessions.SessionId;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionMessage;
import dev.devinsessions.SessionNotFoundException;
import dev.devinsessions.SessionStatus;
import dev.devinsessions.consumers.EmbeddedApi;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The library with a different version of Jackson 2 than the one it was built with. */
class JacksonVersionTest {
  private EmbeddedApi api;
  private SessionLookup lookup;

  @BeforeEach
  void start() throws Exception {
    api = EmbeddedApi.start();
    lookup = SessionLookup.builder().apiKey(EmbeddedApi.KEY).baseUrl(api.baseUrl()).build();
  }

  @AfterEach
  void close() {
    lookup.close();
    api.close();
  }

  @Test
  void usesTheExpectedVersion() {
    assertEquals(System.getProperty("expected.jackson.version"), PackageVersion.VERSION.toString());
  }

  @Test
  void readsTheResponsesOfBothApis() {
    Session session = lookup.get("devin-1");

    assertEquals(2, session.sources().size());
    assertEquals("Retire the flag 退役", session.title().orElseThrow());
    assertEquals(new BigDecimal("1.50"), session.acusConsumed().orElseThrow());
    assertEquals("Remove the flag.", session.messages().get(0).message());
    assertEquals(List.of(1), session.additionalProperties().get("not_in_the_specification"));
  }

  @Test
  void reportsWhereAResponseDeviates() {
    try (SessionLookup strict =
        SessionLookup.builder()
            .apiKey(EmbeddedApi.KEY)
            .baseUrl(api.baseUrl())
            .responseValidation(true)
            .build()) {
      MalformedResponseException e =
          assertThrows(MalformedResponseException.class, () -> strict.get(EmbeddedApi.DEVIATING));

      assertTrue(e.getMessage().contains("$.messages[0].event_id"), e.getMessage());
    }
  }

  @Test
  void keepsTheDetailOfAnErrorResponse() {
    SessionNotFoundException e =
        assertThrows(SessionNotFoundException.class, () -> lookup.get(EmbeddedApi.UNKNOWN));

    assertEquals("Session not found", e.detail().orElseThrow());
  }

  @Test
  void writesAndReadsSessions() throws Exception {
    Session session = lookup.get("devin-1");
    ObjectMapper mapper = new ObjectMapper();

    assertEquals(session, Session.fromJson(session.toJson()));
    assertEquals(session, mapper.readValue(mapper.writeValueAsString(session), Session.class));

    Report report = new Report();
    report.id = SessionId.parse(session.id());
    report.status = session.status();
    report.messages = session.messages();
    report.pullRequests = session.pullRequests();
    report.firstMessages = Map.of(session.id(), session.messages().get(0));
    Report read = mapper.readValue(mapper.writeValueAsString(report), Report.class);

    assertEquals(report.id, read.id);
    assertEquals(report.status, read.status);
    assertEquals(report.messages, read.messages);
    assertEquals(report.pullRequests, read.pullRequests);
    assertEquals(report.firstMessages, read.firstMessages);
  }

  @Test
  void bindsStructuredOutput() {
    Outcome outcome = lookup.get("devin-1").structuredOutputAs(Outcome.class).orElseThrow();

    assertEquals(LocalDate.of(2026, 1, 2), outcome.merged_on);
  }

  static final class Report {
    public SessionId id;
    public SessionStatus status;
    public List<SessionMessage> messages;
    public List<PullRequest> pullRequests;
    public Map<String, SessionMessage> firstMessages;
  }

  static final class Outcome {
    public LocalDate merged_on;
  }
}
