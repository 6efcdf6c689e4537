package dev.devinsessions;

import static dev.devinsessions.FakeApi.ID;
import static dev.devinsessions.FakeApi.SERVICE_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionLookupBuilderTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  /** The message of an {@code IllegalArgumentException}. */
  private static String rejection(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "apk_user_a b",
        "apk_user_a\n",
        "apk_user_\ta",
        "apk_user_é",
        "apk_user_\u0000",
        " apk_a"
      })
  void rejectsAnInvalidKeyWithoutRepeatingIt(String key) {
    String message = rejection(() -> SessionLookup.builder().apiKey(key));
    assertFalse(!key.isBlank() && message.contains(key.strip()), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://api.devin.ai",
        "api.devin.ai",
        "https://",
        "https:///v1",
        "https://user:hunter2@api.devin.ai",
        "https://hunter2@api.devin.ai",
        "https://api.devin.ai?hunter2=1",
        "https://api.devin.ai#hunter2",
        "https://api.devin.ai:0",
        "https://api.devin.ai:65536",
        "https://api devin.ai",
        "mailto:a@b",
        ""
      })
  void rejectsAnInvalidBaseUrl(String url) {
    String message = rejection(() -> SessionLookup.builder().baseUrl(url));
    assertTrue(message.startsWith("baseUrl"), message);
    assertFalse(url.contains("@") && message.contains("hunter2"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.devin.ai",
        "http://127.0.0.1.evil.com",
        "http://localhost.evil.com",
        "http://10.0.0.1",
        "HTTP://[fe80::1]"
      })
  void acceptsPlainHttpOnlyIfAllowed(String url) {
    SessionLookupBuilder builder = SessionLookup.builder().apiKey(SERVICE_KEY).baseUrl(url);
    String message = rejection(builder::build);
    assertTrue(message.contains("allowPlainHttp"), message);
    builder.allowPlainHttp(true).build().close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.devin.ai",
        "https://api.devinenterprise.com/",
        "HTTPS://gateway.acme.com:8443/devin/",
        "http://localhost:8080",
        "http://LOCALHOST",
        "http://127.1.2.3:1",
        "http://[::1]:8080/x"
      })
  void acceptsHttpsAndLoopbackUrls(String url) {
    SessionLookup.builder().apiKey(SERVICE_KEY).baseUrl(url).build().close();
  }

  @Test
  void rejectsValuesOutOfRangeInTheSetter() {
    SessionLookupBuilder builder = SessionLookup.builder();
    for (Duration bad :
        List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(1).plusNanos(1))) {
      rejection(() -> builder.deadline(bad));
      rejection(() -> builder.attemptTimeout(bad));
      rejection(() -> builder.pollInterval(bad));
    }
    for (int bad : new int[] {-1, 11}) {
      rejection(() -> builder.maxRetries(bad));
    }
    for (int bad : new int[] {-1, 0, 1001}) {
      rejection(() -> builder.maxConcurrency(bad));
    }
    for (long bad : new long[] {-1, 0, Long.MAX_VALUE}) {
      rejection(() -> builder.maxResponseBytes(bad));
    }
    for (String bad : List.of("", " ", "a\nb", " a", "a ", "é", "x".repeat(201))) {
      rejection(() -> builder.applicationName(bad));
    }
    builder.maxRetries(0).maxRetries(10).maxConcurrency(1).maxConcurrency(1000).maxResponseBytes(1);
    builder.deadline(Duration.ofDays(1)).applicationName("a").applicationName("acu report/1.2");
  }

  @Test
  void namesANullParameter() {
    SessionLookupBuilder builder = SessionLookup.builder();
    assertNull("apiKey", () -> builder.apiKey(null));
    assertNull("baseUrl", () -> builder.baseUrl(null));
    assertNull("strategy", () -> builder.strategy(null));
    assertNull("deadline", () -> builder.deadline(null));
    assertNull("attemptTimeout", () -> builder.attemptTimeout(null));
    assertNull("pollInterval", () -> builder.pollInterval(null));
    assertNull("applicationName", () -> builder.applicationName(null));
    assertNull("httpClient", () -> builder.httpClient(null));
    try (SessionLookup lookup = API.lookup(SERVICE_KEY).build()) {
      assertNull("sessionId", () -> lookup.get(null));
      assertNull("sessionId", () -> lookup.find(null));
      assertNull("sessionId", () -> lookup.getAsync(null));
      assertNull("sessionIds", () -> lookup.getAll((Collection<String>) null));
      assertNull("sessionIds", () -> lookup.getAll((Stream<String>) null));
      assertNull("sessionIds", () -> lookup.getAll(null, Duration.ofSeconds(1)));
      assertNull("atMost", () -> lookup.getAll(Stream.of("1"), null));
      assertNull("sessionId", () -> lookup.waitUntil(null, session -> true, Duration.ofSeconds(1)));
      assertNull("condition", () -> lookup.waitUntil("1", null, Duration.ofSeconds(1)));
      assertNull("atMost", () -> lookup.waitUntil("1", session -> true, null));
    }
    assertNull("idOrUrl", () -> SessionId.parse(null));
  }

  private static void assertNull(String parameter, Executable call) {
    assertEquals(parameter, assertThrows(NullPointerException.class, call).getMessage());
  }

  @Test
  void requiresAnApiKey() {
    assertThrows(IllegalStateException.class, () -> SessionLookup.builder().build());
    assertThrows(
        IllegalStateException.class, () -> SessionLookup.builder().fromEnvironment(Map.of()));
  }

  @Test
  void readsKeyAndBaseUrlFromTheEnvironment() {
    Map<String, String> environment =
        Map.of("DEVIN_API_KEY", SERVICE_KEY, "DEVIN_API_BASE_URL", API.baseUrl());
    SessionLookupBuilder builder = SessionLookup.builder().fromEnvironment(environment);
    API.respond(ApiVersion.V1, FakeApi.error(404));
    try (SessionLookup lookup = builder.build()) {
      builder.baseUrl("https://127.0.0.1:1"); // Affects only lookups built later.
      assertTrue(lookup.find(ID).isEmpty());
    }
    assertEquals("Bearer " + SERVICE_KEY, API.requests().get(0).getHeader("Authorization"));
    SessionLookup.builder()
        .fromEnvironment(Map.of("DEVIN_API_KEY", SERVICE_KEY, "DEVIN_API_BASE_URL", " "))
        .build()
        .close();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
  void rejectsAClientThatFollowsRedirects(HttpClient.Redirect redirect) {
    HttpClient client = HttpClient.newBuilder().followRedirects(redirect).build();
    String message = rejection(() -> SessionLookup.builder().httpClient(client));
    assertTrue(message.contains("Redirect.NEVER"), message);
  }
}
