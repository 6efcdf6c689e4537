package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API key is sent only to the base URL and never appears in text, whatever fails. */
class SecretsTest extends LookupTestCase {
  private static final String KEY = Sentinel.KEY;
  private static final String QUOTE = "bad header: Authorization: Bearer " + KEY;
  private static final String REDACTED = "[redacted: contains the API key]";
  private static final String GOOD = FaultServer.goodBody(ApiVersion.V1);
  private static final String GOOD_EXCEPT_A_DATE = GOOD.replace("2025-12-20T14:47:51.845058Z", KEY);

  private final Sentinel.Log log = new Sentinel.Log();

  @AfterEach
  void checkLog() {
    log.close();
    log.assertNoKey();
  }

  private SessionLookupBuilder lookup() {
    return server.lookup().apiKey(KEY);
  }

  private void respond(int status, String body, String... headers) {
    server.respond(ApiVersion.V1, exchange -> exchange.respond(status, body, headers));
  }

  /** The failure of a lookup, after checking that the key is in none of its texts. */
  private <E extends SessionLookupException> E failure(Class<E> type, SessionLookupBuilder builder)
      throws IOException {
    SessionLookup lookup = open(builder);
    E thrown = assertThrows(type, () -> lookup.get(FakeApi.ID));
    Sentinel.assertNotIn(thrown);
    return thrown;
  }

  @ParameterizedTest
  @MethodSource("dev.devinsessions.Faults#all")
  void noFaultShowsTheKey(Fault fault) throws Exception {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(20), 0.5);
    server.onStall(timer::endAttempts);
    server.respond(ApiVersion.V1, fault.script);
    failure(
        SessionLookupException.class,
        lookup().timer(timer).maxResponseBytes(Faults.MAX_RESPONSE_BYTES).maxRetries(1));
    assertTrue(
        server.requests().get(0).head().contains("Bearer " + KEY), "the server received the key");
    assertFalse(log.records().isEmpty());
  }

  static Stream<Arguments> echoes() {
    Stream<Arguments> errors =
        IntStream.of(301, 400, 401, 403, 404, 418, 422, 429, 500)
            .boxed()
            .flatMap(
                status ->
                    Stream.of(
                        arguments(status, QUOTE),
                        arguments(status, "{\"detail\": \"" + QUOTE + "\"}"),
                        arguments(status, "x".repeat(1_970) + KEY)));
    Stream<Arguments> others =
        Stream.of(
            arguments(
                422, "{\"detail\": [{\"loc\": [\"" + KEY + "\"], \"msg\": \"" + KEY + "\"}]}"),
            arguments(200, GOOD_EXCEPT_A_DATE),
            arguments(
                200, GOOD.replace("\"messages\": [", "\"messages\": \"" + KEY + "\", \"x\": [")),
            arguments(200, "{\"" + KEY + "\": [}"),
            arguments(200, KEY),
            arguments(200, "{\"a\": " + KEY + "}"));
    return Stream.concat(errors, others);
  }

  @ParameterizedTest
  @MethodSource("echoes")
  void noResponseThatQuotesTheKeyShowsIt(int status, String body) throws Exception {
    respond(status, body, "x-request-id: " + KEY, "Retry-After: " + KEY);
    failure(SessionLookupException.class, lookup().responseValidation(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, "cog_abc", "https://api.devin.ai/?key=" + KEY})
  void noKeyIsQuotedAsABaseUrl(String url) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> lookup().baseUrl(url)).getMessage();
    assertFalse(message.contains("cog_") || message.contains(KEY), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 500})
  void noGapShowsTheKey(int status) throws Exception {
    respond(status, QUOTE);
    SessionLookupBuilder builder = lookup().strategy(LookupStrategy.BEST_EFFORT);
    Session session = open(builder).get(FakeApi.ID);
    assertEquals(1, session.gaps().size());
    Sentinel.assertNotIn("the gap", session.gaps().toString());
    Sentinel.assertNotIn("the JSON form", session.toJson());
    server.respond(ApiVersion.V2_ENTERPRISE, exchange -> exchange.respond(status, QUOTE));
    failure(SessionLookupException.class, builder);
  }

  static Stream<Throwable> quotingErrors() {
    Throwable suppressing = new IOException("no");
    suppressing.addSuppressed(new IllegalStateException(QUOTE));
    Throwable cyclic = new IOException(QUOTE);
    cyclic.initCause(new IOException("again", cyclic));
    return Stream.of(
        cyclic,
        new IOException(QUOTE),
        new IllegalArgumentException(QUOTE),
        new IOException("no", new IOException("nested", new IllegalArgumentException(QUOTE))),
        suppressing,
        new AssertionError(QUOTE),
        new IOException("no") {
          private static final long serialVersionUID = 1L;

          @Override
          public String toString() {
            return QUOTE;
          }
        });
  }

  @ParameterizedTest
  @MethodSource("quotingErrors")
  void noErrorOfACustomClientShowsTheKey(Throwable error) throws Exception {
    DelegatingHttpClient client = new DelegatingHttpClient();
    SessionLookupBuilder builder = lookup().httpClient(client);
    client.interceptor = (request, send) -> CompletableFuture.failedFuture(error);
    assertNotNull(failure(TransportException.class, builder).getCause());
    client.interceptor =
        (request, send) -> {
          throw new IllegalStateException(error);
        };
    assertNotNull(failure(TransportException.class, builder).getCause());
  }

  /** Encodings in which an error page may quote the key. */
  static Stream<String> encodings() {
    String json = KEY.replace("/", "\\/");
    String url = URLEncoder.encode(KEY, StandardCharsets.UTF_8);
    return Stream.of(
        KEY,
        json,
        json.replace("\\", "\\\\"),
        escaped("\\u%04x"),
        escaped("\\u%04X"),
        url,
        url.replace("%", "%25"),
        escaped("&#x%X;"),
        escaped("&#%d;"),
        escaped("&amp;#x%x;"),
        KEY.substring(1),
        url.substring(3),
        KEY + KEY,
        "\\" + KEY + "\\");
  }

  /** The key with all characters but letters and digits escaped. */
  private static String escaped(String escape) {
    return KEY.chars()
        .mapToObj(one -> String.format(Character.isLetterOrDigit(one) ? "%c" : escape, one))
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
      respond(401, body, "x-request-id: 7 " + echo + " 8");
      UnauthorizedException thrown = failure(UnauthorizedException.class, lookup());
      assertEquals(Optional.of(REDACTED), thrown.requestId());
    }
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void noEncodedKeyIsQuotedAsAnId(String encoded) throws Exception {
    SessionLookup lookup = open(lookup());
    Sentinel.assertNotIn(assertThrows(IllegalArgumentException.class, () -> lookup.get(encoded)));
    Sentinel.assertNotIn(assertThrows(IllegalArgumentException.class, () -> lookup.find(encoded)));
    Sentinel.assertNotIn("toString", lookup.toString());
    Sentinel.assertNotIn("a result", lookup.getAll(List.of(encoded)).findFirst().toString());
  }

  /** A backtracking search would take minutes on these. */
  @Test
  @Timeout(20)
  void searchesLongRunsOfBackslashesQuickly() throws Exception {
    SessionLookup lookup = open(lookup());
    String backslashes = "\\".repeat(300_000);
    assertThrows(IllegalArgumentException.class, () -> lookup.get(backslashes));
    respond(403, backslashes.substring(0, 65_000) + "x");
    assertEquals(
        Optional.of(backslashes.substring(0, 2_000)),
        failure(PermissionDeniedException.class, lookup()).detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "k", "secret-key", "devin"})
  void shortKeyDoesNotRedactOrdinaryText(String key) throws Exception {
    String detail = "the " + key + " of devin-" + key + "-1 failed";
    respond(401, detail);
    assertEquals(
        Optional.of(detail), failure(UnauthorizedException.class, lookup().apiKey(key)).detail());
    respond(401, "you sent Bearer " + key);
    assertEquals(
        Optional.of(REDACTED), failure(UnauthorizedException.class, lookup().apiKey(key)).detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"apk_user_secret", "cog_abc-def"})
  void noResponseShowsAShortKeyWithAPrefix(String key) throws Exception {
    respond(401, "{\"detail\": \"Invalid API key: " + key + "\"}", "x-request-id: " + key);
    UnauthorizedException thrown = failure(UnauthorizedException.class, lookup().apiKey(key));
    assertEquals(Optional.of(REDACTED), thrown.detail());
    assertEquals(Optional.of(REDACTED), thrown.requestId());
  }

  /** Keys and ids of tests often follow the same pattern. */
  @ParameterizedTest
  @CsvSource({
    "apk_user_0123456789abcdef, 0123456789abcdef0123456789abcdef",
    "apk_user_aaaaaaaaaaaaaaaaaaaa, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "apk_user_abcdefghijklmnop, abcdefghijklmnopqrst",
    "test, devin-test-1"
  })
  void acceptsAnIdThatResemblesTheKey(String key, String id) {
    assertTrue(open(lookup().apiKey(key)).get(id).id().endsWith(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"apk_user_secret", "devin-apk_user_secret-1", "test-key-0123456789"})
  void rejectsAKeyThatWouldBeAValidId(String id) {
    String key = id.replaceFirst("devin-(.*)-1", "$1");
    SessionLookup lookup = open(lookup().apiKey(key));
    String message =
        assertThrows(IllegalArgumentException.class, () -> lookup.get(id)).getMessage();
    assertFalse(message.contains(key), message);
    assertEquals(List.of(), server.requests());
  }

  @Test
  void keepsTextWithoutTheKey() throws Exception {
    String detail = "use an apk_user_ key, 100%, 50%20, C:\\new, &#x41;, &amp;, 🚀, TmV2ZXJTaG93bk";
    respond(401, detail);
    SessionLookup lookup = open(lookup());
    assertEquals(
        Optional.of(detail),
        assertThrows(UnauthorizedException.class, () -> lookup.get(FakeApi.ID)).detail());
  }

  @Test
  void noDeviationShowsTheKeyInText() {
    respond(200, GOOD_EXCEPT_A_DATE);
    Session session = open(lookup()).get(FakeApi.ID);
    assertEquals(Optional.of(KEY), session.deviations().get(0).value());
    Sentinel.assertNotIn("toString", session.toString());
  }
}
