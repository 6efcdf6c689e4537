package dev.devinsessions.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.LookupStrategy;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookupToolTest {
  private static final String ESCAPE = "\u001B";

  private static DemoApi api;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeAll
  static void startApi() {
    api = DemoApi.start();
  }

  @AfterAll
  static void stopApi() {
    api.close();
  }

  @Test
  void printsACardAndNothingElse() {
    withKey(DemoApi.ADMIN_KEY, DemoApi.FINISHED);

    assertEquals(LookupTool.FOUND, run());
    assertEquals(SessionCard.of(session(LookupStrategy.COMPLETE), Style.PLAIN), text(out));
    assertEquals("", text(err));
  }

  @Test
  void printsJsonThatIsTheSession() {
    withKey(
        DemoApi.ADMIN_KEY,
        "https://app.devin.ai/sessions/" + DemoApi.FINISHED.substring(6) + "?tab=shell#end");
    environment.put("FORMAT", "json");

    assertEquals(LookupTool.FOUND, run());
    assertEquals(session(LookupStrategy.COMPLETE), Session.fromJson(text(out)));
    assertTrue(text(out).contains("关于重力 mentions it too. 🚀"), text(out));
    assertEquals("", text(err));
  }

  @ParameterizedTest
  @CsvSource({"v1, V1", "V2_ENTERPRISE, V2_ENTERPRISE", "AUTO, AUTO", "'', MERGED"})
  void asksAsTheStrategySays(String given, LookupStrategy strategy) {
    withKey(DemoApi.ADMIN_KEY, DemoApi.FINISHED);
    environment.put("FORMAT", "json");
    environment.put("STRATEGY", given);

    assertEquals(LookupTool.FOUND, run());
    assertEquals(session(strategy), Session.fromJson(text(out)));
  }

  @Test
  void asksTheEmbeddedApiWithoutAKeyAndSaysSo() {
    environment.put("SESSION", DemoApi.BLOCKED);
    environment.put("FORMAT", "json");
    environment.put("DEVIN_API_KEY", "");

    assertEquals(LookupTool.FOUND, run());
    assertEquals(DemoApi.BLOCKED, Session.fromJson(text(out)).id());
    assertOneLine("DEVIN_API_KEY is not set");
  }

  @Test
  void embeddedSessionsAreNamedToWhoAsksForAnother() {
    environment.put("SESSION", "devin-of-nobody");

    assertEquals(LookupTool.NO_SESSION, run());
    assertEquals("", text(out));
    assertOneLine(DemoApi.FINISHED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "devin-of-nobody",
        DemoApi.RATE_LIMITED,
        DemoApi.REJECTED,
        DemoApi.LOGIN_PAGE,
        DemoApi.REDIRECTED,
      })
  void failedLookupIsOneLine(String sessionId) {
    withKey(DemoApi.ADMIN_KEY, sessionId);

    assertEquals(LookupTool.NO_SESSION, run());
    assertEquals("", text(out));
    assertOneLine(sessionId);
  }

  @Test
  void refusedKeyIsOneLineWithoutTheKey() {
    withKey("apk_user_c29tZSBvbGQga2V5", DemoApi.FINISHED);

    assertEquals(LookupTool.NO_SESSION, run());
    assertEquals("", text(out));
    assertOneLine("Invalid API key");
  }

  @Test
  void unpaidBillIsOneLineWithoutTheKey() {
    withKey(DemoApi.UNPAID_KEY, DemoApi.FINISHED);

    assertEquals(LookupTool.NO_SESSION, run());
    assertEquals("", text(out));
    assertOneLine("billing error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../secret", "two\nlines", "https://app.devin.ai/settings"})
  void illFormedIdIsOneLine(String sessionId) {
    withKey(DemoApi.ADMIN_KEY, sessionId);

    assertEquals(LookupTool.BAD_ARGUMENT, run());
    assertEquals("", text(out));
    assertOneLine("is no session id");
  }

  @Test
  void keyGivenAsTheIdIsNotRepeated() {
    withKey(DemoApi.ADMIN_KEY, DemoApi.ADMIN_KEY);

    assertEquals(LookupTool.BAD_ARGUMENT, run());
    assertEquals("", text(out));
    assertOneLine("is no session id");
  }

  @ParameterizedTest
  @CsvSource({
    "STRATEGY, both, V2_ENTERPRISE",
    "FORMAT, yaml, JSON",
    "DEVIN_API_KEY, apk_user_secret of mine, white space",
    "DEVIN_API_BASE_URL, http://api.devin.ai, https"
  })
  void badSettingIsOneLine(String name, String value, String advice) {
    withKey(DemoApi.ADMIN_KEY, DemoApi.FINISHED);
    environment.put(name, value);

    assertEquals(LookupTool.BAD_ARGUMENT, run());
    assertEquals("", text(out));
    assertOneLine(advice);
  }

  @Test
  void printsNoColourWithoutATerminal() {
    withKey(DemoApi.ADMIN_KEY, DemoApi.FINISHED);
    environment.put("STDOUT_IS_TERMINAL", "no");
    environment.put("TERM", "xterm-256color");

    assertEquals(LookupTool.FOUND, run());
    assertFalse(text(out).contains(ESCAPE), text(out));
  }

  @Test
  void printsColourOnATerminal() {
    withKey(DemoApi.ADMIN_KEY, DemoApi.FINISHED);
    environment.put("STDOUT_IS_TERMINAL", "yes");

    assertEquals(LookupTool.FOUND, run());
    assertEquals(SessionCard.of(session(LookupStrategy.COMPLETE), Style.COLOUR), text(out));
    assertTrue(text(out).contains(ESCAPE), text(out));
  }

  private void withKey(String key, String sessionId) {
    environment.put("DEVIN_API_KEY", key);
    environment.put("DEVIN_API_BASE_URL", api.baseUrl());
    environment.put("SESSION", sessionId);
  }

  private static Session session(LookupStrategy strategy) {
    try (SessionLookup lookup =
        SessionLookup.builder()
            .apiKey(DemoApi.ADMIN_KEY)
            .baseUrl(api.baseUrl())
            .strategy(strategy)
            .build()) {
      return lookup.get(DemoApi.FINISHED);
    }
  }

  private int run() {
    return LookupTool.run(environment, utf8(out), utf8(err));
  }

  private static PrintStream utf8(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void assertOneLine(String part) {
    String line = text(err);
    assertEquals(1, line.lines().count(), line);
    assertTrue(line.contains(part), line);
    String key = environment.getOrDefault("DEVIN_API_KEY", "");
    assertTrue(key.isEmpty() || !line.contains(key), "the key is in the line");
    assertFalse(line.contains(ESCAPE) || line.contains("\tat "), line);
  }
}
