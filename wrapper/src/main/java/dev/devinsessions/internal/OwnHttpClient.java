package dev.devinsessions.internal;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The HTTP client of a lookup object that was given none. */
final class OwnHttpClient implements AutoCloseable {
  /** Whether cancelling a future ends nothing before the headers have come. */
  static final boolean CANCELS_LATE = Runtime.version().feature() < 16;

  private @Nullable HttpClient httpClient;

  /**
   * Opens it.
   *
   * @param executor does the client's work where that may take time: TLS, and asking for addresses;
   *     there is neither on plain text, which goes to the loopback interface alone
   */
  synchronized HttpClient open(String baseUrl, Executor executor) {
    httpClient =
        HttpClient.newBuilder()
            .executor(BaseUrl.isTls(baseUrl) ? executor : Runnable::run)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    return httpClient;
  }

  /**
   * Drops the connections at once. Before Java 21 a client cannot be closed: it ends its selector
   * thread when the last reference to it is gone.
   */
  @Override
  public synchronized void close() {
    try {
      if (httpClient != null) {
        HttpClient.class.getMethod("shutdownNow").invoke(httpClient);
      }
    } catch (NoSuchMethodException beforeJava21) {
      // Nothing to call.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the JDK's HttpClient could not be closed", e);
    }
    httpClient = null;
  }
}
