package dev.devinsessions.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.devinsessions.FailureDetails;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionNotFoundException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  @Test
  void aPartGivesItsSessionsAsJsonAndLeavesOutWhatIsNotFound() {
    SessionLookup fake =
        id -> {
          if (id.equals("devin-2")) {
            throw new SessionNotFoundException(
                FailureDetails.builder().sessionId(id).message("no such session").build());
          }
          return Session.builder().id(id).createdAt(Instant.EPOCH).updatedAt(Instant.EPOCH).build();
        };

    Iterator<String> sessions =
        Partitions.sessions(fake, List.of("devin-1", "devin-2", "devin-3").iterator());

    assertEquals("devin-1", Session.fromJson(sessions.next()).id());
    assertEquals("devin-3", Session.fromJson(sessions.next()).id());
    assertFalse(sessions.hasNext());
  }
}
