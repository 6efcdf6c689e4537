package dev.devinsessions;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Accepts connections on a loopback port and serves each on a thread of its own. */
abstract class LoopbackServer implements Closeable {
  private final ServerSocket listener;

  /** One for each connection, done when the connection is closed. */
  private final Map<Socket, CompletableFuture<Void>> connections = new ConcurrentHashMap<>();

  LoopbackServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** Serves a connection, which is closed when this returns or throws. */
  abstract void serve(Socket connection) throws IOException;

  /** Starts serving connections, so it must come last in a constructor. */
  final void start() {
    start(this::accept);
  }

  final int port() {
    return listener.getLocalPort();
  }

  /** The number of accepted connections, with or without a successful handshake. */
  final int connections() {
    return connections.size();
  }

  /** Forgets closed connections, so that memory stays flat. */
  void forget() {
    connections.values().removeIf(CompletableFuture::isDone);
  }

  /**
   * Waits until the client has closed every connection that the server has not. Fails after the
   * given time.
   */
  final void awaitClosedByClient(long seconds) throws Exception {
    CompletableFuture.allOf(connections.values().toArray(CompletableFuture<?>[]::new))
        .get(seconds, TimeUnit.SECONDS);
  }

  @Override
  public final void close() throws IOException {
    listener.close();
    for (Socket connection : connections.keySet()) {
      connection.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        connection.setTcpNoDelay(true);
        CompletableFuture<Void> closed = new CompletableFuture<>();
        connections.put(connection, closed);
        start(
            () -> {
              try (connection) {
                serve(connection);
              } catch (IOException e) {
                // The connection was reset, the client is gone, or the server was closed.
              } finally {
                closed.complete(null);
              }
            });
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "loopback-server");
    thread.setDaemon(true);
    thread.start();
  }
}
