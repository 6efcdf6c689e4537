package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionStatusTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  /** The table of the README. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "NEW, false, false, new claimed",
    "WORKING, false, false, working running resumed",
    "BLOCKED, false, true, blocked",
    "SUSPENDED, false, true, suspended suspend_requested suspend_requested_frontend",
    "RESUMING, false, false, resuming resume_requested resume_requested_frontend",
    "FINISHED, true, true, finished exit stopped",
    "ERROR, true, true, error failed",
    "EXPIRED, true, true, expired",
    "UNKNOWN, false, false, no_such_status cancelled"
  })
  void isReadFromAnyProperty(
      SessionStatus status, boolean isTerminal, boolean isSettled, String words) {
    assertEquals(isTerminal, status.isTerminal());
    assertEquals(isSettled, status.isSettled());
    for (String word : words.split(" ")) {
      String absent = "{\"status\": \"" + word + "\"}";
      String isNull = "{\"status\": \"" + word + "\", \"status_enum\": null}";
      assertRead(LookupStrategy.V1, specific(word), absent, status, word);
      assertRead(LookupStrategy.V1, isNull, absent, status, word);
      assertRead(LookupStrategy.V1, absent, absent, status, word);
      assertRead(LookupStrategy.V2_ENTERPRISE, absent, absent, status, word);
    }
  }

  @Test
  void keepsAnEmptyWord() {
    assertRead(LookupStrategy.V1, specific(""), "", SessionStatus.UNKNOWN, "");
  }

  @ParameterizedTest
  @CsvSource({
    "running, blocked, BLOCKED, blocked",
    "running, finished, FINISHED, finished",
    "running, running, WORKING, running",
    "running, no_such_status, UNKNOWN, no_such_status",
    "brand_new_word, blocked, BLOCKED, blocked",
    "exit, blocked, FINISHED, exit",
    "suspended, working, SUSPENDED, suspended",
    "error, finished, ERROR, error",
    "running, , WORKING, running"
  })
  void prefersTheMoreSpecificWord(String v2, String v1, SessionStatus status, String word) {
    String body = "{\"status\": \"" + v2 + "\"}";
    String withoutStatus = "{\"session_id\": \"" + FakeApi.ID + "\"}";
    String bodyOfV1 = v1 == null ? withoutStatus : specific(v1);
    assertRead(LookupStrategy.COMPLETE, bodyOfV1, body, status, word);
  }

  /** A response of v1, whose {@code status} is less specific. */
  private static String specific(String word) {
    return "{\"status\": \"running\", \"status_enum\": \"" + word + "\"}";
  }

  private static void assertRead(
      LookupStrategy strategy, String v1, String v2, SessionStatus status, String word) {
    API.respond(ApiVersion.V1, v1);
    API.respond(ApiVersion.V2_ENTERPRISE, v2);
    try (SessionLookup lookup = API.lookup(FakeApi.PERSONAL_KEY).strategy(strategy).build()) {
      Session session = lookup.get(FakeApi.ID);
      assertEquals(status, session.status());
      assertEquals(Optional.of(word), session.statusText());
      assertEquals(status, Session.fromJson(session.toJson()).status());
    }
  }
}
