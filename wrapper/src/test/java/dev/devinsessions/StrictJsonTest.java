package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies at the border of JSON and beyond: a session or a {@link MalformedResponseException}, at a
 * bounded cost.
 */
@Timeout(60)
class StrictJsonTest {
  private static final String V1 = FaultServer.goodBody(ApiVersion.V1);
  private static final String V2 = FaultServer.goodBody(ApiVersion.V2_ENTERPRISE);
  private static FaultServer server;
  private static SessionLookup v1;
  private static SessionLookup v2;

  @BeforeAll
  static void start() throws Exception {
    server = new FaultServer();
    v1 = lookup(LookupStrategy.V1);
    v2 = lookup(LookupStrategy.V2_ENTERPRISE);
  }

  private static SessionLookup lookup(LookupStrategy strategy) {
    return SessionLookup.builder()
        .apiKey(FakeApi.PERSONAL_KEY)
        .baseUrl(server.baseUrl())
        .strategy(strategy)
        .maxRetries(0)
        .build();
  }

  @AfterAll
  static void stop() throws Exception {
    v1.close();
    v2.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {" x", "{}", "]", "\u0000", "\ufeff", "//", ",", "null"})
  void nothingMayFollowTheObject(String garbage) {
    assertMalformed(V1 + garbage);
    assertMalformed(V1 + " ".repeat(20_000) + garbage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "01",
        "+1",
        "1.",
        ".1",
        "0x1",
        "'a'",
        "undefined",
        "True",
        "1e",
        "--1",
        "\"\\x\"",
        "\"a\nb\"",
        "[1,]",
        "{a:1}",
        "/* */1",
        "\"\\ud800",
        "1 2"
      })
  void whatOnlyLooksLikeJsonIsNone(String value) {
    assertMalformed(withProperty(V1, "extra", value));
    assertMalformed(withProperty(V1, "structured_output", value));
  }

  @Test
  void illFormedUtf8IsMalformed() {
    for (byte[] illFormed :
        new byte[][] {
          {(byte) 0xff},
          {(byte) 0xc0, (byte) 0x80},
          {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
          {(byte) 0xe2, (byte) 0x82},
          {(byte) 0x80}
        }) {
      byte[] head = "{\"extra\": \"".getBytes(StandardCharsets.UTF_8);
      byte[] tail = ("\", " + V1.substring(1)).getBytes(StandardCharsets.UTF_8);
      byte[] body = new byte[head.length + illFormed.length + tail.length];
      System.arraycopy(head, 0, body, 0, head.length);
      System.arraycopy(illFormed, 0, body, head.length, illFormed.length);
      System.arraycopy(tail, 0, body, head.length + illFormed.length, tail.length);
      assertValueOrMalformed(body);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void otherEncodingsAreReadOrMalformed(String encoding) {
    assertValueOrMalformed(V1.getBytes(Charset.forName(encoding)));
  }

  @Test
  void aDuplicateKeyIsReadOrMalformed() {
    assertValueOrMalformed(
        ("{\"title\": \"one\", " + V1.substring(1)).getBytes(StandardCharsets.UTF_8));
    assertValueOrMalformed(
        withProperty(V1, "extra", "{\"a\": 1, \"a\": 2}").getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_001, 5_000, 1_000_000})
  void nestingTooDeepIsMalformed(int depth) {
    for (String property : List.of("extra", "structured_output")) {
      assertMalformed(withProperty(V1, property, "[".repeat(depth) + "]".repeat(depth)));
      assertMalformed(
          withProperty(V1, property, "{\"a\":".repeat(depth) + "1" + "}".repeat(depth)));
      assertMalformed(withProperty(V1, property, "[".repeat(depth)));
    }
    assertMalformed("[".repeat(depth));
  }

  @Test
  void nestingOfSomeHundredIsKept() {
    String deep = "[".repeat(400) + "]".repeat(400);
    Session session = read(v1, withProperty(V1, "extra", deep));
    assertTrue(session.toJson().contains(deep));
    assertEquals(session, Session.fromJson(session.toJson()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "1.5E+2147483600"})
  void aHugeExponentIsKeptAndNeverExpanded(String number) {
    Session session = read(v2, V2.replace("2.370000000000000001", number));
    assertEquals(new BigDecimal(number), session.acusConsumed().orElseThrow());
    assertCheap(session);
    assertCheap(read(v1, withProperty(V1, "extra", "[" + number + "]")));
    Session output = read(v1, withProperty(V1, "structured_output", "{\"n\": " + number + "}"));
    assertEquals(Map.of("n", new BigDecimal(number)), output.structuredOutput().orElseThrow());
    assertCheap(output);
  }

  @Test
  void aHugeExponentIsNoIntegerOfTheCaller() {
    Session session = read(v1, withProperty(V1, "structured_output", "1e999999999"));
    for (Class<?> type : List.of(BigInteger.class, Long.class, Integer.class, long[].class)) {
      assertThrows(
          IllegalArgumentException.class, () -> session.structuredOutputAs(type), type::getName);
    }
    assertEquals(
        new BigDecimal("1e999999999"), session.structuredOutputAs(BigDecimal.class).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999999999999", "-1e-99999999999999999999", "1e2147483648"})
  void anExponentBeyondAllBoundsIsReadOrMalformed(String number) {
    assertValueOrMalformed(withProperty(V1, "extra", number).getBytes(StandardCharsets.UTF_8));
    assertValueOrMalformed(
        withProperty(V1, "structured_output", number).getBytes(StandardCharsets.UTF_8));
    try {
      assertCheap(read(v2, V2.replace("2.370000000000000001", number)));
    } catch (MalformedResponseException refused) {
      assertTrue(refused.getMessage().contains("$.acus_consumed"), refused::getMessage);
    }
  }

  @Test
  void numbersOfManyDigitsAreReadOrMalformed() {
    for (String number :
        List.of("9".repeat(10_000), "0." + "9".repeat(10_000), "-" + "1".repeat(1_000_000))) {
      assertValueOrMalformed(withProperty(V1, "extra", number).getBytes(StandardCharsets.UTF_8));
      assertValueOrMalformed(
          withProperty(V1, "structured_output", number).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aStringOf30MegabytesIsKept() {
    String huge = "x".repeat(30 << 20);
    Session session = read(v1, V1.replace("Keep the default on.", huge));
    assertEquals(huge, session.messages().get(2).message());
  }

  @Test
  void aNameOf100KilobytesIsReadOrMalformed() {
    assertValueOrMalformed(
        withProperty(V1, "x".repeat(100_000), "1").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aHundredThousandMessagesAreRead() {
    String message = "{\"type\":\"t\",\"event_id\":\"e\",\"message\":\"m\",\"timestamp\":\"now\"}";
    String many = (message + ",").repeat(99_999) + message;
    Session session = read(v1, V1.replace("\"messages\": [", "\"messages\": [" + many + ","));
    assertEquals(100_003, session.messages().size());
  }

  @Test
  void aHugeValueOfTheWrongTypeIsNotQuotedAsAWhole() {
    String huge = "x".repeat(1 << 20);
    assertMalformed(V1.replace("2025-12-20T14:47:51.845058Z", huge));
    assertMalformed(withProperty(V1, "messages", "\"" + huge + "\""));
    assertMalformed(withProperty(V1, "pull_request", "{\"url\": [\"" + huge + "\"]}"));
    assertMalformed(huge);
  }

  @Test
  void aHugeExponentInAnErrorIsNotExpanded() {
    server.answer(
        ApiVersion.V1,
        e -> e.respond(422, "{\"detail\": [{\"loc\": [\"path\", 1e999999999], \"msg\": \"no\"}]}"));
    RequestRejectedException thrown =
        assertThrows(RequestRejectedException.class, () -> v1.get(FakeApi.ID));
    assertEquals(List.of("path.1E+999999999: no"), thrown.violations());
  }

  private static void assertCheap(Session session) {
    String json = session.toJson();
    assertTrue(json.length() < 3_000, () -> json.length() + " characters");
    assertEquals(session, Session.fromJson(json));
    assertEquals(session.hashCode(), Session.fromJson(json).hashCode());
    assertTrue(session.toString().length() < 3_000);
  }

  private static String withProperty(String json, String name, String value) {
    return "{\""
        + name
        + "\": "
        + value
        + ", "
        + json.replace("\"" + name + "\":", "\"was\":").substring(1);
  }

  private static Session read(SessionLookup lookup, String body) {
    server.answer(
        lookup == v1 ? ApiVersion.V1 : ApiVersion.V2_ENTERPRISE, e -> e.respond(200, body));
    return lookup.get(FakeApi.ID);
  }

  private static void assertMalformed(String body) {
    server.answer(ApiVersion.V1, e -> e.respond(200, body));
    MalformedResponseException thrown =
        assertThrows(
            MalformedResponseException.class,
            () -> v1.get(FakeApi.ID),
            () -> body.substring(0, Math.min(100, body.length())));
    assertEquals(200, thrown.statusCode().getAsInt());
    assertEquals(1, thrown.attempts());
    assertEquals(false, thrown.isRetryable());
    assertTrue(thrown.getMessage().contains("malformed: $"), thrown::getMessage);
    assertTrue(
        thrown.getMessage().length() < 3_000, () -> "a message of " + thrown.getMessage().length());
  }

  private static void assertValueOrMalformed(byte[] body) {
    server.answer(ApiVersion.V1, e -> e.respond(200, body));
    try {
      assertEquals(FakeApi.ID, v1.get(FakeApi.ID).id());
    } catch (MalformedResponseException refused) {
      assertTrue(
          refused.getMessage().length() < 3_000,
          () -> "a message of " + refused.getMessage().length());
    }
  }
}
