package com.example.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionNotFoundException;
import dev.devinsessions.consumers.EmbeddedApi;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutcomeTest {
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
  void bindsStructuredOutputToATypeOfThisModule() {
    Outcome outcome = Outcome.of(lookup, "devin-1").orElseThrow();

    assertEquals(LocalDate.of(2026, 1, 2), outcome.merged_on);
    assertEquals(List.of("mods.js"), outcome.files);
  }

  @Test
  void writesAndReadsSessions() {
    Session session = lookup.get("devin-1");

    assertEquals(session, Session.fromJson(session.toJson()));
  }

  @Test
  void throwsTheDocumentedExceptions() {
    assertThrows(SessionNotFoundException.class, () -> lookup.get(EmbeddedApi.UNKNOWN));
  }

  @Test
  void seesOnlyThePublicPackage() {
    Module library = SessionLookup.class.getModule();

    assertEquals("dev.devinsessions", library.getName());
    assertEquals("com.example.outcome", Outcome.class.getModule().getName());
    for (String name : library.getPackages()) {
      assertEquals(name.equals("dev.devinsessions"), library.isExported(name), name);
      assertFalse(library.isOpen(name, Outcome.class.getModule()), name);
    }
    Module generated = library.getLayer().findModule("dev.devinsessions.generated").orElseThrow();
    assertTrue(generated.getPackages().contains("dev.devinsessions.generated.v1"));
    for (String name : generated.getPackages()) {
      assertFalse(generated.isExported(name, Outcome.class.getModule()), name);
    }
  }
}
