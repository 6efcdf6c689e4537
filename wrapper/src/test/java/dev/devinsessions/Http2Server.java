package dev.devinsessions;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP/2 server over TLS on loopback that speaks frames, so that a test decides what becomes of
 * each stream. It does not read request headers, and sends only bodies that fit into one frame.
 */
final class Http2Server implements Closeable {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int MAX_CONCURRENT_STREAMS = 3;

  /** Error code: the stream was not processed. */
  static final int REFUSED_STREAM = 7;

  /** Error code: too many requests. */
  static final int ENHANCE_YOUR_CALM = 11;

  /** Error code: no error; the connection is closed gracefully. */
  static final int NO_ERROR = 0;

  private final SSLServerSocket listener;
  private final int streamsAtOnce;
  private final Consumer<Stream> responder;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * @param streamsAtOnce the limit in the server's settings
   * @param responder responds to a request, on the thread that reads its connection
   */
  Http2Server(int streamsAtOnce, Consumer<Stream> responder) throws IOException {
    this(TestCertificates.Kind.GOOD, streamsAtOnce, responder);
  }

  Http2Server(TestCertificates.Kind certificate, int streamsAtOnce, Consumer<Stream> responder)
      throws IOException {
    this.streamsAtOnce = streamsAtOnce;
    this.responder = responder;
    listener =
        (SSLServerSocket)
            TestCertificates.server(certificate)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    SSLParameters parameters = listener.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    listener.setSSLParameters(parameters);
    start("http2-accept", this::accept);
  }

  String baseUrl() {
    return "https://localhost:" + listener.getLocalPort();
  }

  /** How many were opened, with or without a successful handshake. */
  int connections() {
    return connections.size();
  }

  /** How many streams were opened. */
  int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Connection connection : connections) {
      connection.socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Connection connection = new Connection((SSLSocket) listener.accept());
        connections.add(connection);
        start("http2-connection", connection::serve);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private final class Connection {
    private final SSLSocket socket;
    private final Set<Integer> open = ConcurrentHashMap.newKeySet();
    private DataOutputStream out;
    private int lastStream;

    Connection(SSLSocket socket) {
      this.socket = socket;
    }

    void serve() {
      try (socket) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
        write(
            SETTINGS,
            0,
            0,
            new byte[] {
              0, MAX_CONCURRENT_STREAMS, 0, 0, (byte) (streamsAtOnce >> 8), (byte) streamsAtOnce
            });
        while (true) {
          int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
          int type = in.readUnsignedByte();
          int flags = in.readUnsignedByte();
          int id = in.readInt();
          byte[] payload = in.readNBytes(length);
          if (type == SETTINGS && (flags & ACK) == 0) {
            write(SETTINGS, ACK, 0, new byte[0]);
          } else if (type == PING && (flags & ACK) == 0) {
            write(PING, ACK, 0, payload);
          } else if (type == HEADERS) {
            lastStream = id;
            open.add(id);
            requests.incrementAndGet();
            responder.accept(new Stream(this, id));
          } else if (type == RST_STREAM) {
            open.remove(id);
          }
        }
      } catch (IOException over) {
        // The client closed the connection, or the test is over.
      }
    }

    private synchronized void write(int type, int flags, int id, byte[] payload)
        throws IOException {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      DataOutputStream data = new DataOutputStream(frame);
      data.writeByte(payload.length >> 16);
      data.writeShort(payload.length);
      data.writeByte(type);
      data.writeByte(flags);
      data.writeInt(id);
      data.write(payload);
      out.write(frame.toByteArray());
      out.flush();
    }

    private void tryWrite(int type, int flags, int id, byte[] payload) {
      try {
        write(type, flags, id, payload);
      } catch (IOException gone) {
        // The client has closed the connection.
      }
    }
  }

  /** One request. */
  static final class Stream {
    private final Connection connection;
    private final int id;

    Stream(Connection connection, int id) {
      this.connection = connection;
      this.id = id;
    }

    /** How many streams of the connection are open, this one included. */
    int openAtOnce() {
      return connection.open.size();
    }

    /** Responds with 200 and a body. */
    void succeed(String body) {
      connection.open.remove(id);
      connection.tryWrite(HEADERS, END_HEADERS, id, new byte[] {(byte) 0x88});
      connection.tryWrite(DATA, END_STREAM, id, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the stream with an error. */
    void reset(int errorCode) {
      connection.open.remove(id);
      connection.tryWrite(RST_STREAM, 0, id, fourBytes(errorCode));
    }

    /**
     * Says that the connection takes no more streams, and that this and later ones have not been
     * processed.
     */
    void goAwayBefore(int errorCode) {
      goAway(id - 2, errorCode);
    }

    /** Says that the connection takes no more streams after this one. */
    void goAwayAfter(int errorCode) {
      goAway(id, errorCode);
    }

    /** Closes the connection without a word. */
    void drop() {
      try {
        connection.socket.close();
      } catch (IOException gone) {
        // It is closed.
      }
    }

    private void goAway(int lastProcessed, int errorCode) {
      byte[] payload = new byte[8];
      System.arraycopy(fourBytes(Math.max(0, lastProcessed)), 0, payload, 0, 4);
      System.arraycopy(fourBytes(errorCode), 0, payload, 4, 4);
      connection.tryWrite(GOAWAY, 0, 0, payload);
    }

    private static byte[] fourBytes(int value) {
      return new byte[] {
        (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
      };
    }
  }
}
