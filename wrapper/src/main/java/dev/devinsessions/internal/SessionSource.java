package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.Session;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.function.BiFunction;

/** An API that returns sessions. Builds requests and reads responses. */
final class SessionSource {
  private final BiFunction<String, HttpRequest.Builder, HttpRequest.Builder> requests;
  private final Mapping<?> mapping;

  private SessionSource(
      BiFunction<String, HttpRequest.Builder, HttpRequest.Builder> requests, Mapping<?> mapping) {
    this.requests = requests;
    this.mapping = mapping;
  }

  /** Creates the source for an API. Settings that concern only one API belong here. */
  static SessionSource of(ApiVersion api, Settings settings) {
    String baseUrl = settings.baseUrl().toString();
    if (api == ApiVersion.V1) {
      var v1 = new dev.devinsessions.generated.v1.SessionsApi(baseUrl);
      return new SessionSource(v1::getSession, new V1MappingImpl());
    }
    var v2 = new dev.devinsessions.generated.v2.SessionsApi(baseUrl);
    return new SessionSource(v2::getSession, new V2EnterpriseMappingImpl());
  }

  /**
   * The request for a session.
   *
   * @param template a builder with the headers
   */
  HttpRequest request(String sessionId, HttpRequest.Builder template) {
    return requests.apply(sessionId, template).build();
  }

  /**
   * Reads the body of a successful response.
   *
   * @param sessionId the canonical id that was requested
   * @param validates whether any deviation from the specification fails the lookup
   * @throws IOException if it is malformed; the message says what is wrong, and where. The cause is
   *     an EOFException if the body may be truncated
   */
  Session read(byte[] body, String sessionId, boolean validates) throws IOException {
    return mapping.read(body, sessionId, validates);
  }
}
