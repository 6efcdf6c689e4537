package dev.devinsessions.internal;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of one answer: bounded while it is read, whatever it is encoded in, and to be
 * cancelled at any time.
 */
final class BoundedBody implements HttpResponse.BodyHandler<byte[]> {
  /** Of an error answer this much is kept, and the rest not waited for. */
  private static final int ERROR_BYTES_AT_MOST = 64 * 1024;

  /** The body is larger than allowed. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long limit) {
      super("the body exceeds maxResponseBytes (" + limit + ")");
    }
  }

  private final long limit;
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
  private volatile HttpResponse.@Nullable ResponseInfo head;

  BoundedBody(long limit) {
    this.limit = limit;
  }

  /** Ends the reading, before or after it has begun, and thereby the exchange. */
  void cancel() {
    cancelled.complete(null);
  }

  /** Status and headers of the answer, once they are there. */
  HttpResponse.@Nullable ResponseInfo head() {
    return head;
  }

  @Override
  public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo answer) {
    head = answer;
    return new Subscriber(isSuccess(answer.statusCode()));
  }

  static boolean isSuccess(int status) {
    return status / 100 == 2;
  }

  /** The bytes of an answer as they came; the JDK gives none for that of a proxy. */
  static byte[] bytes(HttpResponse<byte[]> answer) {
    return answer.body() == null ? new byte[0] : answer.body();
  }

  /**
   * The bytes of an answer, decompressed.
   *
   * @throws EOFException if they end too early
   * @throws IOException if they are not encoded as they say, or there are more than allowed
   */
  byte[] decode(HttpResponse<byte[]> answer) throws IOException {
    String encoding =
        answer
            .headers()
            .firstValue("Content-Encoding")
            .orElse("identity")
            .trim()
            .toLowerCase(Locale.ROOT);
    byte[] encoded = bytes(answer);
    if (encoded.length == 0 || encoding.isEmpty() || encoding.equals("identity")) {
      return encoded;
    }
    if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
      throw new IOException(
          "the body has the Content-Encoding " + encoding + ", which was not asked for");
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(encoded))) {
      byte[] bytes = in.readNBytes((int) limit + 1);
      if (bytes.length > limit) {
        throw new TooLargeException(limit);
      }
      return bytes;
    } catch (StackOverflowError tooManyParts) {
      // The JDK's reader goes one call deeper with each part that is empty.
      throw new IOException("the body is gzip of too many empty parts", tooManyParts);
    }
  }

  /**
   * The same for an error answer, of which nothing will do if it cannot be read: the status says
   * enough.
   */
  byte[] decodeError(HttpResponse<byte[]> answer) {
    try {
      return decode(answer);
    } catch (IOException unreadable) {
      return new byte[0];
    }
  }

  /** The JDK's own subscriber, which joins the parts, stopped at the limit. */
  private final class Subscriber implements HttpResponse.BodySubscriber<byte[]> {
    private final HttpResponse.BodySubscriber<byte[]> joined =
        HttpResponse.BodySubscribers.ofByteArray();
    private final boolean isSuccess;
    private long left;
    private volatile boolean hasEnded;

    /** There before anything else is called. */
    @SuppressWarnings("NullAway.Init")
    private Flow.Subscription subscription;

    Subscriber(boolean isSuccess) {
      this.isSuccess = isSuccess;
      left = isSuccess ? limit : Math.min(limit, ERROR_BYTES_AT_MOST);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return joined.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      joined.onSubscribe(subscription);
      cancelled.thenRun(
          () -> {
            // Cancelling one that has ended would reset an HTTP/2 stream whose answer is good.
            if (!hasEnded) {
              onError(new IOException("cancelled"));
              subscription.cancel();
            }
          });
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      for (ByteBuffer part : parts) {
        if (!hasEnded && part.remaining() > left) {
          part.limit(part.position() + (int) left);
          joined.onNext(List.of(part));
          endEarly();
        } else if (!hasEnded) {
          left -= part.remaining();
          joined.onNext(List.of(part));
        }
      }
    }

    private void endEarly() {
      if (isSuccess) {
        onError(new TooLargeException(limit));
      } else {
        onComplete(); // Of an error answer the start suffices.
      }
      subscription.cancel();
    }

    @Override
    public void onError(Throwable error) {
      hasEnded = true;
      joined.onError(error);
    }

    @Override
    public void onComplete() {
      hasEnded = true;
      joined.onComplete();
    }
  }
}
