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

  /** Each is done when its connection is closed. */
  private final Map<Socket, CompletableFuture<Void>> connections = new ConcurrentHashMap<>();

  LoopbackServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** Serves a connection until it returns or fails; then the connection is closed. */
  abstract void serve(Socket connection) throws IOException;

  /** Must come last in a constructor, because it starts to serve connections. */
  final void start() {
    start(this::accept);
  }

  final int port() {
    return listener.getLocalPort();
  }

  /** How many were opened, with or without a successful handshake. */
  final int connections() {
    return connections.size();
  }

  /** Drops the closed connections so far, so that memory stays flat. */
  void forget() {
    connections.values().removeIf(CompletableFuture::isDone);
  }

  /**
   * Waits until all connections so far are closed, by the client where the server did not do it;
   * fails if that takes longer.
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
                // A reset, a write after the client is gone, or the server was closed.
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
