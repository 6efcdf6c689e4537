package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;
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
    FakeClock clock = FakeClock.skippingWaits(Duration.ofSeconds(10), 0.5);
    String id = "devin-log-of-three-attempts";
    try (Sentinel.Log log = new Sentinel.Log();
        FaultServer server = new FaultServer();
        SessionLookup lookup = clock.lookup(server.baseUrl()).strategy(LookupStrategy.V1).build()) {
      server.respond(
          ApiVersion.V1,
          exchange -> {
            clock.advance(Duration.ofMillis(7));
            exchange.respond(503, "a body", "X-Header: a header");
          },
          exchange -> exchange.write("no HTTP\r\n\r\n"),
          FaultServer.Exchange::succeed);
      lookup.get(id);
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
  void logsBothApisOfAJoinedLookup() throws Exception {
    String id = "devin-log-of-a-joined-lookup";
    try (Sentinel.Log log = new Sentinel.Log();
        FaultServer server = new FaultServer();
        SessionLookup lookup =
            server.lookup().strategy(LookupStrategy.COMPLETE).timer(new FakeClock()).build()) {
      lookup.get(id);
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
    try (log;
        FaultServer server = new FaultServer();
        SessionLookup lookup = server.lookup().build()) {
      assertEquals(id, lookup.getAsync(id).get(20, TimeUnit.SECONDS).id());
    }
  }
}
