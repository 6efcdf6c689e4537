package com.example;

import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionNotFoundException;
import dev.devinsessions.SessionStatus;
import java.util.List;
import java.util.stream.Collectors;

/** Which sessions somebody has to look after: those that wait for an answer, and those unknown. */
final class NeedsAttention {
  private final SessionLookup lookup;

  NeedsAttention(SessionLookup lookup) {
    this.lookup = lookup;
  }

  List<String> of(List<String> ids) {
    return ids.stream().filter(this::needsAttention).collect(Collectors.toList());
  }

  private boolean needsAttention(String id) {
    try {
      Session session = lookup.get(id);
      return session.status() == SessionStatus.BLOCKED;
    } catch (SessionNotFoundException e) {
      return true;
    }
  }
}
