package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies at and beyond the limits of JSON yield a session or an error, at a bounded cost. */
class UnusualJsonTest extends LookupTestCase {
  private static final String V1 = FaultServer.goodBody(ApiVersion.V1);
  private static final String V2 = FaultServer.goodBody(ApiVersion.V2_ENTERPRISE);
  private SessionLookup v1;
  private SessionLookup v2;

  @BeforeEach
  void openLookups() {
    v1 = open(server.lookup());
    v2 = open(server.lookup().strategy(LookupStrategy.V2_ENTERPRISE));
  }

  @ParameterizedTest
  @ValueSource(strings = {" x", "{}", "]", "\u0000", "\ufeff", "//", ",", "null"})
  void rejectsTrailingContent(String garbage) {
    assertMalformed(V1 + garbage);
    assertMalformed(V1 + " ".repeat(20_000) + garbage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "01",
        "+1",
        "1.",
        ".1",
        "'a'",
        "undefined",
        "True",
        "\"\\x\"",
        "\"a\nb\"",
        "[1,]",
        "{a:1}",
        "/* */1",
        "1 2"
      })
  void rejectsTextThatResemblesJson(String value) {
    assertMalformed(withProperty(V1, "extra", value));
    assertMalformed(withProperty(V1, "structured_output", value));
    assertMalformed(withProperty(V1, "title", value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff",
        "c080",
        "c0af",
        "c1bf",
        "e08080",
        "e09fbf",
        "f0808080",
        "f08fbfbf",
        "eda080",
        "f5808080",
        "e282",
        "80"
      })
  void rejectsInvalidUtf8(String hex) {
    byte[] invalid = new BigInteger(hex, 16).toByteArray();
    int sign = invalid[0] == 0 ? 1 : 0;
    for (int offset = 0; offset < Long.BYTES; offset++) {
      String text = new String(invalid, sign, invalid.length - sign, StandardCharsets.ISO_8859_1);
      String body = withProperty(V1, "extra", "\"" + "x".repeat(offset) + text + "\"");
      assertMalformed(body.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void rejectsOtherEncodings(String encoding) {
    assertMalformed("{\"status_enum\": \"working\"}".getBytes(Charset.forName(encoding)));
  }

  @ParameterizedTest
  @ValueSource(ints = {451, 999, 5_000, 1_000_000})
  void rejectsDeepNesting(int depth) {
    for (String property : List.of("extra", "structured_output", "sources", "title")) {
      assertMalformed(withProperty(V1, property, "[".repeat(depth) + "]".repeat(depth)));
      assertMalformed(
          withProperty(V1, property, "{\"a\":".repeat(depth) + "1" + "}".repeat(depth)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"extra", "structured_output", "sources", "title", "deviations"})
  void keepsShallowerNesting(String property) {
    String deep = "[".repeat(449) + "99999999999999999999" + "]".repeat(449);
    Session session = read(v1, withProperty(V1, property, deep));
    assertTrue(session.toJson().contains(deep));
    assertEquals(session, Session.fromJson(session.toJson()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "1.5E+2147483600"})
  void neverExpandsAHugeExponent(String number) {
    Session session = read(v2, V2.replace("2.370000000000000001", number));
    assertEquals(new BigDecimal(number), session.acusConsumed().orElseThrow());
    assertCheap(session);
    assertCheap(read(v1, withProperty(V1, "extra", "[" + number + "]")));
    assertCheap(read(v1, withProperty(V1, "title", number)));
    Session output = read(v1, withProperty(V1, "structured_output", "{\"n\": " + number + "}"));
    assertEquals(Map.of("n", new BigDecimal(number)), output.structuredOutput().orElseThrow());
    assertCheap(output);
  }

  @Test
  void doesNotBindAHugeExponentToAnInteger() {
    Session session = read(v1, withProperty(V1, "structured_output", "1e999999999"));
    for (Class<?> type : List.of(BigInteger.class, Long.class, Integer.class, long[].class)) {
      assertThrows(
          IllegalArgumentException.class, () -> session.structuredOutputAs(type), type::getName);
    }
    assertEquals(
        new BigDecimal("1e999999999"), session.structuredOutputAs(BigDecimal.class).orElseThrow());
  }

  /** The largest exponent that newer JDKs can hold. */
  @Test
  void doesNotReadTheLargestExponentAsADateTime() {
    Session session = read(v1, withProperty(V1, "created_at", "1e2147483648"));
    assertEquals("$.created_at", session.deviations().get(0).path());
  }

  @ParameterizedTest
  @MethodSource
  void reportsANumberOutOfRange(String number) {
    Session session = read(v2, V2.replace("2.370000000000000001", number));
    assertEquals(Optional.empty(), session.acusConsumed());
    assertDeviation(session, "$.acus_consumed", number);
    assertDeviation(read(v1, withProperty(V1, "title", number)), "$.title", number);
    assertDeviation(read(v1, withProperty(V1, "created_at", number)), "$.created_at", number);
    session = read(v1, withProperty(V1, "extra", number));
    assertFalse(session.additionalProperties().containsKey("extra"));
    assertDeviation(session, "$.extra", number);
    session = read(v1, withProperty(V1, "structured_output", "{\"n\": [1, " + number + ", null]}"));
    assertEquals(Map.of("n", Arrays.asList(1, null)), session.structuredOutput().orElseThrow());
    assertDeviation(session, "$.structured_output.n[1]", number);
  }

  static Stream<String> reportsANumberOutOfRange() {
    return Stream.of(
        "1e99999999999999999999",
        "-1e-99999999999999999999",
        "1e2147483649",
        "9".repeat(1_001),
        "-1." + "1".repeat(1_000_000));
  }

  private static void assertDeviation(Session session, String path, Object value) {
    assertEquals(1, session.deviations().size(), () -> session.deviations().toString());
    assertEquals(path, session.deviations().get(0).path());
    assertEquals(Optional.of(value), session.deviations().get(0).value());
    assertEquals(session, Session.fromJson(session.toJson()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[5]", "[5, 5]", "5"})
  void leavesOutEachDeviationOfADuplicateProperty(String tags) {
    Session session = read(v1, withProperty(V1, "tags", tags + ", \"tags\": " + tags));
    assertEquals(List.of(), session.tags());
    String number = "1e99999999999999999999";
    session = read(v1, withProperty(V1, "extra", number + ", \"extra\": " + number));
    assertFalse(session.additionalProperties().containsKey("extra"));
    assertDeviation(session, "$.extra", number);
  }

  @Test
  void keepsLongNames() {
    String name = "x".repeat(50_000);
    Session session = read(v1, withProperty(V1, name, "1"));
    assertEquals(1, session.additionalProperties().get(name));
  }

  @Test
  void keepsAStringOf30Megabytes() {
    String huge = "x".repeat(30 << 20);
    Session session = read(v1, V1.replace("Keep the default on.", huge));
    assertEquals(huge, session.messages().get(2).message());
  }

  @Test
  void readsAHundredThousandMessages() {
    String message = "{\"type\":\"t\",\"event_id\":\"e\",\"message\":\"m\",\"timestamp\":\"now\"}";
    String many = (message + ",").repeat(99_999) + message;
    Session session = read(v1, V1.replace("\"messages\": [", "\"messages\": [" + many + ","));
    assertEquals(100_003, session.messages().size());
    assertEquals(List.of(), session.deviations());
  }

  @Test
  void doesNotExpandAHugeExponentInAnError() {
    server.respond(
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
    assertTrue(session.toString().length() < 3_000);
  }

  /** Puts a property first, and renames the one with that name. */
  private static String withProperty(String json, String name, String value) {
    String others = json.replaceFirst("\n  \"" + name + "\":", "\n  \"was\":").substring(1);
    return "{\"" + name + "\": " + value + ", " + others;
  }

  private Session read(SessionLookup lookup, String body) {
    ApiVersion api = lookup == v1 ? ApiVersion.V1 : ApiVersion.V2_ENTERPRISE;
    server.respond(api, e -> e.respond(200, body));
    return lookup.get(FakeApi.ID);
  }

  private void assertMalformed(String body) {
    assertMalformed(body.getBytes(StandardCharsets.UTF_8));
  }

  private void assertMalformed(byte[] body) {
    server.respond(ApiVersion.V1, e -> e.respond(200, body));
    MalformedResponseException thrown =
        assertThrows(
            MalformedResponseException.class,
            () -> v1.get(FakeApi.ID),
            () -> new String(body, 0, Math.min(100, body.length), StandardCharsets.UTF_8));
    assertEquals(200, thrown.statusCode().getAsInt());
    assertEquals(1, thrown.attempts());
    assertEquals(false, thrown.isRetryable());
    assertTrue(thrown.getMessage().contains("malformed response: $"), thrown::getMessage);
    assertTrue(thrown.getMessage().length() < 3_000);
  }
}
