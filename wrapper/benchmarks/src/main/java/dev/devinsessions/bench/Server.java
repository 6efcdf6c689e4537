package dev.devinsessions.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Both APIs on a loopback port, in a process of its own because its work must not be counted. The
 * first segment of a path is {@code <messages>-<delay of v1>-<delay of v2>}, in milliseconds.
 */
public final class Server implements AutoCloseable {
  static final String ID = "devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c";

  private static final String MESSAGE =
      "I read Source/settings/mods.js and the three tests beside it.\\n The flag \\\"gravity\\\" is"
          + " read in two places: while the level is loaded, and in each frame. Both now use what"
          + " the flag would have said. The tests pass, and the build is green. Shall I remove the"
          + " entry of the settings page as well, or keep it until the next release is out?";

  private static final Map<String, byte[]> RESPONSES = new ConcurrentHashMap<>();

  private final Process process;
  private final String port;

  private Server(Process process, String port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a server; it ends with this process. */
  static Server start() throws IOException {
    Process process = java(Server.class.getName()).start();
    return new Server(
        process, new BufferedReader(new InputStreamReader(process.getInputStream())).readLine());
  }

  /** A process that runs a program of this package with the JVM and the class path of this one. */
  static ProcessBuilder java(String... arguments) {
    ProcessBuilder process =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    process.command().addAll(List.of("-cp", System.getProperty("java.class.path")));
    process.command().addAll(List.of(arguments));
    return process.redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  String baseUrl(int messages, int v1Millis, int v2Millis) {
    return "http://127.0.0.1:" + port + "/" + messages + "-" + v1Millis + "-" + v2Millis;
  }

  @Override
  public void close() {
    process.destroy();
  }

  public static void main(String[] args) throws IOException {
    ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    System.out.println(listener.getLocalPort());
    daemon(
        () -> {
          while (true) {
            Socket connection = listener.accept();
            daemon(() -> serve(connection));
          }
        });
    System.in.read(); // Ends with the process that started this one.
  }

  private interface Task {
    void run() throws Exception;
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Exception closedByClient) {
                // The client may close its connections at any time.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Requests have no body, and none is sent before the response to the previous one. */
  private static void serve(Socket connection) throws Exception {
    connection.setTcpNoDelay(true);
    InputStream in = connection.getInputStream();
    OutputStream out = connection.getOutputStream();
    byte[] head = new byte[8192];
    int length = 0;
    for (int read = in.read(head); read > 0; read = in.read(head, length, head.length - length)) {
      length += read;
      if (head[length - 2] == '\r' && head[length - 4] == '\r') {
        out.write(respond(new String(head, 0, length, StandardCharsets.US_ASCII).split("[ /]+")));
        length = 0;
      }
    }
  }

  /** Responds to {@code GET /<scenario>/v1/...}. */
  private static byte[] respond(String[] requestLine) throws InterruptedException {
    String[] scenario = requestLine[1].split("-");
    boolean isV1 = requestLine[2].equals("v1");
    int millis = Integer.parseInt(scenario[isV1 ? 1 : 2]);
    if (millis > 0) {
      Thread.sleep(millis); // Simulates the latency of the API.
    }
    return RESPONSES.computeIfAbsent(
        requestLine[2] + scenario[0],
        key -> response(isV1 ? v1(Integer.parseInt(scenario[0])) : v2()));
  }

  private static byte[] response(String body) {
    return String.format(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
            body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String v1(int messages) {
    StringBuilder body =
        new StringBuilder(
            """
            {"session_id":"%s","status":"running","status_enum":"blocked","title":"Retire a flag",\
            "created_at":"2025-12-20T14:47:51.845058Z","updated_at":"2025-12-20T14:54:16.508272Z",\
            "tags":["nightly"],"pull_request":{"url":"https://github.com/acme/game/pull/7"},\
            "structured_output":{"flags":["gravity"],"done":true},"messages":["""
                .formatted(ID));
    for (int i = 0; i < messages; i++) {
      String type = i == 0 ? "initial_user_message" : "devin_message";
      body.append(i == 0 ? "" : ",")
          .append(
              """
              {"type":"%s","event_id":"event-%d","message":"%d: %s",\
              "timestamp":"2025-12-20T14:%02d:%02d.120000+00:00","origin":"web","user_id":null,\
              "username":null}"""
                  .formatted(type, i, i, MESSAGE, i / 60 % 60, i % 60));
    }
    return body.append("]}").toString();
  }

  private static String v2() {
    return """
    {"session_id":"%s","status":"running","title":"Retire a flag","tags":[],"org_id":"org-1",\
    "created_at":"2025-12-20T14:47:51.845058Z","updated_at":"2025-12-20T14:54:16.508272Z",\
    "url":"https://app.devin.ai/sessions/1","user_id":"user-1","acus_consumed":2.37,\
    "pull_requests":[{"url":"https://github.com/acme/game/pull/7","state":"open"}],\
    "initial_user_message":"Retire the flag","session_analysis":null}"""
        .formatted(ID);
  }
}
