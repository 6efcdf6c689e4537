package dev.devinsessions;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Stubs of both APIs on a loopback port: one server per test class, reset before each test. */
final class FakeApi extends WireMockExtension {
  static final String PERSONAL_KEY = "apk_user_c2VudGluZWwta2V5LW9mLXRoZS10ZXN0cw==";
  static final String SERVICE_KEY = "apk_c2VudGluZWwta2V5LW9mLXRoZS10ZXN0cw==";
  static final String OTHER_KEY = "cog_c2VudGluZWwta2V5LW9mLXRoZS10ZXN0cw==";
  static final String ID = "devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c";

  FakeApi() {
    super(
        extensionOptions()
            .options(wireMockConfig().bindAddress("127.0.0.1").dynamicPort())
            .failOnUnmatchedRequests(false));
  }

  /** The path prefix of an API, as a regular expression. */
  static String path(ApiVersion api) {
    return Specification.of(api)
        .lookupPath()
        .replaceFirst("[^/]+$", "")
        .replaceAll("\\{[^/]+}", "[^/]+");
  }

  /** A file below {@code responses/}. */
  static String file(String name) {
    try (InputStream in = FakeApi.class.getResourceAsStream("/responses/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ResponseDefinitionBuilder json(int status, String body) {
    return jsonResponse(body, status);
  }

  static ResponseDefinitionBuilder error(int status) {
    return json(status, "{\"detail\": \"status " + status + "\"}");
  }

  /**
   * A builder with a value for every path parameter besides the session id, set by the setter of
   * the same name in camelCase.
   */
  static SessionLookupBuilder lookupBuilder() {
    SessionLookupBuilder builder = SessionLookup.builder();
    for (ApiVersion api : ApiVersion.values()) {
      for (String setting : Specification.of(api).otherPathParameters()) {
        try {
          SessionLookupBuilder.class
              .getMethod(Specification.camelCase(setting), String.class)
              .invoke(builder, setting + "-1");
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(
              "SessionLookupBuilder has no setter for {" + setting + "} of " + api, e);
        }
      }
    }
    return builder;
  }

  /** A builder for this server, without retries. */
  SessionLookupBuilder lookup(String key) {
    return lookupBuilder()
        .apiKey(key)
        .baseUrl("http://localhost:" + getPort()) // baseUrl() depends on the locale.
        .maxRetries(0)
        .deadline(Duration.ofSeconds(30));
  }

  /** Sets the response of an API to every request. */
  void respond(ApiVersion api, ResponseDefinitionBuilder response) {
    stubFor(any(urlPathMatching(".*" + path(api) + ".*")).willReturn(response));
  }

  void respond(ApiVersion api, String body) {
    respond(api, json(200, body));
  }

  List<LoggedRequest> requests() {
    return findAll(anyRequestedFor(anyUrl()));
  }

  int requests(ApiVersion api) {
    return findAll(anyRequestedFor(urlPathMatching(".*" + path(api) + ".*"))).size();
  }

  /** Throws a checked exception that is not declared, as Kotlin and Lombok can. */
  @SuppressWarnings("unchecked") // The cast has no effect at run time.
  static <T, E extends Throwable> T throwUndeclared(Throwable error) throws E {
    throw (E) error;
  }
}
