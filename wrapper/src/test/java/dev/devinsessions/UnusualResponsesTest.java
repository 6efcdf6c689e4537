package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devinsessions.FaultServer.Exchange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Unusual responses that are valid. */
@Timeout(60)
class UnusualResponsesTest {
  private static final String BODY = FaultServer.goodBody(ApiVersion.V1);
  private static final byte[] BYTES = BODY.getBytes(StandardCharsets.UTF_8);
  private static final byte[] GZIP = Faults.gzip(BYTES);

  static Stream<Arguments> variants() {
    Map<String, FaultServer.Script> variants = new LinkedHashMap<>();
    variants.put("gzip", e -> e.respond(200, GZIP, "Content-Encoding: gzip"));
    variants.put("gzip under its old name", e -> e.respond(200, GZIP, "Content-Encoding: x-gzip"));
    variants.put(
        "gzip in capitals and blanks", e -> e.respond(200, GZIP, "Content-Encoding:   GZip  "));
    variants.put(
        "gzip of several members", e -> e.respond(200, members(), "Content-Encoding: gzip"));
    variants.put("identity", e -> e.respond(200, BYTES, "Content-Encoding: identity"));
    variants.put("empty Content-Encoding", e -> e.respond(200, BYTES, "Content-Encoding: "));
    variants.put(
        "no length, ended by closing",
        e -> {
          e.write(Exchange.head(200) + BODY);
          e.close();
        });
    variants.put(
        "a chunk a byte",
        e -> {
          StringBuilder chunks = new StringBuilder();
          for (byte one : BYTES) {
            chunks.append("1;extension=x\r\n").append((char) (one & 0xff)).append("\r\n");
          }
          e.write(Exchange.head(200, "Transfer-Encoding: chunked"));
          e.write(chunks.append("0\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        });
    variants.put(
        "a byte a packet",
        e -> {
          e.write(Exchange.head(200, "Content-Length: " + BYTES.length));
          for (byte one : BYTES) {
            e.write(new byte[] {one});
          }
        });
    variants.put(
        "wrong Content-Type",
        e -> e.respond(200, BODY, "Content-Type: text/plain; charset=utf-16"));
    variants.put("the whole body as 206", e -> e.respond(206, BODY));
    variants.put("the whole body as 203", e -> e.respond(203, BODY));
    variants.put("white space around the body", e -> e.respond(200, "\r\n\t " + BODY + "\n\n"));
    return variants.entrySet().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void readsAnUnusualResponse(String name, FaultServer.Script script) throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = server.lookup().build()) {
      Session usual = lookup.get(FakeApi.ID);
      server.respond(ApiVersion.V1, script);
      assertEquals(usual, lookup.get(FakeApi.ID));
      assertEquals(usual, lookup.get(FakeApi.ID));
      assertEquals(3, server.requests().size());
    }
  }

  private static byte[] members() {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(Faults.gzip(BODY.substring(0, 100).getBytes(StandardCharsets.UTF_8)));
    members.writeBytes(Faults.gzip(BODY.substring(100).getBytes(StandardCharsets.UTF_8)));
    return members.toByteArray();
  }
}
