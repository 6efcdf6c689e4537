package dev.devinsessions.internal;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The HTTP client of a lookup object that was given none. */
final class OwnHttpClient implements AutoCloseable {
  private @Nullable HttpClient httpClient;

  synchronized HttpClient open(Executor executor) {
    httpClient =
        HttpClient.newBuilder()
            .executor(executor)
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
