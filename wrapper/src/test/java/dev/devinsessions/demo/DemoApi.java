package dev.devinsessions.demo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.StringValuePattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Both APIs on a free loopback port, with a few sessions, keys of each kind, and ids that mean
 * trouble.
 */
final class DemoApi implements AutoCloseable {
  /** Personal keys; the owner of the first is an enterprise admin, that of the second is not. */
  static final String ADMIN_KEY = "apk_user_ZGVtbyBrZXkgb2YgYW4gYWRtaW4=";

  static final String MEMBER_KEY = "apk_user_ZGVtbyBrZXkgb2YgYSBtZW1iZXI=";
  static final String SERVICE_KEY = "apk_ZGVtbyBrZXkgb2YgYSBzZXJ2aWNl";

  /** Of an organization that has not paid. */
  static final String UNPAID_KEY = "apk_user_ZGVtbyBrZXkgd2l0aG91dCBxdW90YQ==";

  static final String FINISHED = "devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c";
  static final String BLOCKED = "devin-9b0e6d1c52a84f7e8d3c7a41f6b2e035";
  static final String NEW = "devin-nightly-import_42";
  static final List<String> SESSIONS = List.of(FINISHED, BLOCKED, NEW);

  static final String RATE_LIMITED = "devin-rate-limited";
  static final String OVERLOADED = "devin-overloaded";
  static final String REJECTED = "devin-rejected";
  static final String LOGIN_PAGE = "devin-login-page";
  static final String REDIRECTED = "devin-redirected";
  static final String SLOW = "devin-slow";

  private static final String LOOPBACK = "127.0.0.1";
  private static final String V1 = "/v1/sessions/";
  private static final String V2 = "/v2/enterprise/sessions/";
  private static final int SLOW_MILLISECONDS = 3_000;

  private final WireMockServer server =
      new WireMockServer(wireMockConfig().bindAddress(LOOPBACK).dynamicPort());

  private DemoApi() {}

  static DemoApi start() {
    DemoApi api = new DemoApi();
    api.server.start();
    api.answer();
    return api;
  }

  String baseUrl() {
    return "http://" + LOOPBACK + ":" + server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  /** Of the answers that fit a request, WireMock gives the one that it was told last. */
  private void answer() {
    StringValuePattern anyValid = keys(ADMIN_KEY, MEMBER_KEY, SERVICE_KEY);
    server.stubFor(any(anyUrl()).willReturn(error(401, "Invalid API key")));
    server.stubFor(
        withKey(anyUrlOf(".*"), keys(UNPAID_KEY))
            .willReturn(error(403, "Your organization has a billing error. Error: out_of_quota")));
    server.stubFor(withKey(anyUrlOf(".*"), anyValid).willReturn(error(404, "Session not found")));
    for (String id : SESSIONS) {
      server.stubFor(withKey(get(urlPathEqualTo(V1 + id)), anyValid).willReturn(session("v1", id)));
      server.stubFor(withKey(get(urlPathEqualTo(V2 + id)), anyValid).willReturn(session("v2", id)));
    }
    answerTrouble(anyValid);
    server.stubFor(
        withKey(any(urlPathMatching(V2 + ".*")), keys(MEMBER_KEY, SERVICE_KEY))
            .willReturn(
                error(403, "This endpoint takes the personal API key of an enterprise admin")));
  }

  private void answerTrouble(StringValuePattern keys) {
    ResponseDefinitionBuilder rejected =
        json(422)
            .withBody(
                "{\"detail\": [{\"loc\": [\"path\", \"session_id\"], \"msg\": \"String should match pattern\","
                    + " \"type\": \"string_pattern_mismatch\"}]}");
    server.stubFor(withKey(anyUrlOf(REJECTED), keys).willReturn(rejected));
    server.stubFor(
        withKey(anyUrlOf(RATE_LIMITED), keys)
            .willReturn(error(429, "Too many requests").withHeader("Retry-After", "90")));
    server.stubFor(
        withKey(anyUrlOf(OVERLOADED), keys)
            .willReturn(html(503, "<html>\n<h1>503 Service Unavailable</h1>\n</html>")));
    server.stubFor(
        withKey(anyUrlOf(LOGIN_PAGE), keys)
            .willReturn(html(200, "<html>\n<h1>Bitte anmelden</h1>\n</html>")));
    server.stubFor(
        withKey(anyUrlOf(REDIRECTED), keys)
            .willReturn(html(302, "").withHeader("Location", "https://login.example.com/")));
    server.stubFor(
        withKey(anyUrlOf(SLOW), keys)
            .willReturn(error(404, "Session not found").withFixedDelay(SLOW_MILLISECONDS)));
  }

  private static MappingBuilder anyUrlOf(String idPattern) {
    return get(urlPathMatching("(" + V1 + "|" + V2 + ")" + idPattern));
  }

  private static MappingBuilder withKey(MappingBuilder request, StringValuePattern keys) {
    return request.withHeader("Authorization", keys);
  }

  /** The keys are Base64 and underscores, none of which means anything in a pattern. */
  private static StringValuePattern keys(String... keys) {
    return matching(Stream.of(keys).collect(Collectors.joining("|", "Bearer (", ")")));
  }

  private static ResponseDefinitionBuilder session(String api, String id) {
    String file = "/demo/" + api + "/" + id + ".json";
    try (InputStream in = DemoApi.class.getResourceAsStream(file)) {
      return json(200).withBody(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + file + " from the class path", e);
    }
  }

  private static ResponseDefinitionBuilder error(int status, String detail) {
    return json(status)
        .withBody("{\"detail\": \"" + detail + "\"}")
        .withHeader("x-request-id", "request-" + status);
  }

  private static ResponseDefinitionBuilder json(int status) {
    return aResponse().withStatus(status).withHeader("Content-Type", "application/json");
  }

  private static ResponseDefinitionBuilder html(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "text/html; charset=utf-8")
        .withBody(body);
  }
}
