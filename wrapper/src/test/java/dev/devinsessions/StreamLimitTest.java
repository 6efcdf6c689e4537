package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More lookups at once than an HTTP/2 server allows streams on a connection. */
@Timeout(180)
class StreamLimitTest {
  static {
    System.setProperty(
        "slf4j.internal.verbosity", "ERROR"); // Jetty logs nowhere, and need not say so.
  }

  private static final int LOOKUPS = 1_000;
  private static final int STREAMS_AT_ONCE = 10;
  private static final int ANSWER_MILLIS = 2;

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger overHttp2 = new AtomicInteger();
  private Server server;
  private String baseUrl;

  @BeforeEach
  void start() throws Exception {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(TestCertificates.server(TestCertificates.Kind.GOOD));
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(configuration);
    http2.setMaxConcurrentStreams(STREAMS_AT_ONCE);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory(http2.getProtocol());
    server = new Server(new QueuedThreadPool(32));
    ServerConnector connector =
        new ServerConnector(
            server, 1, 1, new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2);
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(500);
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            requests.incrementAndGet();
            if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
              overHttp2.incrementAndGet();
            }
            ByteBuffer body = StandardCharsets.UTF_8.encode(FaultServer.goodBody(ApiVersion.V1));
            server
                .getScheduler()
                .schedule(
                    () -> response.write(true, body, callback),
                    ANSWER_MILLIS,
                    TimeUnit.MILLISECONDS);
            return true;
          }
        });
    server.start();
    baseUrl = "https://localhost:" + connector.getLocalPort();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @ParameterizedTest(name = "maxConcurrency {0}")
  @ValueSource(ints = {10, 32})
  void allLookupsSucceedWithoutARetry(int maxConcurrency) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(TestCertificates.trusting()).build();
    try (SessionLookup lookup =
        SessionLookup.builder()
            .apiKey(FakeApi.PERSONAL_KEY)
            .baseUrl(baseUrl)
            .strategy(LookupStrategy.V1)
            .httpClient(client)
            .maxRetries(0)
            .maxConcurrency(maxConcurrency)
            .deadline(Duration.ofSeconds(120))
            .build()) {
      List<CompletableFuture<Session>> futures = new ArrayList<>();
      for (int i = 0; i < LOOKUPS; i++) {
        futures.add(lookup.getAsync(FakeApi.ID));
      }
      for (CompletableFuture<Session> future : futures) {
        assertEquals(FakeApi.ID, future.get(150, TimeUnit.SECONDS).id());
      }
      assertTrue(requests.get() >= LOOKUPS);
      assertEquals(requests.get(), overHttp2.get());
    }
  }
}
