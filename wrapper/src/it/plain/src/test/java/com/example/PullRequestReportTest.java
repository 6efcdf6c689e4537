package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.devinsessions.SessionLookup;
import dev.devinsessions.consumers.EmbeddedApi;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PullRequestReportTest {
  @Test
  void aLineASessionInTheOrderOfTheIds() throws Exception {
    try (EmbeddedApi api = EmbeddedApi.start();
        SessionLookup lookup =
            SessionLookup.builder().apiKey(EmbeddedApi.KEY).baseUrl(api.baseUrl()).build()) {
      List<String> lines =
          PullRequestReport.lines(lookup, Stream.of("devin-1", EmbeddedApi.UNKNOWN, "devin-2"))
              .collect(Collectors.toList());

      assertEquals("devin-1 FINISHED https://github.com/acme/mario/pull/123", lines.get(0));
      assertEquals("devin-unknown", lines.get(1).split(" ")[0]);
      assertEquals("devin-2 FINISHED https://github.com/acme/mario/pull/123", lines.get(2));
    }
  }

  @Test
  void theLibraryIsOnTheClassPath() {
    assertFalse(SessionLookup.class.getModule().isNamed());
  }
}
