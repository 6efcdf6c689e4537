package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The HTTP client, permits, threads and timer that the calls of a {@code SessionLookup} share. */
final class Transport {
  static final System.Logger LOG = System.getLogger("dev.devinsessions");

  /** Whether the JDK's client ignores cancellation until the headers have arrived. */
  private static final boolean JDK_CANCELS_LATE = Runtime.version().feature() < 16;

  final Settings settings;
  final Timer timer;
  final Threads threads = new Threads();
  final Permits permits;

  /** Whether the library created the client, which {@link #close} then closes. */
  final boolean isOwnClient;

  private final Map<ApiVersion, SessionSource> sources = new ConcurrentHashMap<>();
  private final HttpRequest.Builder requestTemplate;

  /**
   * Null once closed, because before Java 21 the selector thread of a client stops only when the
   * client is unreachable.
   */
  private volatile @Nullable HttpClient httpClient;

  Transport(Settings settings) {
    this.settings = settings;
    timer = settings.timer().orElseGet(Timer::new);
    permits = new Permits(settings.maxConcurrency(), timer);
    isOwnClient = settings.httpClient().isEmpty();
    httpClient = settings.httpClient().orElseGet(this::createClient);
    requestTemplate = requestTemplate();
  }

  private HttpClient createClient() {
    boolean isTls = settings.baseUrl().isTls();
    HttpClient.Builder client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER);
    // Without TLS, HTTP/2 would need an upgrade request, which some proxies do not support.
    client.version(isTls ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
    // With TLS, the client runs its tasks on library threads, because a handshake may block.
    // Without TLS, only DNS may block, and running tasks on the current thread is faster.
    return client.executor(isTls ? threads : Runnable::run).build();
  }

  private HttpRequest.Builder requestTemplate() {
    HttpRequest.Builder template =
        HttpRequest.newBuilder()
            .setHeader("Authorization", settings.apiKey().authorization())
            .setHeader("Accept", "application/json")
            .setHeader("Accept-Encoding", "gzip")
            .setHeader(
                "User-Agent",
                (settings.applicationName() + " devin-sessions-java/" + LibraryVersion.VALUE)
                    .strip());
    if (JDK_CANCELS_LATE) { // Later than the timeout of the attempt, which is the one to report.
      template.timeout(settings.attemptTimeout().plusSeconds(1));
    }
    return template;
  }

  HttpRequest request(ApiVersion api, String sessionId) {
    return source(api).request(sessionId, requestTemplate.copy());
  }

  SessionSource source(ApiVersion api) {
    return sources.computeIfAbsent(api, key -> SessionSource.of(key, settings));
  }

  /** The client; null once closed. */
  @Nullable HttpClient httpClient() {
    return httpClient;
  }

  /**
   * Checks that this object is open.
   *
   * @throws IllegalStateException if it is closed
   */
  void checkOpen() {
    if (isClosed()) {
      throw new IllegalStateException("this SessionLookup is closed");
    }
  }

  boolean isClosed() {
    return httpClient == null;
  }

  /**
   * Rejects new calls, ends current ones, and releases connections and threads.
   *
   * @param endCalls ends all current calls and waits for them
   */
  void close(Runnable endCalls) {
    HttpClient open = httpClient;
    httpClient = null;
    // In this order: no attempt starts after the first two steps, and calls end on the threads.
    permits.close();
    endCalls.run();
    if (isOwnClient && open != null) {
      shutDown(open);
    }
    timer.close();
    threads.close();
  }

  /** Closes the connections immediately, which is possible since Java 21. */
  private static void shutDown(HttpClient client) {
    try {
      HttpClient.class.getMethod("shutdownNow").invoke(client);
    } catch (NoSuchMethodException beforeJava21) {
      // The client shuts down when it is garbage-collected.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the JDK's HttpClient could not be closed", e);
    }
  }
}
