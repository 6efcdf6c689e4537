package com.example.archive;

import dev.devinsessions.Session;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Keeps sessions in a file. */
final class SessionArchive {
  private static final ObjectMapper JSON = new JsonMapper();

  private final Path file;

  SessionArchive(Path file) {
    this.file = file;
  }

  void write(List<Session> sessions) {
    JSON.writeValue(file.toFile(), sessions);
  }

  List<Session> read() {
    return List.of(JSON.readValue(file.toFile(), Session[].class));
  }
}
