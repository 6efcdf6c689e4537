package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** The records of the logger {@code dev.devinsessions} at DEBUG. */
class LogTest extends LookupTestCase {
  @Test
  void logsOneLinePerAttempt() {
    FakeClock skipping = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
    String id = "devin-log-of-three-attempts";
    server.respond(
        ApiVersion.V1,
        exchange -> {
          skipping.advance(Duration.ofMillis(7));
          exchange.respond(503, "a body", "X-Header: a header");
        },
        exchange -> exchange.write("no HTTP\r\n\r\n"),
        FaultServer.Exchange::succeed);
    try (Sentinel.Log log = new Sentinel.Log()) {
      open(skipping.lookup(server.baseUrl()).strategy(LookupStrategy.V1)).get(id);
      assertEquals(
          List.of(
              "V1 " + id + " 503 7 ms, attempt 1",
              "V1 " + id + " java.net.ProtocolException 0 ms, attempt 2",
              "V1 " + id + " 200 0 ms, attempt 3"),
          log.linesWith(id));
      for (LogRecord record : log.records()) {
        assertEquals(Level.FINE, record.getLevel());
        assertEquals("dev.devinsessions", record.getLoggerName());
      }
    }
  }

  @Test
  void logsBothApisOfAJoinedLookup() {
    String id = "devin-log-of-a-joined-lookup";
    try (Sentinel.Log log = new Sentinel.Log()) {
      open(server.lookup().strategy(LookupStrategy.COMPLETE).timer(clock)).get(id);
      assertEquals(
          Set.of(
              "V1 " + id + " 200 0 ms, attempt 1", "V2_ENTERPRISE " + id + " 200 0 ms, attempt 1"),
          Set.copyOf(log.linesWith(id)));
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
    try (log) {
      assertEquals(id, await(open(server.lookup()).getAsync(id)).id());
    }
  }
}
