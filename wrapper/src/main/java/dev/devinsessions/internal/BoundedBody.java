package dev.devinsessions.internal;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of one answer: bounded while it is read, whatever it is encoded in, and to be cancelled at any time.
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
    return isSuccess(answer.statusCode())
        ? new Subscriber(limit, false)
        : new Subscriber(Math.min(limit, ERROR_BYTES_AT_MOST), true);
  }

  static boolean isSuccess(int status) {
    return status / 100 == 2;
  }

  /**
   * The bytes of an answer, decompressed.
   *
   * @throws EOFException if they end too early
   * @throws IOException if they are not encoded as they say, or there are more than allowed
   */
  byte[] decode(HttpResponse<byte[]> answer) throws IOException {
    String encoding = answer.headers().firstValue("Content-Encoding").orElse("identity").trim().toLowerCase(Locale.ROOT);
    if (encoding.isEmpty() || encoding.equals("identity")) {
      return answer.body();
    }
    if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
      throw new IOException("the body has the Content-Encoding " + encoding + ", which was not asked for");
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      byte[] bytes = in.readNBytes((int) limit + 1);
      if (bytes.length > limit) {
        throw new TooLargeException(limit);
      }
      return bytes;
    }
  }

  private final class Subscriber implements HttpResponse.BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final List<ByteBuffer> parts = new ArrayList<>();
    private final long limit;
    private final boolean startSuffices;
    private long size;
    private volatile boolean hasEnded;

    Subscriber(long limit, boolean startSuffices) {
      this.limit = limit;
      this.startSuffices = startSuffices;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      body.whenComplete(
          (bytes, error) -> {
            if (!hasEnded) { // Cancelling one that has ended would reset an HTTP/2 stream whose answer is good.
              subscription.cancel();
            }
          });
      cancelled.thenRun(() -> body.completeExceptionally(new IOException("cancelled")));
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      if (body.isDone()) {
        return;
      }
      for (ByteBuffer buffer : buffers) {
        size += buffer.remaining();
        parts.add(buffer);
      }
      if (size > limit) {
        if (startSuffices) {
          body.complete(joined((int) limit));
        } else {
          body.completeExceptionally(new TooLargeException(limit));
        }
        parts.clear();
      }
    }

    @Override
    public void onError(Throwable error) {
      hasEnded = true;
      body.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      hasEnded = true;
      body.complete(joined((int) size));
    }

    private byte[] joined(int length) {
      ByteBuffer joined = ByteBuffer.allocate(length);
      for (ByteBuffer part : parts) {
        joined.put(part.limit(part.position() + Math.min(part.remaining(), joined.remaining())));
      }
      return joined.array();
    }
  }
}
