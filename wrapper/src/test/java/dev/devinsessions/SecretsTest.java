package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API key reaches the server of the base URL and appears in no text, whatever fails. */
@Timeout(60)
class SecretsTest {
  static Stream<Fault> faults() {
    return Faults.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void noFaultShowsTheKey(Fault fault) throws Exception {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(20), 0.5);
    try (Sentinel.Log log = new Sentinel.Log();
        FaultServer server = new FaultServer();
        SessionLookup lookup =
            timer
                .lookup(server.baseUrl())
                .apiKey(Sentinel.KEY)
                .strategy(LookupStrategy.V1)
                .maxResponseBytes(Faults.MAX_RESPONSE_BYTES)
                .maxRetries(1)
                .build()) {
      server.onStall(timer::endAttempts);
      server.respond(ApiVersion.V1, fault.script);
      Sentinel.assertNotIn(
          assertThrows(SessionLookupException.class, () -> lookup.get(FakeApi.ID)));
      assertTrue(
          server.requests().get(0).head().contains("Bearer " + Sentinel.KEY),
          "the server received the key");
      assertFalse(log.records().isEmpty());
      log.assertNoKey();
      Sentinel.assertNotIn("toString", lookup.toString());
    }
  }

  static Stream<Arguments> echoes() {
    List<Arguments> echoes = new ArrayList<>();
    String key = Sentinel.KEY;
    for (int status : new int[] {301, 400, 401, 403, 404, 418, 422, 429, 500}) {
      echoes.add(echo("plain " + status, status, "your header was: Bearer " + key));
      echoes.add(echo("detail " + status, status, "{\"detail\": \"Bearer " + key + " is wrong\"}"));
      echoes.add(echo("late " + status, status, "x".repeat(1_970) + key));
    }
    echoes.add(
        echo(
            "violations",
            422,
            "{\"detail\": [{\"loc\": [\"" + key + "\"], \"msg\": \"" + key + "\"}]}"));
    echoes.add(echo("date-time", 200, good().replace("2025-12-20T14:47:51.845058Z", key)));
    echoes.add(
        echo(
            "wrong type",
            200,
            good().replace("\"messages\": [", "\"messages\": \"" + key + "\", \"x\": [")));
    echoes.add(echo("property name", 200, "{\"" + key + "\": [}"));
    echoes.add(echo("not JSON", 200, key));
    echoes.add(echo("token", 200, "{\"a\": " + key + "}"));
    return echoes.stream();
  }

  private static Arguments echo(String name, int status, String body) {
    return Arguments.of(name, status, body);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("echoes")
  void noResponseThatQuotesTheKeyShowsIt(String name, int status, String body) throws Exception {
    try (Sentinel.Log log = new Sentinel.Log();
        FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).responseValidation(true).build()) {
      server.respond(
          ApiVersion.V1,
          e ->
              e.respond(
                  status, body, "x-request-id: " + Sentinel.KEY, "Retry-After: " + Sentinel.KEY));
      Sentinel.assertNotIn(
          assertThrows(SessionLookupException.class, () -> lookup.get(FakeApi.ID)));
      log.assertNoKey();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 500})
  void noGapShowsTheKey(int status) throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).strategy(LookupStrategy.BEST_EFFORT).build()) {
      server.respond(
          ApiVersion.V1,
          e -> e.respond(status, "no: " + e.request().header("Authorization").orElseThrow()));
      Session session = lookup.get(FakeApi.ID);
      assertEquals(1, session.gaps().size());
      Sentinel.assertNotIn("the gap", session.gaps().toString());
      Sentinel.assertNotIn("the JSON form", session.toJson());
      server.respond(ApiVersion.V2_ENTERPRISE, e -> e.respond(status, "no: " + e.request().head()));
      Sentinel.assertNotIn(
          assertThrows(SessionLookupException.class, () -> lookup.get(FakeApi.ID)));
    }
  }

  static Stream<Arguments> quotingErrors() {
    String quote = "bad header: Authorization: Bearer " + Sentinel.KEY;
    Throwable suppressing = new IOException("no");
    suppressing.addSuppressed(new IllegalStateException(quote));
    return Stream.of(
            new IOException(quote),
            new IllegalArgumentException(quote),
            new IOException("no", new IOException("nested", new IllegalArgumentException(quote))),
            suppressing,
            new AssertionError(quote),
            new IOException("no") {
              private static final long serialVersionUID = 1L;

              @Override
              public String toString() {
                return quote;
              }
            })
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("quotingErrors")
  void noExceptionOfADecoratedClientShowsTheKey(Throwable error) throws Exception {
    Function<HttpRequest, CompletableFuture<?>> throwing =
        request -> {
          if (error instanceof RuntimeException) {
            throw (RuntimeException) error;
          }
          return CompletableFuture.failedFuture(error);
        };
    for (Function<HttpRequest, CompletableFuture<?>> way :
        List.<Function<HttpRequest, CompletableFuture<?>>>of(
            throwing,
            request -> CompletableFuture.failedFuture(error),
            request -> CompletableFuture.supplyAsync(() -> throwUnchecked(error)))) {
      try (Sentinel.Log log = new Sentinel.Log();
          FaultServer server = new FaultServer();
          SessionLookup lookup = lookup(server).httpClient(failing(way)).build()) {
        TransportException thrown =
            assertThrows(TransportException.class, () -> lookup.get(FakeApi.ID));
        Sentinel.assertNotIn(thrown);
        assertTrue(thrown.getCause() != null);
        log.assertNoKey();
      }
    }
  }

  private static HttpClient failing(Function<HttpRequest, CompletableFuture<?>> way) {
    return new DelegatingHttpClient(HttpClient.newHttpClient()) {
      @Override
      @SuppressWarnings("unchecked") // The future never has a value.
      public <T> CompletableFuture<HttpResponse<T>> sendAsync(
          HttpRequest request, HttpResponse.BodyHandler<T> body) {
        return (CompletableFuture<HttpResponse<T>>) way.apply(request);
      }
    };
  }

  @SuppressWarnings("unchecked") // Throws a checked exception where none is declared.
  private static <E extends Throwable> Object throwUnchecked(Throwable error) throws E {
    throw (E) error;
  }

  /** Encodings in which an error page may quote the key. */
  static Stream<String> encodings() {
    String json = Sentinel.KEY.replace("/", "\\/");
    String url = URLEncoder.encode(Sentinel.KEY, StandardCharsets.UTF_8);
    return Stream.of(
        Sentinel.KEY,
        json,
        json.replace("\\", "\\\\"),
        escaped("\\u%04x"),
        escaped("\\u%04X"),
        url,
        url.replace("%", "%25"),
        escaped("&#x%X;"),
        escaped("&#%d;"),
        escaped("&amp;#x%x;"),
        Sentinel.KEY.substring(1),
        url.substring(3),
        Sentinel.KEY + Sentinel.KEY,
        "\\" + Sentinel.KEY + "\\");
  }

  /** The key with all characters but letters and digits escaped. */
  private static String escaped(String escape) {
    return Sentinel.KEY
        .chars()
        .mapToObj(
            one -> Character.isLetterOrDigit(one) ? "" + (char) one : String.format(escape, one))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void noResponseWithAnEncodedKeyShowsIt(String echo) throws Exception {
    for (String body :
        new String[] {
          "{\"error\": \"" + echo + "\"}",
          "{\"detail\": {\"a\": \"" + echo + "\"}}",
          "{\"detail\": \"" + echo.replace("\\", "\\\\") + "\"}",
          "<p>Bearer " + echo + "</p>"
        }) {
      try (FaultServer server = new FaultServer();
          SessionLookup lookup = lookup(server).build()) {
        server.respond(ApiVersion.V1, e -> e.respond(401, body, "x-request-id: 7 " + echo + " 8"));
        UnauthorizedException thrown =
            assertThrows(UnauthorizedException.class, () -> lookup.get(FakeApi.ID));
        Sentinel.assertNotIn(thrown);
        String requestId = thrown.requestId().orElseThrow();
        assertEquals("[redacted: contains the API key]", requestId);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void noEncodedKeyIsQuotedAsAnId(String encoded) {
    try (SessionLookup lookup = SessionLookup.builder().apiKey(Sentinel.KEY).build()) {
      Sentinel.assertNotIn(
          "the message",
          assertThrows(IllegalArgumentException.class, () -> lookup.get(encoded)).toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "k", "secret-key", "devin"})
  void shortKeyRedactsNoOrdinaryText(String key) throws Exception {
    String detail = "the " + key + " of devin-" + key + "-1 failed";
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).apiKey(key).build()) {
      server.respond(ApiVersion.V1, e -> e.respond(401, detail));
      UnauthorizedException thrown =
          assertThrows(UnauthorizedException.class, () -> lookup.get("devin-" + key + "-1"));
      assertEquals(Optional.of(detail), thrown.detail());
      server.respond(ApiVersion.V1, e -> e.respond(401, "you sent Bearer " + key));
      assertEquals(
          Optional.of("[redacted: contains the API key]"),
          assertThrows(UnauthorizedException.class, () -> lookup.get(FakeApi.ID)).detail());
    }
  }

  @Test
  void keepsTextWithoutTheKey() throws Exception {
    String detail = "use an apk_user_ key, 100%, 50%20, C:\\new, &#x41;, &amp;, 🚀, TmV2ZXJTaG93bk";
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).build()) {
      server.respond(ApiVersion.V1, e -> e.respond(401, detail));
      assertEquals(
          Optional.of(detail),
          assertThrows(UnauthorizedException.class, () -> lookup.get(FakeApi.ID)).detail());
    }
  }

  @Test
  void noDeviationShowsTheKeyInText() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).build()) {
      server.respond(
          ApiVersion.V1,
          e -> e.respond(200, good().replace("2025-12-20T14:47:51.845058Z", Sentinel.KEY)));
      Session session = lookup.get(FakeApi.ID);
      assertEquals(Optional.of(Sentinel.KEY), session.deviations().get(0).value());
      Sentinel.assertNotIn("toString", session.toString());
    }
  }

  private static SessionLookupBuilder lookup(FaultServer server) {
    return server.lookup().apiKey(Sentinel.KEY);
  }

  private static String good() {
    return FaultServer.goodBody(ApiVersion.V1);
  }
}
