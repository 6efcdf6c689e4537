package dev.devinsessions;

import static dev.devinsessions.FaultServer.Exchange.head;
import static dev.devinsessions.FaultServer.Script.send;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devinsessions.FaultServer.Exchange;
import dev.devinsessions.FaultServer.Script;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Unusual responses that are valid. */
class UnusualResponsesTest extends LookupTestCase {
  private static final String BODY = FaultServer.goodBody(ApiVersion.V1);
  private static final byte[] BYTES = BODY.getBytes(StandardCharsets.UTF_8);
  private static final byte[] GZIP = Faults.gzip(BYTES);

  private static final String CODING = "Content-Encoding: ";

  static List<Arguments> variants() {
    return List.of(
        variant("gzip", e -> e.respond(200, GZIP, CODING + "gzip")),
        variant("gzip under its old name", e -> e.respond(200, GZIP, CODING + "x-gzip")),
        variant("gzip in mixed case with spaces", e -> e.respond(200, GZIP, CODING + "  GZip  ")),
        variant("gzip of several members", e -> e.respond(200, members(), CODING + "gzip")),
        variant("identity", e -> e.respond(200, BODY, CODING + "identity")),
        variant("empty Content-Encoding", e -> e.respond(200, BODY, CODING)),
        variant(
            "no length, ended by closing the connection",
            send(head(200) + BODY).then(Exchange::close)),
        variant("one byte per chunk", Exchange::succeedInChunks),
        variant(
            "one byte per packet",
            e -> {
              e.write(head(200, "Content-Length: " + BYTES.length));
              for (byte one : BYTES) {
                e.write(new byte[] {one});
              }
            }),
        variant(
            "wrong Content-Type",
            e -> e.respond(200, BODY, "Content-Type: text/plain; charset=utf-16")),
        variant("the whole body as 206", e -> e.respond(206, BODY)),
        variant("the whole body as 203", e -> e.respond(203, BODY)),
        variant("white space around the body", e -> e.respond(200, "\r\n\t " + BODY + "\n\n")));
  }

  private static Arguments variant(String name, Script script) {
    return Arguments.of(name, script);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void readsAnUnusualResponse(String name, Script script) {
    SessionLookup lookup = open(server.lookup());
    Session usual = lookup.get(FakeApi.ID);
    server.respond(ApiVersion.V1, script);
    assertEquals(usual, lookup.get(FakeApi.ID));
    assertEquals(usual, lookup.get(FakeApi.ID));
    assertEquals(3, server.requests().size());
  }

  private static byte[] members() {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(Faults.gzip(Arrays.copyOf(BYTES, 100)));
    members.writeBytes(Faults.gzip(Arrays.copyOfRange(BYTES, 100, BYTES.length)));
    return members.toByteArray();
  }
}
