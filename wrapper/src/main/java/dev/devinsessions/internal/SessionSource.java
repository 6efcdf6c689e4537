package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.Session;
import java.io.IOException;
import java.net.http.HttpRequest;

/**
 * An API that knows sessions: its request for one, and how a response becomes a {@link Session}.
 */
final class SessionSource {
  private final Requests requests;
  private final Reader reader;

  private SessionSource(Requests requests, Reader reader) {
    this.requests = requests;
    this.reader = reader;
  }

  /** An API below a base URL. One that needs more than a key takes it here. */
  static SessionSource of(ApiVersion api, String baseUrl) {
    if (api == ApiVersion.V1) {
      var v1 = new dev.devinsessions.generated.v1.SessionsApi(baseUrl, Json.MAPPER);
      return new SessionSource(v1::getSession, body -> V1Mapping.read(v1.readGetSession(body)));
    }
    var v2 = new dev.devinsessions.generated.v2.SessionsApi(baseUrl, Json.MAPPER);
    return new SessionSource(
        v2::getSession, body -> V2EnterpriseMapping.read(v2.readGetSession(body)));
  }

  /**
   * The request for a session.
   *
   * @param template has the headers
   */
  HttpRequest request(String sessionId, HttpRequest.Builder template) {
    return requests.request(sessionId, template).build();
  }

  /**
   * Reads the body of a successful response.
   *
   * @throws IOException if it is malformed; the message says what is wrong, and where
   */
  Session read(byte[] body) throws IOException {
    return reader.read(body);
  }

  private interface Requests {
    HttpRequest.Builder request(String sessionId, HttpRequest.Builder template);
  }

  private interface Reader {
    Session read(byte[] body) throws IOException;
  }
}
