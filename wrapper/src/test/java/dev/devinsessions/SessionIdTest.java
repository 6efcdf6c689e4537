package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionIdTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  static Stream<Arguments> wellFormed() {
    String longest = "a".repeat(128);
    return Stream.of(
        Arguments.of("devin-4f1c2a9b", "devin-4f1c2a9b"),
        Arguments.of("4f1c2a9b", "devin-4f1c2a9b"),
        Arguments.of("Not_hex-At-all", "devin-Not_hex-At-all"),
        Arguments.of("a", "devin-a"),
        Arguments.of(longest, "devin-" + longest),
        Arguments.of("devin-" + longest, "devin-" + longest),
        Arguments.of("  devin-4f1c2a9b\n", "devin-4f1c2a9b"),
        Arguments.of("https://app.devin.ai/sessions/4f1c2a9b", "devin-4f1c2a9b"),
        Arguments.of("https://app.devin.ai/sessions/devin-4f1c2a9b", "devin-4f1c2a9b"),
        Arguments.of("https://app.devin.ai/sessions/4f1c2a9b/", "devin-4f1c2a9b"),
        Arguments.of(
            "https://acme.devinenterprise.com/sessions/4f1c2a9b?tab=shell&x=/sessions/no",
            "devin-4f1c2a9b"),
        Arguments.of(
            "https://acme.devinenterprise.com/sessions/4f1c2a9b/?tab=shell#end", "devin-4f1c2a9b"),
        Arguments.of("http://localhost:8080/prefix/sessions/4f1c2a9b#L1", "devin-4f1c2a9b"),
        Arguments.of("HTTPS://APP.DEVIN.AI/sessions/4f1c2a9b", "devin-4f1c2a9b"),
        Arguments.of("https://api.devin.ai/v1/sessions/devin-4f1c2a9b/message", "devin-4f1c2a9b"),
        Arguments.of("\thttps://app.devin.ai/sessions/4f1c2a9b ", "devin-4f1c2a9b"),
        Arguments.of("\uFEFFdevin-4f1c2a9b", "devin-4f1c2a9b"),
        Arguments.of("\u00a0\uFEFF 4f1c2a9b \uFEFF", "devin-4f1c2a9b"),
        Arguments.of("https://h/sessions/x" + "/a".repeat(100_000), "devin-x"));
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void acceptsAnIdOrAUrl(String given, String expected) {
    assertEquals(expected, SessionId.parse(given).value());
  }

  @Test
  void isSentInItsCanonicalForm() {
    API.respond(ApiVersion.V1, FakeApi.error(404));
    try (SessionLookup lookup = API.lookup(FakeApi.SERVICE_KEY).build()) {
      lookup.find("https://app.devin.ai/sessions/4f1c2a9b");
    }
    assertEquals("/v1/sessions/devin-4f1c2a9b", API.requests().get(0).getUrl());
  }

  static Stream<String> illFormed() {
    return Stream.of(
        "",
        "  ",
        "devin-",
        "a".repeat(129),
        "devin-" + "a".repeat(129),
        "a b",
        "a/b",
        "../v2/enterprise/sessions/a",
        "devin-..",
        "a%2fb",
        "a%2Fb",
        "a?x=1",
        "a#b",
        "a\nHost: evil",
        "a\r\nX: y",
        "\u0000",
        "会话",
        "\u0661\u0662",
        "a;b",
        "a\\b",
        "ftp://app.devin.ai/sessions/4f1c2a9b",
        "app.devin.ai/sessions/4f1c2a9b",
        "https://app.devin.ai/",
        "https://app.devin.ai/sessions/",
        "https://app.devin.ai/sessions",
        "https://app.devin.ai/session/4f1c2a9b",
        "https://app.devin.ai/sessions/../4f1c2a9b",
        "https://app.devin.ai/sessions/4f1c2a9b/../x",
        "https://app.devin.ai/sessions/a%2Fb",
        "https://app.devin.ai/sessions/a b",
        "https://app.devin.ai/?next=/sessions/4f1c2a9b",
        "https://app.devin.ai/#/sessions/4f1c2a9b",
        "https:///sessions/4f1c2a9b",
        "devin-4f\u200b1c",
        "https://h/sessions/x" + "/a".repeat(100_000) + "/..",
        "https://h" + "/sessions".repeat(100_000) + "/..",
        "https://h/" + "/".repeat(1_000_000),
        " ".repeat(1_000_000) + "a b");
  }

  @ParameterizedTest
  @MethodSource("illFormed")
  void rejectsAnythingElse(String given) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> SessionId.parse(given)).getMessage();
    assertTrue(message.contains("is not a valid session id: use devin-<id>"), message);
    assertEquals(message, message.replaceAll("[\\p{C}\\p{Z}&&[^ ]]", ""));
    assertTrue(message.length() < 600, message);
  }

  @Test
  void escapesInvisibleCharacters() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> SessionId.parse("a\u200bb\n"));
    assertTrue(
        refused.getMessage().startsWith("\"a\\u200bb\\u000a\" is not"), refused.getMessage());
  }

  @Test
  void rejectsABadIdBeforeAnyRequest() {
    try (SessionLookup lookup = API.lookup(FakeApi.SERVICE_KEY).build()) {
      assertThrows(IllegalArgumentException.class, () -> lookup.get("../x"));
      assertThrows(IllegalArgumentException.class, () -> lookup.find("../x"));
      assertThrows(IllegalArgumentException.class, () -> lookup.getAsync("../x"));
      assertThrows(
          IllegalArgumentException.class,
          () -> lookup.waitUntil("../x", session -> true, Duration.ofSeconds(1)));
    }
    assertEquals(0, API.requests().size());
  }

  @Test
  void quotesNothingThatLooksLikeAnApiKey() {
    for (String key : new String[] {"apk_user_c2VjcmV0/", "Bearer apk_c2VjcmV0", "cog_c2VjcmV0="}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> SessionId.parse(key)).getMessage();
      assertFalse(message.contains("c2VjcmV0"), message);
    }
  }

  @Test
  void isEqualForEveryFormOfAnId() {
    SessionId id = SessionId.parse("https://app.devin.ai/sessions/b");
    assertEquals(id, SessionId.parse("devin-b"));
    assertEquals(id.hashCode(), SessionId.parse("b").hashCode());
    assertEquals("devin-b", id.toString());
    assertEquals(
        List.of("devin-a", "devin-b"),
        Stream.of("b", "a", "devin-b")
            .map(SessionId::parse)
            .distinct()
            .sorted()
            .map(SessionId::value)
            .collect(Collectors.toList()));
  }
}
