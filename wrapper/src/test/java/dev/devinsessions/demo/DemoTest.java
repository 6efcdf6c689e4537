package dev.devinsessions.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.Session;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
  private static String shown;

  @BeforeAll
  static void runOnce() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Demo.run(
        Map.of("STDOUT_IS_TERMINAL", "no"), new PrintStream(out, true, StandardCharsets.UTF_8));
    shown = out.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2 enterprise", "v1 and v2 enterprise"})
  void showsASessionOfEachWayToAsk(String sources) {
    assertTrue(shown.contains("answered by    " + sources + "\n"), shown);
  }

  @Test
  void showsAGap() {
    assertTrue(shown.contains("gap            nothing from v2 enterprise: "), shown);
  }

  @Test
  void showsTheMergedSessionAsJson() {
    String json = shown.substring(shown.indexOf("\n{\n"), shown.indexOf("\n}\n") + 2);
    Session session = Session.fromJson(json);

    assertEquals(DemoApi.FINISHED, session.id());
    assertEquals(4, session.messages().size());
    assertEquals(new BigDecimal("2.37"), session.acusConsumed().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IllegalArgumentException",
        "SessionNotFoundException",
        "UnauthorizedException",
        "PermissionDeniedException",
        "RequestRejectedException",
        "RateLimitedException",
        "ServerErrorException",
        "UnexpectedStatusException",
        "MalformedResponseException",
        "DeadlineExceededException",
        "TransportException"
      })
  void showsEachErrorInOneLine(String exception) {
    assertTrue(
        shown.lines().anyMatch(line -> line.matches(exception + "  .+(: give | -> ).+")), shown);
  }

  @Test
  void showsNeitherKeysNorColoursNorStackTraces() {
    for (String secret :
        List.of(DemoApi.ADMIN_KEY, DemoApi.MEMBER_KEY, DemoApi.SERVICE_KEY, DemoApi.UNPAID_KEY)) {
      assertFalse(shown.contains(secret), "a key is shown");
    }
    assertFalse(shown.contains("\u001B") || shown.contains("\tat "), shown);
  }
}
