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
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lookups that reach no server. */
@Timeout(120)
class ConnectionFailuresTest {
  private static final Duration PATIENT = Duration.ofSeconds(30);

  @ParameterizedTest
  @EnumSource(
      value = ApiVersion.class,
      names = {"V1", "V2_ENTERPRISE"})
  void retriesARefusedConnection(ApiVersion api) throws Exception {
    Socket reserved = portWithoutListener();
    int port = reserved.getLocalPort();
    FakeClock timer = FakeClock.skippingWaits(PATIENT, 0.5);
    try (SessionLookup lookup =
        lookup(timer, "http://127.0.0.1:" + port, LookupStrategy.valueOf(api.name()))) {
      TransportException thrown =
          assertThrows(TransportException.class, () -> lookup.get(FakeApi.ID));
      assertUnreached(thrown, api, 3);
      assertInstanceOf(ConnectException.class, thrown.getCause());
      assertEquals(2, timer.waits().size());
      reserved.close();
      try (FaultServer server =
          new FaultServer(new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1")))) {
        assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
        assertEquals(1, server.requests().size());
      }
    }
  }

  private static Socket portWithoutListener() throws IOException {
    Socket reserved = new Socket();
    reserved.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    return reserved;
  }

  /** The JDK's client returns such a response without a body. */
  @Test
  void reportsAProxyThatRefusesTheConnection() throws Exception {
    try (FaultServer proxy = new FaultServer()) {
      proxy.respond(
          ApiVersion.V1,
          e -> e.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"));
      URI address = URI.create(proxy.baseUrl());
      HttpClient client =
          HttpClient.newBuilder()
              .proxy(ProxySelector.of(new InetSocketAddress(address.getHost(), address.getPort())))
              .build();
      try (SessionLookup lookup =
          SessionLookup.builder()
              .apiKey(FakeApi.PERSONAL_KEY)
              .strategy(LookupStrategy.V1)
              .httpClient(client)
              .build()) {
        UnexpectedStatusException thrown =
            assertThrows(UnexpectedStatusException.class, () -> lookup.get(FakeApi.ID));
        assertEquals(407, thrown.statusCode().orElseThrow());
        assertEquals(1, proxy.requests().size());
        assertTrue(proxy.requests().get(0).header("Authorization").isEmpty(), "no key for a proxy");
      }
    }
  }

  @Test
  void reportsTheFailuresOfBothApis() throws Exception {
    try (Socket reserved = portWithoutListener()) {
      FakeClock timer = FakeClock.skippingWaits(PATIENT, 0.5);
      String baseUrl = "http://127.0.0.1:" + reserved.getLocalPort();
      try (SessionLookup lookup = lookup(timer, baseUrl, LookupStrategy.COMPLETE)) {
        TransportException thrown =
            assertThrows(TransportException.class, () -> lookup.get(FakeApi.ID));
        assertEquals(3, thrown.attempts());
        assertEquals(1, thrown.getSuppressed().length);
        TransportException other =
            assertInstanceOf(TransportException.class, thrown.getSuppressed()[0]);
        assertEquals(3, other.attempts());
        assertTrue(!other.apiVersion().equals(thrown.apiVersion()));
        assertEquals(4, timer.waits().size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ApiVersion.class,
      names = {"V1", "V2_ENTERPRISE"})
  void attemptTimeoutIncludesConnecting(ApiVersion api) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      List<Socket> backlog = fill(listener);
      String baseUrl = "http://127.0.0.1:" + listener.getLocalPort();
      try (SessionLookup lookup =
          FakeApi.lookupBuilder()
              .apiKey(FakeApi.PERSONAL_KEY)
              .baseUrl(baseUrl)
              .strategy(LookupStrategy.valueOf(api.name()))
              .attemptTimeout(Duration.ofMillis(600))
              .maxConcurrency(1)
              .maxRetries(1)
              .build()) {
        DeadlineExceededException thrown =
            assertThrows(DeadlineExceededException.class, () -> lookup.get(FakeApi.ID));
        assertUnreached(thrown, api, 2);
        assertTrue(thrown.getMessage().contains("0.6 s (attemptTimeout)"), thrown::getMessage);
        for (Socket waiting : backlog) {
          waiting.close();
        }
        try (FaultServer server = new FaultServer(listener)) {
          assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
          assertTrue(server.requests().size() >= 1);
        }
      }
    }
  }

  /** Connects until nobody is let in any more. */
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

  @ParameterizedTest
  @EnumSource(
      value = ApiVersion.class,
      names = {"V1", "V2_ENTERPRISE"})
  void retriesAnUnknownHost(ApiVersion api) {
    FakeClock timer = FakeClock.skippingWaits(PATIENT, 0.5);
    String baseUrl = "https://no-such-host.invalid";
    try (SessionLookup lookup = lookup(timer, baseUrl, LookupStrategy.valueOf(api.name()))) {
      for (int time = 1; time <= 2; time++) { // The second time shows that the permit came back.
        TransportException thrown =
            assertThrows(TransportException.class, () -> lookup.get(FakeApi.ID));
        assertUnreached(thrown, api, 3);
        assertInstanceOf(ConnectException.class, thrown.getCause());
      }
      assertEquals(4, timer.waits().size());
    }
  }

  @Test
  void replacesAStalePooledConnection() throws Exception {
    FakeClock timer = FakeClock.skippingWaits(PATIENT, 0.5);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            timer
                .lookup(server.baseUrl())
                .strategy(LookupStrategy.V1)
                .maxRetries(0)
                .maxConcurrency(1)
                .build()) {
      for (int i = 0; i < 20; i++) {
        server.respond(
            ApiVersion.V1,
            exchange -> {
              exchange.succeed();
              exchange.close(); // Though HTTP/1.1 keeps it open, and nothing said otherwise.
            });
        assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
      }
    }
  }

  private static void assertUnreached(SessionLookupException thrown, ApiVersion api, int attempts) {
    assertEquals(api, thrown.apiVersion().orElseThrow());
    assertEquals(OptionalInt.empty(), thrown.statusCode());
    assertEquals(attempts, thrown.attempts());
    assertTrue(thrown.isRetryable());
    assertTrue(thrown.detail().isEmpty());
  }

  private static SessionLookup lookup(FakeClock timer, String baseUrl, LookupStrategy strategy) {
    return timer.lookup(baseUrl).strategy(strategy).maxRetries(2).maxConcurrency(1).build();
  }
}
