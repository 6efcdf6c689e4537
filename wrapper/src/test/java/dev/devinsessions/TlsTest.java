package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lookups over TLS, with trusted and untrusted certificates. */
@Isolated("It changes the default trust of the JVM.")
@Timeout(60)
class TlsTest {
  private final FakeClock clock = FakeClock.skippingWaits(Duration.ofSeconds(20), 0.5);
  private SSLContext before;

  @BeforeEach
  void trustTestCertificates() throws Exception {
    before = SSLContext.getDefault();
    SSLContext.setDefault(TestCertificates.trusting());
  }

  @AfterEach
  void restoreTrust() {
    SSLContext.setDefault(before);
  }

  private SessionLookupBuilder lookup(String baseUrl) {
    return clock.lookup(baseUrl).strategy(LookupStrategy.V1).maxRetries(2).maxConcurrency(1);
  }

  @Test
  void callsATrustedServerOverHttp2() throws Exception {
    String body = FaultServer.goodBody(ApiVersion.V1);
    try (Http2Server server = new Http2Server(100, stream -> stream.succeed(body));
        SessionLookup lookup = clock.lookup(server.baseUrl()).maxRetries(0).build()) {
      for (int i = 0; i < 20; i++) {
        Session session = lookup.get(FakeApi.ID);
        assertEquals(Set.of(ApiVersion.V1, ApiVersion.V2_ENTERPRISE), session.sources());
      }
      assertEquals(40, server.requests());
    }
  }

  @Test
  void fallsBackToHttp11() throws Exception {
    try (FaultServer server = http11Server(TestCertificates.Kind.GOOD);
        SessionLookup lookup = lookup(url(server)).build()) {
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
      assertTrue(server.requests().get(0).head().contains(" HTTP/1.1\r\n"));
    }
  }

  private static FaultServer http11Server(TestCertificates.Kind certificate) throws IOException {
    return new FaultServer(
        TestCertificates.server(certificate)
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
  }

  private static String url(FaultServer server) {
    return server.baseUrl().replace("http://127.0.0.1", "https://localhost");
  }

  @Test
  void doesNotCallAnUntrustedServer() throws Exception {
    SSLContext.setDefault(before);
    try (FaultServer server = http11Server(TestCertificates.Kind.GOOD);
        SessionLookup own = lookup(url(server)).build();
        SessionLookup given = lookup(url(server)).httpClient(HttpClient.newHttpClient()).build()) {
      for (SessionLookup lookup : List.of(own, given)) {
        assertRejectedImmediately(lookup);
      }
      assertEquals(List.of(), server.requests());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TestCertificates.Kind.class,
      names = {"EXPIRED", "WRONG_HOST"})
  void rejectsAnInvalidCertificateImmediately(TestCertificates.Kind kind) throws Exception {
    try (FaultServer server = http11Server(kind);
        SessionLookup lookup = lookup(url(server)).build()) {
      assertRejectedImmediately(lookup);
      assertEquals(1, server.connections());
      assertEquals(List.of(), server.requests());
      assertRejectedImmediately(lookup); // So the permit was released.
    }
  }

  private void assertRejectedImmediately(SessionLookup lookup) {
    TransportException thrown =
        assertThrows(TransportException.class, () -> lookup.get(FakeApi.ID));
    assertFalse(thrown.isRetryable());
    assertEquals(1, thrown.attempts());
    assertTrue(thrown.statusCode().isEmpty());
    assertInstanceOf(SSLException.class, thrown.getCause());
    assertEquals(List.of(), clock.waits());
  }

  @Test
  void retriesAConnectionClosedDuringTheHandshake() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        SessionLookup lookup = lookup("https://localhost:" + listener.getLocalPort()).build()) {
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
      TransportException thrown =
          assertThrows(TransportException.class, () -> lookup.get(FakeApi.ID));
      assertTrue(thrown.isRetryable(), thrown::toString);
      assertEquals(3, thrown.attempts());
      assertEquals(2, clock.waits().size());
    }
  }
}
