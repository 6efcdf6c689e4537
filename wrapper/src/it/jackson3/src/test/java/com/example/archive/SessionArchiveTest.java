package com.example.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.consumers.EmbeddedApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionArchiveTest {
  @TempDir Path folder;

  @Test
  void readsTheSessionsItWrote() throws Exception {
    try (EmbeddedApi api = EmbeddedApi.start();
        SessionLookup lookup =
            SessionLookup.builder().apiKey(EmbeddedApi.KEY).baseUrl(api.baseUrl()).build()) {
      List<Session> sessions = List.of(lookup.get("devin-1"), lookup.get("devin-2"));
      Path file = folder.resolve("sessions.json");

      new SessionArchive(file).write(sessions);

      assertEquals(sessions, new SessionArchive(file).read());
      assertTrue(Files.readString(file).contains("\"acus_consumed\":1.50,"));
    }
  }

  @Test
  void runsWithBothJacksonsAsModules() {
    assertEquals("dev.devinsessions", Session.class.getModule().getName());
    assertEquals("com.example.archive", SessionArchive.class.getModule().getName());
    assertTrue(
        SessionArchive.class.getModule().getLayer().modules().stream()
            .map(Module::getName)
            .filter(name -> name.endsWith(".jackson.databind"))
            .allMatch(
                List.of("com.fasterxml.jackson.databind", "tools.jackson.databind")::contains));
  }
}
