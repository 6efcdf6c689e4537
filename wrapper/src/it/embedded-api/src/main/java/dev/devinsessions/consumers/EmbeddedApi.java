package dev.devinsessions.consumers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Both APIs on a free loopback port: they know every session whose id does not say otherwise. */
public final class EmbeddedApi implements AutoCloseable {
  /** A personal key, which {@code AUTO} asks v2 with. */
  public static final String KEY = "apk_user_a2V5LW9mLXRoZS1jb25zdW1lcnM=";

  /** The id of no session. */
  public static final String UNKNOWN = "devin-unknown";

  /** The id of a session whose only message has no id. */
  public static final String WRONG_MESSAGES = "devin-wrong-messages";

  private static final String COMMON =
      "\"session_id\": \"%s\", \"title\": \"Retire the flag 退役\", \"tags\": [\"flags\"],"
          + " \"created_at\": \"2026-01-02T03:04:05Z\", \"updated_at\": \"2026-01-02T04:05:06Z\",";

  private static final String V1 =
      "{%s \"status\": \"running\", \"status_enum\": \"blocked\","
          + " \"pull_request\": {\"url\": \"https://github.com/acme/mario/pull/123\"},"
          + " \"structured_output\": {\"merged_on\": \"2026-01-02\", \"files\": [\"mods.js\"]},"
          + " \"messages\": [{\"event_id\": \"ev-1\", \"type\": \"initial_user_message\","
          + " \"message\": \"Remove the flag.\", \"timestamp\": \"2026-01-02T03:04:05Z\"}]}";

  private static final String V2 =
      "{%s \"status\": \"finished\", \"org_id\": \"org-1\", \"user_id\": \"user-1\","
          + " \"url\": \"https://app.devin.ai/sessions/1\", \"acus_consumed\": 1.50,"
          + " \"pull_requests\": [{\"url\": \"https://github.com/acme/mario/pull/123\","
          + " \"state\": \"merged\"}], \"session_analysis\": null, \"initial_user_message\": null, \"not_in_the_specification\": [1]}";

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HttpServer server;

  private EmbeddedApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/sessions/", exchange -> answer(exchange, V1));
    server.createContext("/v2/enterprise/sessions/", exchange -> answer(exchange, V2));
    server.setExecutor(executor);
    server.start();
  }

  public static EmbeddedApi start() throws IOException {
    return new EmbeddedApi();
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many requests came so far. */
  public int requests() {
    return requests.get();
  }

  /** How many requests were under way at once, at most. */
  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  private void answer(HttpExchange exchange, String session) throws IOException {
    requests.incrementAndGet();
    mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    String id = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
    boolean authorized =
        ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!authorized) {
      send(exchange, 401, "{\"detail\": \"Invalid API key\"}");
    } else if (id.equals(UNKNOWN)) {
      send(exchange, 404, "{\"detail\": \"Session not found\"}");
    } else {
      String body = String.format(session, String.format(COMMON, id));
      send(exchange, 200, id.equals(WRONG_MESSAGES) ? body.replace("event_id", "id") : body);
    }
  }

  private void send(HttpExchange exchange, int status, String body) throws IOException {
    underWay.decrementAndGet();
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
