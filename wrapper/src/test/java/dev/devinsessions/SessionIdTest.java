package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionIdTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  /** The message of an {@code IllegalArgumentException}. */
  private static String rejection(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  static Stream<String> forms() {
    return Stream.of(
        "4f1c2a9b",
        "  devin-4f1c2a9b\n",
        "https://app.devin.ai/sessions/4f1c2a9b",
        "https://app.devin.ai/sessions/devin-4f1c2a9b",
        "https://app.devin.ai/sessions/4f1c2a9b/",
        "https://acme.devinenterprise.com/sessions/4f1c2a9b?tab=shell&x=/sessions/no",
        "https://acme.devinenterprise.com/sessions/4f1c2a9b/?tab=shell#end",
        "http://localhost:8080/prefix/sessions/4f1c2a9b#L1",
        "HTTPS://APP.DEVIN.AI/sessions/4f1c2a9b",
        "https://api.devin.ai/v1/sessions/devin-4f1c2a9b/message",
        "\thttps://app.devin.ai/sessions/4f1c2a9b ",
        "\uFEFFdevin-4f1c2a9b",
        "\u00a0\uFEFF 4f1c2a9b \uFEFF",
        "https://h/sessions/4f1c2a9b" + "/a".repeat(100_000));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void acceptsEveryFormOfAnId(String form) {
    SessionId id = SessionId.parse(form);
    assertEquals("devin-4f1c2a9b", id.value());
    assertEquals("devin-4f1c2a9b", id.toString());
    assertEquals(SessionId.parse("devin-4f1c2a9b"), id);
    assertEquals(SessionId.parse("devin-4f1c2a9b").hashCode(), id.hashCode());
  }

  @Test
  void acceptsLettersDigitsHyphensAndUnderscores() {
    for (String bare : List.of("a", "Not_hex-At-all", "a".repeat(128))) {
      assertEquals("devin-" + bare, SessionId.parse(bare).value());
      assertEquals("devin-" + bare, SessionId.parse("devin-" + bare).value());
    }
  }

  @Test
  void isOrderedByItsValue() {
    assertTrue(SessionId.parse("a").compareTo(SessionId.parse("devin-b")) < 0);
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
    String message = rejection(() -> SessionId.parse(given));
    assertTrue(message.contains("is not a valid session id: use devin-<id>"), message);
    assertEquals(message, message.replaceAll("[\\p{C}\\p{Z}&&[^ ]]", ""));
    assertTrue(message.length() < 600, message);
  }

  @Test
  void escapesInvisibleCharacters() {
    String message = rejection(() -> SessionId.parse("a\u200bb\n"));
    assertTrue(message.startsWith("\"a\\u200bb\\u000a\" is not"), message);
  }

  @Test
  void rejectsABadIdBeforeAnyRequest() {
    try (SessionLookup lookup = API.lookup(FakeApi.SERVICE_KEY).build()) {
      rejection(() -> lookup.get("../x"));
      rejection(() -> lookup.find("../x"));
      rejection(() -> lookup.getAsync("../x"));
      rejection(() -> lookup.waitUntil("../x", session -> true, Duration.ofSeconds(1)));
    }
    assertEquals(0, API.requests().size());
  }

  @Test
  void quotesNothingThatLooksLikeAnApiKey() {
    for (String key : new String[] {"apk_user_c2VjcmV0/", "Bearer apk_c2VjcmV0", "cog_c2VjcmV0="}) {
      String message = rejection(() -> SessionId.parse(key));
      assertFalse(message.contains("c2VjcmV0"), message);
    }
  }
}
