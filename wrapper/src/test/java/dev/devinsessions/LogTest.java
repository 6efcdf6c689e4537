package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The records of the logger {@code dev.devinsessions} at DEBUG. */
@Timeout(60)
class LogTest {
  @Test
  void logsOneLinePerAttempt() throws Exception {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
    String id = "devin-log-of-three-attempts";
    try (Sentinel.Log log = new Sentinel.Log();
        FaultServer server = new FaultServer();
        SessionLookup lookup = timer.lookup(server.baseUrl()).strategy(LookupStrategy.V1).build()) {
      server.respond(
          ApiVersion.V1,
          exchange ->
              exchange.respond(
                  503, "a body that nobody logs", "X-Header: a header that nobody logs"),
          exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Le");
            exchange.close();
          },
          FaultServer.Exchange::succeed);
      lookup.get(id);
      List<String> lines = log.linesWith(id);
      assertEquals(3, lines.size(), lines::toString);
      assertLine(lines.get(0), id, "503", 1);
      assertLine(lines.get(1), id, "[A-Za-z.]+Exception", 2);
      assertLine(lines.get(2), id, "200", 3);
    }
  }

  private static void assertLine(String line, String id, String status, int attempt) {
    assertTrue(
        line.matches(
            "(?i).*\\bv1\\b.*"
                + id
                + ".*\\b"
                + status
                + "\\b.*\\b\\d+ ms\\b.*\\b"
                + attempt
                + "\\b.*"),
        line);
    assertFalse(line.contains("nobody logs"), line);
    assertFalse(line.contains("Bearer"), line);
    assertFalse(line.contains(FakeApi.PERSONAL_KEY), line);
    assertFalse(line.contains("mario"), line);
  }

  @Test
  void logsBothApisOfAJoinedLookup() throws Exception {
    String id = "devin-log-of-a-joined-lookup";
    try (Sentinel.Log log = new Sentinel.Log();
        FaultServer server = new FaultServer();
        SessionLookup lookup = server.lookup().strategy(LookupStrategy.COMPLETE).build()) {
      lookup.get(id);
      List<String> lines = log.linesWith(id);
      assertEquals(2, lines.size(), lines::toString);
      assertEquals(1, lines.stream().filter(line -> line.matches("(?i).*v1.*200.*")).count());
      assertEquals(1, lines.stream().filter(line -> line.matches("(?i).*v2.*200.*")).count());
    }
  }

  @Test
  void logsFailuresAtDebug() throws Exception {
    String id = "devin-log-of-a-failure";
    try (Sentinel.Log log = new Sentinel.Log();
        FaultServer server = new FaultServer();
        SessionLookup lookup = server.lookup().build()) {
      server.respond(ApiVersion.V1, exchange -> exchange.respond(500, "no"));
      assertThrows(ServerErrorException.class, () -> lookup.get(id));
      assertEquals(1, log.linesWith(id).size());
      for (LogRecord record : log.records()) {
        assertEquals(Level.FINE, record.getLevel());
        assertEquals("dev.devinsessions", record.getLoggerName());
      }
    }
  }

  @Test
  void ignoresALogHandlerThatThrows() throws Exception {
    String id = "devin-log-that-fails";
    Sentinel.Log log =
        new Sentinel.Log() {
          @Override
          public void publish(LogRecord record) {
            if (record.getMessage().contains(id)) {
              throw new UnsupportedOperationException("disk full");
            }
          }
        };
    try (log;
        FaultServer server = new FaultServer();
        SessionLookup lookup = server.lookup().build()) {
      assertEquals(id, lookup.getAsync(id).get(20, TimeUnit.SECONDS).id());
    }
  }
}
