package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookups that cannot connect to a server. */
class ConnectionFailuresTest extends LookupTestCase {
  @ParameterizedTest
  @ValueSource(strings = {"V1", "V2_ENTERPRISE"})
  void retriesARefusedConnection(ApiVersion api) throws Exception {
    try (Socket portWithoutListener = new Socket()) {
      portWithoutListener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
      assertCannotConnect("http://127.0.0.1:" + portWithoutListener.getLocalPort(), api);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"V1", "V2_ENTERPRISE"})
  void retriesAnUnknownHost(ApiVersion api) {
    assertCannotConnect("https://no-such-host.invalid", api);
  }

  private void assertCannotConnect(String baseUrl, ApiVersion api) {
    FakeClock timer = FakeClock.skippingWaits(Duration.ofSeconds(30), 0.5);
    TransportException thrown =
        assertUnreached(TransportException.class, timer.lookup(baseUrl), api);
    assertInstanceOf(ConnectException.class, thrown.getCause());
    assertEquals(2, timer.waits().size()); // One in each of two lookups.
  }

  @ParameterizedTest
  @ValueSource(strings = {"V1", "V2_ENTERPRISE"})
  void attemptTimeoutIncludesConnecting(ApiVersion api) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      List<Socket> backlog = fill(listener);
      SessionLookupBuilder builder =
          FakeApi.lookupBuilder()
              .apiKey(FakeApi.PERSONAL_KEY)
              .baseUrl("http://127.0.0.1:" + listener.getLocalPort())
              .attemptTimeout(Duration.ofMillis(300));
      DeadlineExceededException thrown =
          assertUnreached(DeadlineExceededException.class, builder, api);
      assertTrue(thrown.getMessage().contains("0.3 s (attemptTimeout)"), thrown::getMessage);
      for (Socket waiting : backlog) {
        waiting.close();
      }
    }
  }

  /** Connects until the server's backlog is full. */
  private static List<Socket> fill(ServerSocket listener) throws IOException {
    List<Socket> waiting = new ArrayList<>();
    while (true) {
      Socket next = new Socket();
      try {
        next.connect(listener.getLocalSocketAddress(), 200);
        waiting.add(next);
      } catch (SocketTimeoutException full) {
        next.close();
        return waiting;
      }
    }
  }

  private <T extends SessionLookupException> T assertUnreached(
      Class<T> error, SessionLookupBuilder builder, ApiVersion api) {
    SessionLookup lookup =
        open(builder.strategy(LookupStrategy.valueOf(api.name())).maxRetries(1).maxConcurrency(1));
    assertThrows(error, () -> lookup.get(FakeApi.ID));
    T thrown = assertThrows(error, () -> lookup.get(FakeApi.ID), "the permit was released");
    assertEquals(api, thrown.apiVersion().orElseThrow());
    assertEquals(OptionalInt.empty(), thrown.statusCode());
    assertEquals(2, thrown.attempts());
    assertTrue(thrown.isRetryable());
    assertTrue(thrown.detail().isEmpty());
    return thrown;
  }

  /** The JDK's client returns a proxy's refusal of CONNECT without a body. */
  @Test
  void reportsAProxyThatRefusesTheConnection() {
    server.respond(
        ApiVersion.V1,
        e -> e.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"));
    InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", server.port());
    HttpClient client = HttpClient.newBuilder().proxy(ProxySelector.of(proxy)).build();
    SessionLookup lookup =
        open(server.lookup().baseUrl("https://api.devin.ai").maxRetries(1).httpClient(client));
    UnexpectedStatusException thrown =
        assertThrows(UnexpectedStatusException.class, () -> lookup.get(FakeApi.ID));
    assertEquals(407, thrown.statusCode().orElseThrow());
    assertEquals(1, server.requests().size());
    assertTrue(
        server.requests().get(0).header("Authorization").isEmpty(),
        "the key is not sent to the proxy");
  }

  @Test
  void replacesAStalePooledConnection() {
    server.respond(
        ApiVersion.V1,
        exchange -> {
          exchange.succeed();
          exchange.close(); // Without a Connection: close header.
        });
    SessionLookup lookup = open(server.lookup().maxConcurrency(1));
    for (int i = 0; i < 20; i++) {
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
    }
  }
}
