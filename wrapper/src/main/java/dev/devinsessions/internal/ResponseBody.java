package dev.devinsessions.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** A response with its body. Decompresses the body up to a limit. */
final class ResponseBody {
  /** Maximum number of bytes read from an error response, or decoded from a malformed one. */
  static final int MAX_ERROR_BYTES = 64 * 1024;

  private static final int NO_CONTENT = 204;

  /** The body is larger than allowed. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long maxResponseBytes) {
      super("the body exceeds maxResponseBytes (" + maxResponseBytes + ")");
    }
  }

  final HttpResponse.ResponseInfo head;
  private final byte[] encoded;
  private final String encoding;

  ResponseBody(byte[] encoded, HttpResponse.ResponseInfo head) {
    this.encoded = encoded;
    this.head = head;
    // Not firstValue(), which creates a stream for each lookup.
    List<String> values = head.headers().allValues("Content-Encoding");
    String value = encoded.length == 0 || values.isEmpty() ? "" : values.get(0).trim();
    encoding = value.isEmpty() ? "identity" : value.toLowerCase(Locale.ROOT);
  }

  boolean isSuccess() {
    return head.statusCode() / 100 == 2;
  }

  /** Whether the body was delimited only by the close of the connection, and may be truncated. */
  boolean mayBeTruncated() {
    HttpHeaders headers = head.headers();
    return head.version() == HttpClient.Version.HTTP_1_1
        && head.statusCode() != NO_CONTENT
        && headers.firstValue("Content-Length").isEmpty()
        && headers.firstValue("Transfer-Encoding").isEmpty();
  }

  /**
   * Decompresses the body.
   *
   * @throws EOFException if the compressed body ends too early
   * @throws IOException if the encoding is invalid or the body exceeds the limit
   */
  byte[] decode(long maxBytes) throws IOException {
    if (encoding.equals("identity")) {
      return encoded;
    }
    try (InputStream in = decompress()) {
      byte[] bytes = in.readNBytes((int) maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new TooLargeException(maxBytes);
      }
      return bytes;
    } catch (StackOverflowError tooManyParts) {
      // GZIPInputStream recurses for each empty member.
      throw new IOException("the gzip body has too many empty members", tooManyParts);
    }
  }

  /** The readable start of the body. Never throws: it only adds detail to another failure. */
  byte[] decodeStart() {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    try (InputStream in =
        encoding.equals("identity") ? new ByteArrayInputStream(encoded) : decompress()) {
      byte[] part = new byte[4096];
      int length = in.read(part);
      while (length >= 0 && start.size() + length <= MAX_ERROR_BYTES) {
        start.write(part, 0, length);
        length = in.read(part);
      }
    } catch (IOException | StackOverflowError unreadable) {
      return start.toByteArray();
    }
    return start.toByteArray();
  }

  private InputStream decompress() throws IOException {
    if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
      throw new IOException("the Content-Encoding is " + encoding + ", not gzip");
    }
    return new GZIPInputStream(new ByteArrayInputStream(encoded));
  }
}
