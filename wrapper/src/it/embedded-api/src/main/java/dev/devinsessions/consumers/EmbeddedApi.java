package dev.devinsessions.consumers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Both APIs on a free loopback port. They know every session but {@link #UNKNOWN}. */
public final class EmbeddedApi implements AutoCloseable {
  /** The personal key of an enterprise admin, which both APIs accept. */
  public static final String KEY = "apk_user_a2V5LW9mLXRoZS1jb25zdW1lcnM=";

  /** A service key, which only v1 accepts. */
  public static final String SERVICE_KEY = "apk_a2V5LW9mLWEtc2VydmljZQ==";

  public static final String UNKNOWN = "devin-unknown";

  /** A session whose only message has no {@code event_id}. */
  public static final String DEVIATING = "devin-deviating";

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger maxInFlight = new AtomicInteger();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HttpServer server;

  private EmbeddedApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    for (String api : new String[] {"v1", "v2"}) {
      String path = api.equals("v1") ? "/v1/sessions/" : "/v2/enterprise/sessions/";
      try (InputStream in = EmbeddedApi.class.getResourceAsStream(api + ".json")) {
        String session = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        server.createContext(path, exchange -> respond(exchange, session));
      }
    }
    server.setExecutor(executor);
    server.start();
  }

  public static EmbeddedApi start() throws IOException {
    return new EmbeddedApi();
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public int requests() {
    return requests.get();
  }

  /** The peak number of requests in flight. */
  public int maxInFlight() {
    return maxInFlight.get();
  }

  private void respond(HttpExchange exchange, String session) throws IOException {
    requests.incrementAndGet();
    maxInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    String id = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (!Set.of("Bearer " + KEY, "Bearer " + SERVICE_KEY).contains(authorization)) {
      send(exchange, 401, "{\"detail\": \"Invalid API key\"}");
    } else if (id.equals(UNKNOWN)) {
      send(exchange, 404, "{\"detail\": \"Session not found\"}");
    } else {
      String body = session.replace("ID", id);
      send(exchange, 200, id.equals(DEVIATING) ? body.replace("event_id", "event") : body);
    }
  }

  private void send(HttpExchange exchange, int status, String body) throws IOException {
    inFlight.decrementAndGet();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
  }
}
