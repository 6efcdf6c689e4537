package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.Session;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One API that knows sessions: how it is asked for one, and how its answer becomes a {@link
 * Session}.
 */
public final class SessionSource {
  /** The sources of the APIs that need nothing but a key. */
  static final Map<ApiVersion, Factory> WITH_KEY_ALONE =
      Map.of(
          ApiVersion.V1, SessionSource::v1, ApiVersion.V2_ENTERPRISE, SessionSource::v2Enterprise);

  final Sender sender;
  final Reader reader;

  SessionSource(Sender sender, Reader reader) {
    this.sender = sender;
    this.reader = reader;
  }

  private static SessionSource v1(HttpClient client, String baseUrl) {
    var api = new dev.devinsessions.generated.v1.SessionsApi(client, baseUrl, Json.MAPPER);
    return new SessionSource(api::getSession, body -> V1Mapping.read(api.readGetSession(body)));
  }

  private static SessionSource v2Enterprise(HttpClient client, String baseUrl) {
    var api = new dev.devinsessions.generated.v2.SessionsApi(client, baseUrl, Json.MAPPER);
    return new SessionSource(
        api::getSession, body -> V2EnterpriseMapping.read(api.readGetSession(body)));
  }

  /** Makes a source over a client. */
  public interface Factory {
    SessionSource over(HttpClient client, String baseUrl);
  }

  /** Sends a request for a session. */
  interface Sender {
    CompletableFuture<HttpResponse<byte[]>> send(
        String sessionId,
        Consumer<HttpRequest.Builder> settings,
        HttpResponse.BodyHandler<byte[]> body);
  }

  /**
   * Reads the body of a successful answer; an {@link IOException} says what is wrong with it, and
   * where.
   */
  interface Reader {
    Session read(byte[] body) throws IOException;
  }
}
