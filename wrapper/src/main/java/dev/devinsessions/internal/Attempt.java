package dev.devinsessions.internal;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. {@link #send} blocks the thread that calls it; {@link #end} ends it
 * from any other.
 */
final class Attempt implements HttpResponse.BodyHandler<byte[]> {
  private final long maxResponseBytes;

  /**
   * Completed by whatever comes first: the last byte of the body, a failure, or {@link #end}. It is
   * not the future of {@code sendAsync}, which the JDK completes on its common pool.
   */
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();

  private volatile HttpResponse.@Nullable ResponseInfo head;
  private @Nullable Thread sender;
  private boolean isSenderInterrupted;

  Attempt(long maxResponseBytes) {
    this.maxResponseBytes = maxResponseBytes;
  }

  /** Status and headers of the response, once they have come. */
  HttpResponse.@Nullable ResponseInfo head() {
    return head;
  }

  /**
   * Sends a request and waits for the last byte of the body.
   *
   * @param isOwnClient whether it is the library's, whose {@code send} needs no other thread; a
   *     given one may be decorated, and all of its requests go through {@code sendAsync}
   * @throws ExecutionException with the cause if there is no complete response
   * @throws InterruptedException if this thread was interrupted by other code; its flag stays set
   */
  ResponseBody send(HttpClient client, boolean isOwnClient, HttpRequest request)
      throws ExecutionException, InterruptedException {
    CompletableFuture<?> exchange = null;
    begin();
    try {
      if (!body.isDone() && isOwnClient) {
        onResponse(client.send(request, this));
      } else if (!body.isDone()) {
        exchange = Objects.requireNonNull(client.sendAsync(request, this), "sendAsync gave null");
        exchange.whenComplete(this::onExchange);
        body.get();
      }
    } catch (InterruptedException e) {
      if (!finish()) {
        body.completeExceptionally(e);
        Thread.currentThread().interrupt();
        throw e;
      }
    } catch (Throwable e) { // A decorated client may throw anything.
      body.completeExceptionally(e);
    } finally {
      finish();
      if (exchange != null && body.isCompletedExceptionally()) {
        cancel(exchange);
      }
    }
    return new ResponseBody(body.get(), Objects.requireNonNull(head));
  }

  /** Ends the attempt with an error, unless it has ended. */
  void end(Throwable error) {
    if (body.completeExceptionally(error)) {
      synchronized (this) {
        if (sender != null) {
          isSenderInterrupted = true;
          sender.interrupt();
        }
      }
    }
  }

  private synchronized void begin() {
    sender = Thread.currentThread();
  }

  /** From now on {@link #end} does not interrupt this thread; returns whether it did. */
  private synchronized boolean finish() {
    if (sender != null && isSenderInterrupted) {
      Thread.interrupted(); // It came after the response.
    }
    sender = null;
    return isSenderInterrupted;
  }

  private static void cancel(CompletableFuture<?> exchange) {
    try {
      exchange.cancel(true);
    } catch (RuntimeException e) {
      // A future of a decorated client. The outcome is known by now.
    }
  }

  private void onExchange(@Nullable Object response, @Nullable Throwable error) {
    try {
      if (error == null) {
        onResponse(Objects.requireNonNull(response, "the HttpClient gave no response"));
      } else {
        body.completeExceptionally(error);
      }
    } catch (RuntimeException e) {
      body.completeExceptionally(e);
    }
  }

  /** For clients that call no body handler, such as the JDK's for the response of a proxy. */
  private void onResponse(Object response) {
    if (!body.isDone()) {
      HttpResponse<?> received = (HttpResponse<?>) response;
      byte[] bytes = received.body() == null ? new byte[0] : (byte[]) received.body();
      head = new Head(received);
      body.complete(bytes);
    }
  }

  /** The head of a response that came as a whole. */
  private static final class Head implements HttpResponse.ResponseInfo {
    private final HttpResponse<?> response;

    Head(HttpResponse<?> response) {
      this.response = response;
    }

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
  }

  @Override
  public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo received) {
    if (!body.isDone()) {
      head = received;
    }
    return new Subscriber(received.statusCode() / 100 == 2);
  }

  /** The JDK's own subscriber, which joins the parts, stopped at the limit or by {@link #end}. */
  private final class Subscriber implements HttpResponse.BodySubscriber<byte[]> {
    private final HttpResponse.BodySubscriber<byte[]> joined =
        HttpResponse.BodySubscribers.ofByteArray();
    private final boolean isSuccess;
    private long left;

    /** Whether cancelling would reset an HTTP/2 stream whose response is complete. */
    private volatile boolean hasEnded;

    /** There before anything else is called. */
    @SuppressWarnings("NullAway.Init")
    private Flow.Subscription subscription;

    Subscriber(boolean isSuccess) {
      this.isSuccess = isSuccess;
      left =
          isSuccess ? maxResponseBytes : Math.min(maxResponseBytes, ResponseBody.MAX_ERROR_BYTES);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      joined.onSubscribe(subscription);
      body.whenComplete((bytes, error) -> cancelUnlessEnded());
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      for (ByteBuffer part : parts) {
        if (part.remaining() > left) {
          part.limit(part.position() + (int) left);
          joined.onNext(List.of(part));
          endEarly();
          return;
        }
        left -= part.remaining();
        joined.onNext(List.of(part));
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
      joined.onComplete();
      joined.getBody().thenAccept(body::complete);
    }
  }
}
