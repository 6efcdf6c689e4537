package dev.devinsessions;

import static dev.devinsessions.FakeApi.ID;
import static dev.devinsessions.FakeApi.SERVICE_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionLookupBuilderTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

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
  void aKeyThatNoHeaderCanCarryIsRefusedUnrepeated(String key) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> SessionLookup.builder().apiKey(key))
            .getMessage();
    assertFalse(!key.isBlank() && message.contains(key.strip()), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.devin.ai",
        "http://127.0.0.1.evil.com",
        "http://localhost.evil.com",
        "http://10.0.0.1",
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
  void aBaseUrlThatNoKeyMayBeSentToIsRefused(String url) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> SessionLookup.builder().baseUrl(url))
            .getMessage();
    assertTrue(message.startsWith("baseUrl"), message);
    assertFalse(url.contains("@") && message.contains("hunter2"), message);
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
  void otherBaseUrlsAreTaken(String url) {
    SessionLookup.builder().apiKey(SERVICE_KEY).baseUrl(url).build().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//", "/gateway", "/gateway/", "/gateway/devin/"})
  void aPathPrefixIsKeptAndATrailingSlashDoesNoHarm(String prefix) {
    API.answer(ApiVersion.V1, FakeApi.file("v1/required-properties-only.json"));
    try (SessionLookup lookup = API.lookup(SERVICE_KEY).baseUrl(API.baseUrl() + prefix).build()) {
      lookup.get(ID);
    }
    assertEquals(
        prefix.replaceAll("/+$", "") + "/v1/sessions/" + ID, API.requests().get(0).getUrl());
  }

  @Test
  void valuesOutOfRangeAreRefusedAtTheSetter() {
    SessionLookupBuilder builder = SessionLookup.builder();
    for (Duration bad :
        new Duration[] {Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(1).plusNanos(1)}) {
      assertThrows(IllegalArgumentException.class, () -> builder.deadline(bad));
      assertThrows(IllegalArgumentException.class, () -> builder.attemptTimeout(bad));
      assertThrows(IllegalArgumentException.class, () -> builder.pollInterval(bad));
    }
    for (int bad : new int[] {-1, 11}) {
      assertThrows(IllegalArgumentException.class, () -> builder.maxRetries(bad));
    }
    for (int bad : new int[] {-1, 0, 1001}) {
      assertThrows(IllegalArgumentException.class, () -> builder.maxConcurrency(bad));
    }
    for (long bad : new long[] {-1, 0, Long.MAX_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> builder.maxResponseBytes(bad));
    }
    for (String bad : new String[] {"", " ", "a\nb", " a", "a ", "é", "x".repeat(201)}) {
      assertThrows(IllegalArgumentException.class, () -> builder.applicationName(bad));
    }
    builder.maxRetries(0).maxRetries(10).maxConcurrency(1).maxConcurrency(1000).maxResponseBytes(1);
    builder.deadline(Duration.ofDays(1)).applicationName("a").applicationName("acu report/1.2");
  }

  @Test
  void nullIsANullPointerException() {
    SessionLookupBuilder builder = SessionLookup.builder();
    assertThrows(NullPointerException.class, () -> builder.apiKey(null));
    assertThrows(NullPointerException.class, () -> builder.baseUrl(null));
    assertThrows(NullPointerException.class, () -> builder.strategy(null));
    assertThrows(NullPointerException.class, () -> builder.deadline(null));
    assertThrows(NullPointerException.class, () -> builder.attemptTimeout(null));
    assertThrows(NullPointerException.class, () -> builder.pollInterval(null));
    assertThrows(NullPointerException.class, () -> builder.applicationName(null));
    assertThrows(NullPointerException.class, () -> builder.httpClient(null));
  }

  @Test
  void aMissingKeyIsToldWhenBuilding() {
    assertThrows(IllegalStateException.class, () -> SessionLookup.builder().build());
    assertThrows(
        IllegalStateException.class, () -> SessionLookup.builder().fromEnvironment(Map.of()));
  }

  @Test
  void theEnvironmentGivesKeyAndBaseUrl() {
    API.answer(ApiVersion.V1, FakeApi.file("v1/required-properties-only.json"));
    Map<String, String> environment =
        Map.of("DEVIN_API_KEY", SERVICE_KEY, "DEVIN_API_BASE_URL", API.baseUrl());
    try (SessionLookup lookup = SessionLookup.builder().fromEnvironment(environment).build()) {
      lookup.get(ID);
    }
    assertEquals("Bearer " + SERVICE_KEY, API.requests().get(0).getHeader("Authorization"));
    SessionLookup.builder()
        .fromEnvironment(Map.of("DEVIN_API_KEY", SERVICE_KEY, "DEVIN_API_BASE_URL", " "))
        .build()
        .close();
  }

  @Test
  void aClientThatFollowsRedirectsIsRefused() {
    for (HttpClient.Redirect redirect :
        new HttpClient.Redirect[] {HttpClient.Redirect.ALWAYS, HttpClient.Redirect.NORMAL}) {
      HttpClient client = HttpClient.newBuilder().followRedirects(redirect).build();
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> SessionLookup.builder().httpClient(client))
              .getMessage();
      assertTrue(message.contains("Redirect.NEVER"), message);
    }
  }

  @Test
  void everyRequestCarriesItsHeaders() {
    API.answer(ApiVersion.V1, FakeApi.file("v1/required-properties-only.json"));
    try (SessionLookup lookup = API.lookup(SERVICE_KEY).build();
        SessionLookup named = API.lookup(SERVICE_KEY).applicationName("acu-report/1.2").build()) {
      lookup.get(ID);
      named.get(ID);
    }
    LoggedRequest first = API.requests().get(0);
    assertEquals("application/json", first.getHeader("Accept"));
    assertEquals("gzip", first.getHeader("Accept-Encoding"));
    assertEquals("Bearer " + SERVICE_KEY, first.getHeader("Authorization"));
    assertEquals("devin-sessions-java/0.1.0-SNAPSHOT", first.getHeader("User-Agent"));
    assertEquals(
        "acu-report/1.2 devin-sessions-java/0.1.0-SNAPSHOT",
        API.requests().get(1).getHeader("User-Agent"));
  }

  @Test
  void aBuilderMayBeUsedAgain() {
    API.answer(ApiVersion.V1, FakeApi.file("v1/required-properties-only.json"));
    SessionLookupBuilder builder = API.lookup(SERVICE_KEY);
    try (SessionLookup lookup = builder.build()) {
      builder.baseUrl("https://127.0.0.1:1");
      lookup.get(ID);
    }
    assertEquals(1, API.requests().size());
  }

  @Test
  void aFakeIsALambda() {
    Session session =
        Session.builder()
            .id("devin-1")
            .createdAt(java.time.Instant.EPOCH)
            .updatedAt(java.time.Instant.EPOCH)
            .build();
    try (SessionLookup fake = id -> session) {
      assertEquals(session, fake.getAsync("1").join());
      assertEquals(session, fake.find("1").orElseThrow());
      assertEquals(session, fake.waitUntil("1", seen -> true, Duration.ofSeconds(1)));
      DeadlineExceededException never =
          assertThrows(
              DeadlineExceededException.class,
              () -> fake.waitUntil("1", seen -> false, Duration.ofSeconds(1)));
      assertEquals(session, never.lastSeen().orElseThrow());
      assertEquals(2, fake.getAll(java.util.stream.Stream.of("1", "2")).count());
    }
  }
}
