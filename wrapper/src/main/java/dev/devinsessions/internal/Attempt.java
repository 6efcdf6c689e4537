package dev.devinsessions.internal;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. {@link #send} blocks the calling thread; any other thread may call
 * {@link #end}.
 */
final class Attempt implements HttpResponse.BodyHandler<byte[]> {
  /** The maximum number of bytes allocated for a {@code Content-Length} before they arrive. */
  private static final int MAX_PREALLOCATED = 8 * 1024 * 1024;

  private final long maxResponseBytes;

  /**
   * Completed by the last byte of the body, a failure, or {@link #end}, whichever comes first. Not
   * the future of {@code sendAsync}, which the JDK completes on the common pool.
   */
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();

  private volatile HttpResponse.@Nullable ResponseInfo head;
  private @Nullable Thread sender;

  Attempt(long maxResponseBytes) {
    this.maxResponseBytes = maxResponseBytes;
  }

  /** The status and headers of the response; null until they arrive. */
  HttpResponse.@Nullable ResponseInfo head() {
    return head;
  }

  /**
   * Sends a request and waits for the last byte of the body.
   *
   * @param isOwnClient whether the library created the client and may call {@code send}, which does
   *     not need the common pool; a custom client may be decorated, so only its {@code sendAsync}
   *     is called
   * @throws ExecutionException if there is no complete response; its cause is the error
   */
  ResponseBody send(HttpClient client, boolean isOwnClient, HttpRequest request)
      throws ExecutionException {
    CompletableFuture<?> exchange = null;
    synchronized (this) { // Before the check: end() interrupts this thread or is seen by the check.
      sender = Thread.currentThread();
    }
    try {
      if (!body.isDone() && isOwnClient) {
        onResponse(client.send(request, this));
      } else if (!body.isDone()) {
        exchange =
            Objects.requireNonNull(client.sendAsync(request, this), "sendAsync returned null");
        exchange.whenComplete(this::onExchange);
        body.get();
      }
    } catch (InterruptedException e) { // Normally from end(); then the body is already completed.
      body.completeExceptionally(e);
    } catch (Throwable e) { // A decorated client may throw anything.
      body.completeExceptionally(e);
    }
    synchronized (this) {
      sender = null;
    }
    Thread.interrupted(); // Clears the interrupt by which end() may have ended the attempt.
    if (!body.isCompletedExceptionally()) {
      return new ResponseBody(body.join(), Objects.requireNonNull(head));
    }
    if (exchange != null) {
      cancel(exchange);
    }
    Throwable error = body.handle((bytes, failure) -> failure).join();
    throw new ExecutionException("no complete response", error);
  }

  /** Ends the attempt with an error, unless it has already ended. */
  void end(Throwable error) {
    if (body.completeExceptionally(error)) {
      synchronized (this) {
        if (sender != null) {
          sender.interrupt();
        }
      }
    }
  }

  private static void cancel(CompletableFuture<?> exchange) {
    try {
      exchange.cancel(true);
    } catch (RuntimeException e) {
      // The future of a decorated client may throw. The outcome is already known.
    }
  }

  private void onExchange(@Nullable Object response, @Nullable Throwable error) {
    try {
      if (error == null) {
        onResponse(Objects.requireNonNull(response, "the HttpClient returned no response"));
      } else {
        body.completeExceptionally(LookupFuture.unwrap(error));
      }
    } catch (RuntimeException e) {
      body.completeExceptionally(e);
    }
  }

  /** Some clients skip the body handler, as the JDK's does if a proxy rejects CONNECT with 407. */
  private void onResponse(Object response) {
    if (!body.isDone()) {
      HttpResponse<?> received = (HttpResponse<?>) response;
      byte[] bytes = received.body() == null ? new byte[0] : (byte[]) received.body();
      head = head(received);
      body.complete(bytes);
    }
  }

  private static HttpResponse.ResponseInfo head(HttpResponse<?> response) {
    return new HttpResponse.ResponseInfo() {
      @Override
      public int statusCode() {
        return response.statusCode();
      }

      @Override
      public HttpHeaders headers() {
        return response.headers();
      }

      @Override
      public HttpClient.Version version() {
        return response.version();
      }
    };
  }

  @Override
  public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo received) {
    if (!body.isDone()) { // The head of a failed attempt must not change any more.
      head = received;
    }
    return new Subscriber(received);
  }

  /**
   * Collects the body, and stops at the size limit or on {@link #end}. Copies each part while the
   * next one is on its way; the JDK's own subscriber copies all parts after the last one.
   */
  private final class Subscriber implements HttpResponse.BodySubscriber<byte[]> {
    private final boolean isSuccess;
    private final int maxBytes;
    private byte[] bytes;
    private int length;

    /**
     * Set when the response has ended, successfully or not. Cancelling would then reset its HTTP/2
     * stream.
     */
    private volatile boolean hasEnded;

    @SuppressWarnings("NullAway.Init") // onSubscribe precedes every use.
    private Flow.Subscription subscription;

    Subscriber(HttpResponse.ResponseInfo received) {
      isSuccess = received.statusCode() / 100 == 2;
      maxBytes =
          (int)
              (isSuccess
                  ? maxResponseBytes
                  : Math.min(maxResponseBytes, ResponseBody.MAX_ERROR_BYTES));
      List<String> lengths = received.headers().allValues("Content-Length");
      long expected = lengths.isEmpty() ? 0 : Long.parseLong(lengths.get(0));
      bytes = new byte[(int) Math.max(0, Math.min(maxBytes, Math.min(expected, MAX_PREALLOCATED)))];
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      body.whenComplete((complete, error) -> cancelUnlessEnded()); // Immediately if it is done.
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      boolean isTooLong = false;
      for (ByteBuffer part : parts) {
        int count = Math.min(part.remaining(), maxBytes - length);
        isTooLong |= count < part.remaining();
        if (count > bytes.length - length) {
          long doubled = Math.max(length + (long) count, 2L * bytes.length);
          bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, doubled));
        }
        part.get(bytes, length, count);
        length += count;
      }
      if (isTooLong) {
        endEarly();
      }
    }

    private void endEarly() {
      if (isSuccess) {
        body.completeExceptionally(new ResponseBody.TooLargeException(maxResponseBytes));
      } else {
        complete(); // The start of an error response is enough.
      }
    }

    private void cancelUnlessEnded() {
      if (!hasEnded) {
        subscription.cancel();
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
      complete();
    }

    private void complete() {
      body.complete(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }
  }
}
