package dev.devinsessions.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devinsessions.FailureDetails;
import dev.devinsessions.InMemorySessionLookup;
import dev.devinsessions.ServerErrorException;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionStatus;
import org.junit.jupiter.api.Test;

class ExamplesTest {
  @Test
  void fakesReplaceALookup() {
    Session working = Session.builder().id("devin-1").status(SessionStatus.WORKING).build();
    Session blocked = working.toBuilder().status(SessionStatus.BLOCKED).build();
    SessionLookup fixed = id -> blocked;
    SessionLookup successive = InMemorySessionLookup.of(working, blocked);
    SessionLookup failing =
        id -> {
          throw new ServerErrorException(
              FailureDetails.builder().sessionId(id).message("503").retryable(true).build());
        };

    assertEquals(blocked, fixed.getAsync("devin-1").join());
    assertEquals(blocked, Examples.waitForSession(successive, "devin-1"));
    assertEquals(blocked, Examples.waitWithoutBlocking(successive, "devin-1").join());
    assertThrows(ServerErrorException.class, () -> failing.find("devin-1"));
  }
}
