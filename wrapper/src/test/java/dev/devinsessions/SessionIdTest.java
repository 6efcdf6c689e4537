package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        Arguments.of("\thttps://app.devin.ai/sessions/4f1c2a9b ", "devin-4f1c2a9b"));
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void anIdOrAnAddressIsSentAsThePrefixedId(String given, String sent) {
    API.answer(ApiVersion.V1, FakeApi.file("v1/required-properties-only.json"));
    try (SessionLookup lookup = API.lookup(FakeApi.SERVICE_KEY).build()) {
      lookup.get(given);
    }
    assertEquals("/v1/sessions/" + sent, API.requests().get(0).getUrl());
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
        "https:///sessions/4f1c2a9b");
  }

  @ParameterizedTest
  @MethodSource("illFormed")
  void anythingElseIsRefusedBeforeARequest(String given) {
    try (SessionLookup lookup = API.lookup(FakeApi.SERVICE_KEY).build()) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> lookup.get(given));
      assertTrue(refused.getMessage().contains("give devin-<id>"), refused.getMessage());
      assertEquals(refused.getMessage(), refused.getMessage().replaceAll("\\p{Cntrl}", ""));
      assertThrows(IllegalArgumentException.class, () -> lookup.find(given));
      assertThrows(IllegalArgumentException.class, () -> lookup.getAsync(given));
    }
    assertEquals(0, API.requests().size());
  }

  @Test
  void noIdIsANullPointerException() {
    try (SessionLookup lookup = API.lookup(FakeApi.SERVICE_KEY).build()) {
      assertThrows(NullPointerException.class, () -> lookup.get(null));
      assertThrows(NullPointerException.class, () -> lookup.getAsync(null));
    }
  }

  @Test
  void aVeryLongIllFormedIdIsQuotedInPart() {
    try (SessionLookup lookup = API.lookup(FakeApi.SERVICE_KEY).build()) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> lookup.get("?".repeat(1_000_000)))
              .getMessage();
      assertTrue(message.length() < 1_000, message);
    }
  }
}
