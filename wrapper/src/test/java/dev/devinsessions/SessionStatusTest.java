package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SessionStatusTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  @ParameterizedTest
  @CsvSource({
    "new, NEW",
    "claimed, NEW",
    "working, WORKING",
    "running, WORKING",
    "resumed, WORKING",
    "blocked, BLOCKED",
    "suspended, SUSPENDED",
    "suspend_requested, SUSPENDED",
    "suspend_requested_frontend, SUSPENDED",
    "resuming, RESUMING",
    "resume_requested, RESUMING",
    "resume_requested_frontend, RESUMING",
    "finished, FINISHED",
    "exit, FINISHED",
    "stopped, FINISHED",
    "error, ERROR",
    "failed, ERROR",
    "expired, EXPIRED",
    "hibernating, UNKNOWN",
    "cancelled, UNKNOWN"
  })
  void readsAWordFromAnyProperty(String word, SessionStatus status) {
    assertRead(word, status, v1("running", "\"" + word + "\""));
    assertRead(word, status, v1(word, "null"));
    assertRead(word, status, v1(word, null));
    assertRead(word, status, v2(word));
  }

  @Test
  void keepsAnEmptyWord() {
    assertRead("", SessionStatus.UNKNOWN, v1("running", "\"\""));
  }

  @ParameterizedTest
  @CsvSource({
    "running, blocked, BLOCKED, blocked",
    "running, finished, FINISHED, finished",
    "running, running, WORKING, running",
    "running, hibernating, UNKNOWN, hibernating",
    "brand_new_word, blocked, BLOCKED, blocked",
    "exit, blocked, FINISHED, exit",
    "suspended, working, SUSPENDED, suspended",
    "error, finished, ERROR, error"
  })
  void prefersTheMoreSpecificWord(String v2Word, String v1Word, SessionStatus status, String text) {
    API.respond(ApiVersion.V1, v1("running", "\"" + v1Word + "\""));
    API.respond(ApiVersion.V2_ENTERPRISE, v2(v2Word));
    try (SessionLookup lookup =
        API.lookup(FakeApi.PERSONAL_KEY).strategy(LookupStrategy.COMPLETE).build()) {
      Session session = lookup.get(FakeApi.ID);
      assertEquals(status, session.status());
      assertEquals(Optional.of(text), session.statusText());
    }
  }

  @ParameterizedTest
  @EnumSource
  void terminalAndSettledAreAsDocumented(SessionStatus status) {
    Set<SessionStatus> terminal =
        EnumSet.of(SessionStatus.FINISHED, SessionStatus.ERROR, SessionStatus.EXPIRED);
    Set<SessionStatus> settled = EnumSet.of(SessionStatus.BLOCKED, SessionStatus.SUSPENDED);
    settled.addAll(terminal);
    assertEquals(terminal.contains(status), status.isTerminal());
    assertEquals(settled.contains(status), status.isSettled());
  }

  private static void assertRead(String word, SessionStatus status, String body) {
    boolean isV2 = body.contains("org_id");
    API.respond(isV2 ? ApiVersion.V2_ENTERPRISE : ApiVersion.V1, body);
    LookupStrategy strategy = isV2 ? LookupStrategy.V2_ENTERPRISE : LookupStrategy.V1;
    try (SessionLookup lookup = API.lookup(FakeApi.PERSONAL_KEY).strategy(strategy).build()) {
      Session session = lookup.get(FakeApi.ID);
      assertEquals(status, session.status());
      assertEquals(Optional.of(word), session.statusText());
    }
  }

  private static String v1(String status, String statusEnum) {
    return "{\"session_id\": \""
        + FakeApi.ID
        + "\", \"created_at\": \"2025-12-20T14:47:51Z\","
        + " \"updated_at\": \"2025-12-20T14:47:51Z\", \"status\": \""
        + status
        + "\""
        + (statusEnum == null ? "" : ", \"status_enum\": " + statusEnum)
        + "}";
  }

  private static String v2(String status) {
    return FakeApi.file("v2/running-without-analysis.json")
        .replace("\"running\"", "\"" + status + "\"");
  }
}
