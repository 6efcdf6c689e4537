package dev.devinsessions;

import static java.util.stream.Collectors.joining;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Both APIs on a loopback port over HTTP/1.1. Tests control each byte of a response. Each
 * connection has its own thread, which a stall blocks until the client closes the connection or the
 * server is closed.
 */
final class FaultServer extends LoopbackServer {
  /** The time between the bytes of a dribbling response, in milliseconds. */
  private static final int DRIBBLE_MILLIS = 10;

  /** After this many bytes, a dribbling response counts as a stall. */
  private static final int DRIBBLES = 5;

  /**
   * Responds to one request, on the thread of its connection. If it leaves the connection open,
   * another request may follow.
   */
  interface Script {
    void respond(Exchange exchange) throws IOException;

    default Script then(Script next) {
      return exchange -> {
        respond(exchange);
        next.respond(exchange);
      };
    }

    static Script send(String text) {
      return exchange -> exchange.write(text);
    }
  }

  private final Map<ApiVersion, Deque<Script>> scripts = new EnumMap<>(ApiVersion.class);
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Runnable onStall = () -> {};

  FaultServer() throws IOException {
    this(new ServerSocket(0, 500, InetAddress.getByName("127.0.0.1")));
  }

  /** Uses another listener, for example one for TLS. */
  FaultServer(ServerSocket listener) {
    super(listener);
    respondNormally();
    start();
  }

  /** Sets the responses of an API: each script once, in this order; the last one repeats. */
  void respond(ApiVersion api, Script... inTurn) {
    synchronized (scripts) {
      scripts.put(api, new ArrayDeque<>(Arrays.asList(inTurn)));
    }
  }

  /** Makes both APIs return a session. */
  void respondNormally() {
    for (ApiVersion api : ApiVersion.values()) {
      respond(api, Exchange::succeed);
    }
  }

  /** Runs an action each time a script stalls. */
  void onStall(Runnable action) {
    onStall = action;
  }

  static String goodBody(ApiVersion api) {
    return FakeApi.file(
        api == ApiVersion.V1
            ? "v1/blocked-with-pull-request.json"
            : "v2/finished-with-analysis.json");
  }

  String baseUrl() {
    return "http://127.0.0.1:" + port();
  }

  /** A lookup in v1, without retries. */
  SessionLookupBuilder lookup() {
    return SessionLookup.builder()
        .apiKey(FakeApi.PERSONAL_KEY)
        .baseUrl(baseUrl())
        .strategy(LookupStrategy.V1)
        .maxRetries(0);
  }

  List<Request> requests() {
    return requests;
  }

  @Override
  void forget() {
    super.forget();
    requests.clear();
  }

  List<Request> requests(ApiVersion api) {
    return requests.stream().filter(request -> request.api() == api).collect(Collectors.toList());
  }

  private Script next(ApiVersion api) {
    synchronized (scripts) {
      Deque<Script> left = scripts.get(api);
      return left.size() > 1 ? left.poll() : left.peek();
    }
  }

  @Override
  void serve(Socket connection) throws IOException {
    InputStream in = new BufferedInputStream(connection.getInputStream());
    Optional<Request> request = Request.read(in);
    while (request.isPresent()) {
      requests.add(request.get());
      next(request.get().api()).respond(new Exchange(connection, request.get(), onStall));
      request = Request.read(in);
    }
  }

  /** The head of a request. */
  static final class Request {
    private final String head;

    private Request(String head) {
      this.head = head;
    }

    /** Empty if the client closed the connection. */
    static Optional<Request> read(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return Optional.empty();
        }
        head.append((char) next);
      }
      return Optional.of(new Request(head.toString()));
    }

    /** The whole head. */
    String head() {
      return head;
    }

    String path() {
      return head.split(" ", 3)[1];
    }

    ApiVersion api() {
      for (ApiVersion api : ApiVersion.values()) {
        if (path().contains("/" + api.name().substring(0, 2).toLowerCase(Locale.ROOT) + "/")) {
          return api;
        }
      }
      return ApiVersion.V1; // A CONNECT request for a proxy has no path.
    }

    Optional<String> header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).strip())
          .findFirst();
    }
  }

  /** One request and the methods to respond to it. */
  static final class Exchange {
    private final Socket socket;
    private final Request request;
    private final Runnable onStall;

    private Exchange(Socket socket, Request request, Runnable onStall) {
      this.socket = socket;
      this.request = request;
      this.onStall = onStall;
    }

    Request request() {
      return request;
    }

    void write(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The requested session. */
    void succeed() throws IOException {
      respond(200, goodBody());
    }

    /** Sends the requested session in chunks of one byte. */
    void succeedInChunks() throws IOException {
      write(head(200, "Transfer-Encoding: chunked"));
      for (byte one : goodBody().getBytes(StandardCharsets.UTF_8)) {
        write(new byte[] {'1', ';', 'x', '\r', '\n', one, '\r', '\n'});
      }
      write("0\r\n\r\n");
    }

    String goodBody() {
      String id = request.path().replaceAll(".*/", "");
      return FaultServer.goodBody(request.api()).replace(FakeApi.ID, id);
    }

    /** Sends a whole response. */
    void respond(int status, String body, String... headers) throws IOException {
      respond(status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    void respond(int status, byte[] body, String... headers) throws IOException {
      StringBuilder head = new StringBuilder(head(status, headers));
      write(head.insert(head.length() - 2, "Content-Length: " + body.length + "\r\n").toString());
      write(body);
    }

    /** Sends the status line and the headers. */
    static String head(int status, String... headers) {
      String start = "HTTP/1.1 " + status + " Text\r\nContent-Type: application/json\r\n";
      return start + Arrays.stream(headers).map(each -> each + "\r\n").collect(joining()) + "\r\n";
    }

    /** Sends nothing more until the client closes the connection. */
    void stall() throws IOException {
      onStall.run();
      while (socket.getInputStream().read() >= 0) {
        // Pipelined requests get no response.
      }
      throw new IOException("closed by the client");
    }

    /** Writes a byte repeatedly until the client closes the connection. */
    void dribble(int what) throws IOException {
      socket.setSoTimeout(DRIBBLE_MILLIS);
      for (int written = 1; ; written++) {
        socket.getOutputStream().write(what);
        if (written == DRIBBLES) {
          onStall.run();
        }
        try {
          if (socket.getInputStream().read() < 0) {
            throw new IOException("closed by the client");
          }
        } catch (SocketTimeoutException stillThere) {
          // Time for the next byte.
        }
      }
    }

    /** Writes as fast as possible until the client closes the connection. */
    void flood(String what) throws IOException {
      byte[] bytes = what.getBytes(StandardCharsets.UTF_8);
      while (true) {
        write(bytes);
      }
    }

    /** Closes the connection normally. */
    void close() throws IOException {
      socket.close();
    }

    /** Closes the connection with a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
