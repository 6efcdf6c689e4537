package dev.devinsessions.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devinsessions.FailureDetails;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionNotFoundException;
import dev.devinsessions.SessionStatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The README's fakes, as a tool's test would use them. */
class FakesTest {
  @Test
  void fakesAreALambdaEach() {
    Instant now = Instant.now();
    Session session =
        Session.builder()
            .id("devin-1")
            .status(SessionStatus.BLOCKED)
            .createdAt(now)
            .updatedAt(now)
            .build();
    SessionLookup fake = id -> session;

    FailureDetails details =
        FailureDetails.builder().sessionId("devin-2").message("no such session").build();
    SessionLookup knowsNothing =
        id -> {
          throw new SessionNotFoundException(details);
        };

    assertEquals(SessionStatus.BLOCKED, fake.getAsync("devin-1").join().status());
    assertEquals(Optional.empty(), knowsNothing.find("devin-2"));
  }
}
