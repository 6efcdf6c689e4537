package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.SessionLookup;
import dev.devinsessions.consumers.EmbeddedApi;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcuReportTest {
  @Test
  void countsFailures() throws Exception {
    List<String> lines = report(EmbeddedApi.KEY, "devin-1", EmbeddedApi.UNKNOWN, "devin-2");

    assertTrue(lines.get(0).startsWith("devin-unknown failed: "), lines.get(0));
    assertEquals("3.00 ACUs; not included: 1 failed, 0 without ACUs", lines.get(1));
  }

  @Test
  void countsGaps() throws Exception {
    List<String> lines = report(EmbeddedApi.SERVICE_KEY, "devin-1");

    assertTrue(lines.get(0).startsWith("devin-1 without ACUs: {V2_ENTERPRISE="), lines.get(0));
    assertEquals("0 ACUs; not included: 0 failed, 1 without ACUs", lines.get(1));
  }

  @Test
  void hasTheLibraryOnTheClassPath() {
    assertFalse(SessionLookup.class.getModule().isNamed());
  }

  private static List<String> report(String apiKey, String... ids) throws Exception {
    List<String> lines = new ArrayList<>();
    try (EmbeddedApi api = EmbeddedApi.start();
        SessionLookup lookup =
            SessionLookup.builder().apiKey(apiKey).baseUrl(api.baseUrl()).build()) {
      AcuReport.print(lookup, List.of(ids), lines::add);
    }
    return lines;
  }
}
