package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.Session;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One API that knows sessions: how it is asked for one, and how its answer becomes a {@link Session}. */
final class SessionSource {
  private final Request request;
  private final Reader reader;

  private SessionSource(Request request, Reader reader) {
    this.request = request;
    this.reader = reader;
  }

  /** Every API, over one client. */
  static Map<ApiVersion, SessionSource> all(HttpClient client, String baseUrl) {
    var v1 = new dev.devinsessions.generated.v1.SessionsApi(client, baseUrl, Json.answers());
    var v2 = new dev.devinsessions.generated.v2.SessionsApi(client, baseUrl, Json.answers());
    return Map.of(
        ApiVersion.V1,
        new SessionSource(v1::getSession, body -> V1Mapping.read(v1.readGetSession(body))),
        ApiVersion.V2_ENTERPRISE,
        new SessionSource(v2::getSession, body -> V2EnterpriseMapping.read(v2.readGetSession(body))));
  }

  CompletableFuture<HttpResponse<byte[]>> send(
      String sessionId, Consumer<HttpRequest.Builder> settings, BodyHandler<byte[]> body) {
    return request.send(sessionId, settings, body);
  }

  /**
   * Reads the body of a successful answer.
   *
   * @throws IOException if it is no JSON, lacks a required property, or has one of the wrong type; the message says where
   */
  Session read(byte[] body) throws IOException {
    return reader.read(body);
  }

  private interface Request {
    CompletableFuture<HttpResponse<byte[]>> send(
        String sessionId, Consumer<HttpRequest.Builder> settings, BodyHandler<byte[]> body);
  }

  private interface Reader {
    Session read(byte[] body) throws IOException;
  }
}
