package com.example.outcome;

import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The structured output that a session was asked for. */
public final class Outcome {
  public LocalDate merged_on;
  public List<String> files;

  static Optional<Outcome> of(SessionLookup lookup, String id) {
    Session session = lookup.get(id);
    return session.structuredOutputAs(Outcome.class);
  }
}
