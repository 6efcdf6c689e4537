package dev.devinsessions.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class DemoTest {
  @Test
  @ResourceLock(Resources.SYSTEM_OUT)
  void showsAJoinedSessionAWaitASumAndTheErrors() {
    PrintStream console = System.out;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    try {
      Demo.main(new String[0]);
    } finally {
      System.setOut(console);
    }
    String shown = output.toString(StandardCharsets.UTF_8);
    String[] inThisOrder = {
      "status +FINISHED\n",
      "ACUs +2\\.37\n",
      "devin_message +Found it .* 关于重力 ",
      "sources +\\[V1, V2_ENTERPRISE\\]\n",
      "status +BLOCKED\n",
      "sum +3\\.17 for 2 sessions, unknown: 3\n",
      "unknown +nightly-import_42 \\(no ACUs, gaps: \\[V2_ENTERPRISE\\]\\)",
      "status +FINISHED\n",
      "deviation +\\$\\.tags is ",
      "IllegalArgumentException: \"\\.\\./secret\" ",
      "SessionNotFoundException: ",
      "UnauthorizedException: ",
      "PermissionDeniedException: .*out_of_quota",
      "RequestRejectedException: ",
      "ServerErrorException: ",
      "UnexpectedStatusException: ",
      "MalformedResponseException: ",
      "RateLimitedException: "
    };
    String lines = String.join("[\\s\\S]*", inThisOrder);
    assertTrue(Pattern.compile(lines).matcher(shown).find(), shown);
  }
}
