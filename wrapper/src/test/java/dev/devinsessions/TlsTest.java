package dev.devinsessions;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lookups over TLS, with certificates that may be trusted or not. */
@Timeout(60)
class TlsTest {
  private static Path keyStore;
  private static WireMockServer wireMock;

  @BeforeAll
  static void start() {
    keyStore = TestCertificates.keyStoreFile(TestCertificates.Kind.GOOD);
    wireMock =
        new WireMockServer(
            wireMockConfig()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(keyStore.toString())
                .keystorePassword(TestCertificates.PASSWORD)
                .keyManagerPassword(TestCertificates.PASSWORD));
    wireMock.start();
    for (ApiVersion api : ApiVersion.values()) {
      wireMock.stubFor(
          WireMock.get(WireMock.urlPathMatching(FakeApi.path(api) + ".*"))
              .willReturn(FakeApi.json(200, FaultServer.goodBody(api))));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    wireMock.stop();
    Files.delete(keyStore);
  }

  @ParameterizedTest
  @EnumSource(
      value = LookupStrategy.class,
      names = {"V1", "COMPLETE"})
  void callsATrustedServerOverHttp2(LookupStrategy strategy) {
    DelegatingHttpClient client = DelegatingHttpClient.trusting();
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(20), 0.5);
    try (SessionLookup lookup =
        timer.lookup(wireMockUrl()).strategy(strategy).httpClient(client).maxRetries(0).build()) {
      for (int i = 0; i < 20; i++) {
        assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
      }
      int apis = strategy == LookupStrategy.COMPLETE ? 2 : 1;
      assertEquals(20 * apis, client.versions.size());
      assertEquals(List.of(HttpClient.Version.HTTP_2), distinct(client.versions));
    }
  }

  @Test
  void fallsBackToHttp11() {
    DelegatingHttpClient client =
        new DelegatingHttpClient(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(TestCertificates.trusting())
                .build());
    WireMockServer http11 =
        new WireMockServer(
            wireMockConfig()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .http2TlsDisabled(true)
                .dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(keyStore.toString())
                .keystorePassword(TestCertificates.PASSWORD)
                .keyManagerPassword(TestCertificates.PASSWORD));
    http11.start();
    try (SessionLookup lookup =
        lookup(
                FakeClock.skippingWaits(Duration.ofSeconds(20), 0.5),
                "https://localhost:" + http11.httpsPort())
            .httpClient(client)
            .build()) {
      http11.stubFor(
          WireMock.any(WireMock.anyUrl())
              .willReturn(FakeApi.json(200, FaultServer.goodBody(ApiVersion.V1))));
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
      assertEquals(List.of(HttpClient.Version.HTTP_1_1), client.versions);
    } finally {
      http11.stop();
    }
  }

  @Test
  void doesNotCallAnUntrustedServer() {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(20), 0.5);
    wireMock.resetRequests();
    try (SessionLookup own = lookup(timer, wireMockUrl()).build();
        SessionLookup given =
            lookup(timer, wireMockUrl()).httpClient(HttpClient.newHttpClient()).build()) {
      for (SessionLookup lookup : List.of(own, given)) {
        assertRejectedImmediately(lookup, timer);
      }
      assertEquals(List.of(), wireMock.getAllServeEvents());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TestCertificates.Kind.class,
      names = {"EXPIRED", "WRONG_HOST"})
  void rejectsAnInvalidCertificateImmediately(TestCertificates.Kind kind) throws Exception {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(20), 0.5);
    try (Http2Server server = new Http2Server(kind, 100, stream -> stream.succeed("{}"));
        SessionLookup lookup =
            lookup(timer, server.baseUrl()).httpClient(DelegatingHttpClient.trusting()).build()) {
      assertRejectedImmediately(lookup, timer);
      assertEquals(1, server.connections(), "connections");
      assertEquals(0, server.requests(), "requests");
      assertRejectedImmediately(lookup, timer); // So the permit came back.
    }
  }

  private static void assertRejectedImmediately(SessionLookup lookup, FakeClock timer) {
    TransportException thrown =
        assertThrows(TransportException.class, () -> lookup.get(FakeApi.ID));
    assertEquals(false, thrown.isRetryable());
    assertEquals(1, thrown.attempts());
    assertEquals(true, thrown.statusCode().isEmpty());
    assertInstanceOf(SSLException.class, thrown.getCause());
    assertEquals(List.of(), timer.waits());
  }

  @Test
  void retriesAConnectionClosedDuringTheHandshake() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      Thread server =
          new Thread(
              () -> {
                try {
                  while (true) {
                    listener.accept().close();
                  }
                } catch (IOException closed) {
                  // The test is over.
                }
              });
      server.setDaemon(true);
      server.start();
      FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(20), 0.5);
      try (SessionLookup lookup =
          lookup(timer, "https://localhost:" + listener.getLocalPort()).build()) {
        TransportException thrown =
            assertThrows(TransportException.class, () -> lookup.get(FakeApi.ID));
        assertEquals(true, thrown.isRetryable(), thrown::toString);
        assertEquals(3, thrown.attempts());
        assertEquals(2, timer.waits().size());
      }
    }
  }

  private static SessionLookupBuilder lookup(FakeClock timer, String baseUrl) {
    return timer.lookup(baseUrl).strategy(LookupStrategy.V1).maxRetries(2).maxConcurrency(1);
  }

  private static String wireMockUrl() {
    return "https://localhost:" + wireMock.httpsPort();
  }

  private static <T> List<T> distinct(List<T> values) {
    return List.copyOf(new HashSet<>(values));
  }
}
