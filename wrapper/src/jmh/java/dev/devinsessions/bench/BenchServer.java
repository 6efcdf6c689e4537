package dev.devinsessions.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Both APIs under {@code /<scenario>}, in a process of its own: its work must not be counted. Does
 * no more than to find out which ready answer is asked for. Prints its port; ends with its standard
 * input.
 */
public final class BenchServer {
  private static final int V1_DELAY_MILLIS = 20;
  private static final int V2_DELAY_MILLIS = 15;
  private static final int HEAD_BYTES_AT_MOST = 8192;

  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();

  private BenchServer() {}

  public static void main(String[] args) throws IOException {
    ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    System.out.println(listener.getLocalPort());
    BenchServer server = new BenchServer();
    daemon(() -> server.accept(listener));
    System.in.read();
  }

  private void accept(ServerSocket listener) {
    while (true) {
      try {
        Socket connection = listener.accept();
        daemon(() -> serve(connection));
      } catch (IOException e) {
        e.printStackTrace();
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = connection.getInputStream();
      OutputStream out = connection.getOutputStream();
      byte[] head = new byte[HEAD_BYTES_AT_MOST];
      for (int length = 0, read; (read = in.read(head, length, head.length - length)) > 0; ) {
        length += read;
        if (isWhole(head, length)) {
          out.write(answer(path(head)));
          length = 0;
        }
      }
    } catch (IOException | InterruptedException closedByClient) {
      // The client ends a connection when it likes.
    }
  }

  private byte[] answer(String path) throws InterruptedException {
    String scenario = path.substring(1, path.indexOf('/', 1));
    boolean isV2 = path.startsWith("/v2/", 1 + scenario.length());
    if (scenario.endsWith("-delayed")) {
      Thread.sleep(isV2 ? V2_DELAY_MILLIS : V1_DELAY_MILLIS);
    }
    return answers.computeIfAbsent(
        isV2 ? "v2" : scenario, key -> withHead(isV2 ? Answers.v2() : Answers.v1(scenario)));
  }

  private static byte[] withHead(byte[] body) {
    byte[] head =
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] answer = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, answer, head.length, body.length);
    return answer;
  }

  /** Requests have no body, and none is sent before the last one was answered. */
  private static boolean isWhole(byte[] head, int length) {
    return length > 3
        && head[length - 4] == '\r'
        && head[length - 3] == '\n'
        && head[length - 2] == '\r'
        && head[length - 1] == '\n';
  }

  private static String path(byte[] head) {
    int end = 4;
    while (head[end] != ' ') {
      end++;
    }
    return new String(head, 4, end - 4, StandardCharsets.US_ASCII);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }
}
