package dev.devinsessions.internal;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

/** What every request carries. */
final class RequestHeaders {
  private final String authorization;
  private final String userAgent;
  private final HttpClient.Version version;

  RequestHeaders(Settings settings) {
    authorization = settings.apiKey.authorization();
    userAgent =
        (settings.applicationName + " devin-sessions-java/" + LibraryVersion.VALUE).strip();
    // Without TLS, HTTP/2 would have to be asked for by an upgrade, which proxies trip over.
    version = BaseUrl.isTls(settings.baseUrl) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
  }

  /**
   * Puts them into a request.
   *
   * @param timeout up to the headers of the answer; the body is timed by the caller
   */
  void addTo(HttpRequest.Builder request, Duration timeout) {
    request
        .setHeader("Authorization", authorization)
        .setHeader("Accept", "application/json")
        .setHeader("Accept-Encoding", "gzip")
        .setHeader("User-Agent", userAgent)
        .version(version)
        .timeout(timeout);
  }
}
