package dev.devinsessions;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/**
 * An HTTP/2 server over TLS on loopback that sends and receives frames. Tests decide what happens
 * to each stream. It does not read request headers, and sends only bodies that fit into one frame.
 */
final class Http2Server extends LoopbackServer {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final short MAX_CONCURRENT_STREAMS = 3;

  /** Error code: the stream was not processed. */
  static final int REFUSED_STREAM = 7;

  /** Error code: too many requests. */
  static final int ENHANCE_YOUR_CALM = 11;

  /** Error code: no error; the connection is closed gracefully. */
  static final int NO_ERROR = 0;

  private final int streamsAtOnce;
  private final Consumer<Stream> responder;
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
    super(listener(certificate));
    this.streamsAtOnce = streamsAtOnce;
    this.responder = responder;
    start();
  }

  private static SSLServerSocket listener(TestCertificates.Kind certificate) throws IOException {
    SSLServerSocket listener =
        (SSLServerSocket)
            TestCertificates.server(certificate)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    SSLParameters parameters = listener.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    listener.setSSLParameters(parameters);
    return listener;
  }

  String baseUrl() {
    return "https://localhost:" + port();
  }

  /** The number of streams that were opened. */
  int requests() {
    return requests.get();
  }

  @Override
  void serve(Socket connection) throws IOException {
    OutputStream out = connection.getOutputStream();
    Set<Integer> open = ConcurrentHashMap.newKeySet();
    DataInputStream in = new DataInputStream(connection.getInputStream());
    in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
    ByteBuffer limit = ByteBuffer.allocate(6).putShort(MAX_CONCURRENT_STREAMS);
    write(out, SETTINGS, 0, 0, limit.putInt(streamsAtOnce).array());
    while (true) {
      int lengthAndType = in.readInt();
      int type = lengthAndType & 0xff;
      int flags = in.readUnsignedByte();
      int id = in.readInt();
      byte[] payload = in.readNBytes(lengthAndType >> 8);
      if (type == HEADERS) {
        open.add(id);
        requests.incrementAndGet();
        responder.accept(new Stream(out, open, id));
      } else if (type == RST_STREAM) {
        open.remove(id);
      } else if (type == SETTINGS && flags != ACK) {
        write(out, SETTINGS, ACK, 0, new byte[0]);
      } else if (type == PING && flags != ACK) {
        write(out, PING, ACK, 0, payload);
      }
    }
  }

  private static void write(OutputStream out, int type, int flags, int id, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(id).put(payload);
    synchronized (out) {
      try {
        out.write(frame.array());
      } catch (IOException gone) {
        // The client has closed the connection.
      }
    }
  }

  /** One request. */
  static final class Stream {
    private final OutputStream out;
    private final Set<Integer> open;
    private final int id;

    private Stream(OutputStream out, Set<Integer> open, int id) {
      this.out = out;
      this.open = open;
      this.id = id;
    }

    /** The number of open streams of the connection, including this one. */
    int openAtOnce() {
      return open.size();
    }

    /** Responds with 200 and a body. */
    void succeed(String body) {
      open.remove(id);
      write(out, HEADERS, END_HEADERS, id, new byte[] {(byte) 0x88});
      write(out, DATA, END_STREAM, id, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the stream with an error. */
    void reset(int errorCode) {
      open.remove(id);
      write(out, RST_STREAM, 0, id, ByteBuffer.allocate(4).putInt(errorCode).array());
    }

    /**
     * Sends GOAWAY: the connection accepts no more streams, and this one and later ones have not
     * been processed.
     */
    void goAwayBefore(int errorCode) {
      ByteBuffer payload = ByteBuffer.allocate(8).putInt(Math.max(0, id - 2)).putInt(errorCode);
      write(out, GOAWAY, 0, 0, payload.array());
    }
  }
}
