package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.RateLimitedException;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookupException;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Looks up a session in one API. A call waits for a permit and makes an attempt; then it ends, or
 * queues again, usually after a backoff. These steps run one at a time, attempts on library
 * threads. The deadline, cancellation or close may end the call at any time, on any thread.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // Steps run one at a time.
final class ApiCall implements Permits.Waiter {
  private final Transport transport;
  private final ApiVersion api;
  private final SessionSource source;
  private final String sessionId;
  private final HttpRequest request;
  private final Duration deadline;
  private final long deadlineNanos;
  private final LookupFuture result = new LookupFuture();
  private int retries;
  private int refusals;

  // Also read by the thread that ends the call.
  private volatile @Nullable Attempt attempt;
  private volatile int attempts;
  private volatile @Nullable SessionLookupException lastFailure;

  /**
   * @param deadline the time limit of this call, for messages
   * @param deadlineNanos when the deadline expires, on the timer's clock
   */
  ApiCall(
      Transport transport,
      ApiVersion api,
      String sessionId,
      Duration deadline,
      long deadlineNanos) {
    this.transport = transport;
    this.api = api;
    this.sessionId = sessionId;
    this.deadline = deadline;
    this.deadlineNanos = deadlineNanos;
    source = transport.source(api);
    request = transport.request(api, sessionId);
  }

  /** Starts the call. Cancelling the future ends the call and its current attempt. */
  LookupFuture start() {
    Runnable cancelDeadline = schedule(remainingNanos(), this::onDeadline);
    result.onEnd(() -> onEnd(cancelDeadline));
    queue();
    return result;
  }

  private void onEnd(Runnable cancelDeadline) {
    cancelDeadline.run();
    transport.permits.cancel(this);
    Attempt current = attempt;
    if (current != null) {
      // On a library thread: ending an attempt runs client code, which may block.
      transport.threads.execute(() -> current.end(new CancellationException()));
    }
  }

  @Override
  public long remainingNanos() {
    return deadlineNanos - transport.timer.nanoTime();
  }

  private void queue() {
    queue(false);
  }

  private void queue(boolean wasRefused) {
    transport.permits.acquire(this, wasRefused);
    if (result.isOver()) { // onEnd() may have run before the call was queued.
      transport.permits.cancel(this);
    }
  }

  /**
   * Starts an attempt on another thread: it blocks, and this one may be the caller's or timer's.
   */
  @Override
  public boolean onPermit() {
    try {
      transport.threads.start(this::attempt);
      return true;
    } catch (OutOfMemoryError noThread) {
      result.completeExceptionally(noThread); // On this thread, because there is no other.
      return false;
    }
  }

  @Override
  public void onPauseTooLong(RateLimitedException reason, long nanos) {
    Failures failures = failures(null);
    transport.threads.execute(
        () -> result.completeExceptionally(failures.paused(reason, Duration.ofNanos(nanos))));
  }

  /**
   * Decides with the permit, because decoding takes memory; acts without it: callbacks may block.
   */
  private void attempt() {
    Runnable next;
    try {
      next = send();
    } catch (Throwable e) { // A bug or an Error. The caller must see it.
      next = () -> result.completeExceptionally(e);
    }
    transport.permits.release();
    next.run();
  }

  private Runnable send() throws IOException {
    Attempt current = new Attempt(transport.settings.maxResponseBytes());
    attempt = current; // Before the check, so that a call that ends after it also ends the attempt.
    HttpClient client = transport.httpClient();
    if (client == null || result.isOver()) {
      return () -> {};
    }
    int number = ++attempts;
    long started = transport.timer.nanoTime();
    Runnable cancelTimeout =
        schedule(
            transport.settings.attemptTimeout().toNanos(),
            () -> current.end(new HttpTimeoutException("attemptTimeout exceeded")));
    ResponseBody response;
    try {
      response = current.send(client, transport.isOwnClient, request);
    } catch (ExecutionException e) {
      Throwable error = Objects.requireNonNull(e.getCause());
      Runnable next = afterError(error, current.head());
      return () -> log(error.getClass().getName(), started, number, next);
    } finally {
      attempt = null;
      cancelTimeout.run();
    }
    Runnable next = afterResponse(response);
    return () -> log(response.head.statusCode(), started, number, next);
  }

  private Runnable afterError(Throwable error, HttpResponse.@Nullable ResponseInfo head) {
    return RetryPolicy.isRefused(error)
        ? afterRefusal(error, head)
        : afterFailure(failures(head).noResponse(error), Optional.empty());
  }

  /**
   * A refusal does not count as a retry. If other requests are in flight, the call queues again at
   * the front until one of them ends. If none are, or the connection is closing, it backs off.
   */
  private Runnable afterRefusal(Throwable error, HttpResponse.@Nullable ResponseInfo head) {
    if (RetryPolicy.isNotSent(error)) {
      attempts--;
    }
    lastFailure = failures(head).noResponse(error);
    boolean waits = !RetryPolicy.isConnectionClosing(error) && transport.permits.lowerLimit();
    return waits
        ? () -> queue(true)
        : () -> queueAfter(RetryPolicy.backoffAfterRefusal(++refusals).toNanos());
  }

  private Runnable afterResponse(ResponseBody response) throws IOException {
    if (!response.isSuccess()) {
      Optional<Duration> retryAfter =
          RetryPolicy.retryAfter(response.head.headers(), transport.timer.now());
      SessionLookupException failure =
          failures(response.head).status(response.decodeStart(), retryAfter);
      return afterFailure(failure, retryAfter);
    }
    try {
      byte[] body = response.decode(transport.settings.maxResponseBytes());
      Session session = source.read(body, sessionId, transport.settings.responseValidation());
      return () -> result.complete(session);
    } catch (IOException e) {
      // A gzip body shows where it ends. Other bodies do so only if the headers delimit them.
      boolean isTruncated =
          e instanceof EOFException
              || (response.mayBeTruncated() && e.getCause() instanceof EOFException);
      Failures failures = failures(response.head);
      return afterFailure(
          isTruncated ? failures.noResponse(e) : failures.malformed(e, response.decodeStart()),
          Optional.empty());
    }
  }

  private Runnable afterFailure(SessionLookupException failure, Optional<Duration> retryAfter) {
    long backoff = RetryPolicy.backoff(retries + 1, retryAfter, transport.timer.random()).toNanos();
    boolean canRetryInTime = backoff < remainingNanos();
    boolean pausesAll = failure instanceof RateLimitedException && retryAfter.isPresent();
    if (pausesAll) {
      transport.permits.pause(backoff, (RateLimitedException) failure);
    }
    if (!canRetryInTime || !failure.isRetryable() || retries >= transport.settings.maxRetries()) {
      return () -> result.completeExceptionally(failure);
    }
    lastFailure = failure;
    retries++;
    refusals = 0;
    // The pause of all calls replaces the backoff.
    return pausesAll ? this::queue : () -> queueAfter(backoff);
  }

  private void queueAfter(long nanos) {
    result.onEnd(schedule(nanos, this::queue));
  }

  private void onDeadline() {
    result.completeExceptionally(failures(null).deadline(deadline, lastFailure));
  }

  /** Runs an action later, on a library thread: callbacks or client code would block the timer. */
  private Runnable schedule(long nanos, Runnable action) {
    try {
      return transport.timer.schedule(nanos, () -> transport.threads.execute(action));
    } catch (OutOfMemoryError noThread) {
      result.completeExceptionally(noThread); // Without a timeout, the call might never end.
      return () -> {};
    }
  }

  private Failures failures(HttpResponse.@Nullable ResponseInfo head) {
    return new Failures(transport.settings, api, sessionId, request.uri(), attempts, head);
  }

  private void log(Object outcome, long started, int number, Runnable next) {
    try {
      if (Transport.LOG.isLoggable(System.Logger.Level.DEBUG)) {
        long millis = (transport.timer.nanoTime() - started) / 1_000_000;
        String line =
            api + " " + sessionId + " " + outcome + " " + millis + " ms, attempt " + number;
        Transport.LOG.log(System.Logger.Level.DEBUG, line);
      }
    } catch (Throwable e) {
      // A logger that fails, for example on a full disk, must not fail the lookup.
    }
    next.run();
  }
}
