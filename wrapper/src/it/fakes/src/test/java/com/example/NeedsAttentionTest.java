package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.devinsessions.FailureDetails;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionNotFoundException;
import dev.devinsessions.SessionStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeedsAttentionTest {
  private static final Session WORKING =
      Session.builder()
          .id("devin-1")
          .status(SessionStatus.WORKING)
          .createdAt(Instant.parse("2026-01-02T03:04:05Z"))
          .updatedAt(Instant.parse("2026-01-02T03:04:05Z"))
          .build();
  private static final Session BLOCKED =
      WORKING.toBuilder().id("devin-2").status(SessionStatus.BLOCKED).build();

  @Test
  void aBlockedSessionDoes() {
    SessionLookup fake = id -> id.equals("devin-2") ? BLOCKED : WORKING;

    assertEquals(
        List.of("devin-2"), new NeedsAttention(fake).of(List.of("devin-1", "devin-2", "devin-3")));
  }

  @Test
  void anUnknownSessionDoes() {
    SessionLookup knowsNothing =
        id -> {
          throw new SessionNotFoundException(
              FailureDetails.builder().sessionId(id).message("no such session").build());
        };

    assertEquals(List.of("devin-1"), new NeedsAttention(knowsNothing).of(List.of("devin-1")));
  }

  @Test
  void theSameByMockito() {
    SessionLookup mock = mock(SessionLookup.class);
    when(mock.get("devin-1")).thenReturn(WORKING);
    when(mock.get("devin-2")).thenReturn(BLOCKED);

    assertEquals(List.of("devin-2"), new NeedsAttention(mock).of(List.of("devin-1", "devin-2")));
  }
}
