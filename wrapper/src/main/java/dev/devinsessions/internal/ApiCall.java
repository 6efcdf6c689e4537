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
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Looks up a session in one API. A call waits for a permit and makes an attempt; then it ends, or
 * queues again, usually after a backoff. These steps run one at a time, but any thread may end the
 * call: on success, failure, deadline, cancellation or close.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // Steps run one at a time, on any thread.
final class ApiCall implements Permits.Waiter {
  private final Transport transport;
  private final ApiVersion api;
  private final SessionSource source;
  private final String sessionId;
  private final HttpRequest request;
  private final Duration deadline;
  private final long deadlineNanos;
  private final Executor executor;
  private final LookupFuture result = new LookupFuture();

  private volatile @Nullable Attempt attempt;
  private volatile long attemptStarted;
  private volatile int attempts;
  private volatile int retries;
  private volatile int refusals;
  private volatile @Nullable SessionLookupException lastFailure;

  /**
   * @param deadline the time limit of this call, for messages
   * @param deadlineNanos when the deadline expires, on the timer's clock
   * @param executor runs the attempts and decodes short bodies
   */
  ApiCall(
      Transport transport,
      ApiVersion api,
      String sessionId,
      Duration deadline,
      long deadlineNanos,
      Executor executor) {
    this.transport = transport;
    this.api = api;
    this.sessionId = sessionId;
    this.deadline = deadline;
    this.deadlineNanos = deadlineNanos;
    this.executor = executor;
    source = transport.source(api);
    request = transport.request(api, sessionId);
  }

  /** Starts the call. Cancelling the future ends the call and its exchange. */
  LookupFuture start() {
    result.onEnd(this::endAttempt);
    result.onEnd(schedule(remainingNanos(), this::onDeadline));
    queue();
    return result;
  }

  private void queue() {
    transport.permits.acquire(this, false);
  }

  @Override
  public long remainingNanos() {
    return deadlineNanos - transport.timer.nanoTime();
  }

  @Override
  public boolean isOver() {
    return result.isOver();
  }

  @Override
  public void onPermit() {
    executor.execute(this::attempt);
  }

  @Override
  public void onPauseTooLong(RateLimitedException reason, long nanos) {
    Failures failures = failures(null);
    transport.threads.execute(
        () -> result.completeExceptionally(failures.paused(reason, Duration.ofNanos(nanos))));
  }

  private void endAttempt() {
    Attempt current = attempt;
    if (current != null) {
      current.end(new CancellationException());
    }
  }

  private void attempt() {
    Attempt current = new Attempt(transport.settings.maxResponseBytes());
    attempt = current; // Before the check, so that a call that ends after it also ends the attempt.
    HttpClient client = transport.httpClient();
    if (client == null || result.isOver()) {
      transport.permits.release();
      return;
    }
    Runnable cancelTimeout =
        schedule(
            transport.settings.attemptTimeout().toNanos(),
            () -> current.end(new HttpTimeoutException("attemptTimeout exceeded")));
    attemptStarted = transport.timer.nanoTime();
    attempts++;
    ResponseBody response = null;
    Throwable error = null;
    try {
      response = current.send(client, transport.isOwnClient, request);
    } catch (ExecutionException e) {
      error = Objects.requireNonNullElse(e.getCause(), e);
    } catch (InterruptedException | RuntimeException | Error e) {
      error = e;
    } finally {
      attempt = null;
      cancelTimeout.run();
    }
    if (response != null) {
      onResponse(response);
    } else {
      onError(Objects.requireNonNull(error), current.head());
    }
  }

  private void onResponse(ResponseBody response) {
    if (response.isShort()) {
      finishAttempt(response.head.statusCode(), () -> afterResponse(response));
    } else { // Decoding a long body may outlast the deadline.
      transport.threads.execute(
          () -> finishAttempt(response.head.statusCode(), () -> afterResponse(response)));
    }
  }

  private void onError(Throwable error, HttpResponse.@Nullable ResponseInfo head) {
    if (RetryPolicy.isRefused(error)) {
      afterRefusal(error, head);
    } else {
      finishAttempt(error, () -> afterFailure(failures(head).noResponse(error), Optional.empty()));
    }
  }

  /**
   * Holds the permit until the body is decoded, because decoding takes memory.
   *
   * @param outcome the status or the error, for the log
   * @param decide returns the next step; decodes the body if there is one
   */
  private void finishAttempt(Object outcome, Callable<Runnable> decide) {
    Runnable next;
    try {
      next = decide.call();
    } catch (Throwable e) { // A bug or an Error. The caller must see it.
      next = () -> result.completeExceptionally(e);
    }
    transport.permits.release();
    log(outcome);
    next.run();
  }

  /**
   * A refusal does not count as a retry. The call queues again at the front, or backs off if no
   * other request is in flight.
   */
  private void afterRefusal(Throwable error, HttpResponse.@Nullable ResponseInfo head) {
    if (RetryPolicy.isNotSent(error)) {
      attempts--;
    }
    lastFailure = failures(head).noResponse(error);
    boolean othersInFlight = transport.permits.releaseRefused();
    log(error);
    if (othersInFlight) {
      transport.permits.acquire(this, true);
    } else {
      queueAfter(RetryPolicy.backoffAfterRefusal(++refusals).toNanos());
    }
  }

  private Runnable afterResponse(ResponseBody response) throws IOException {
    Failures failures = failures(response.head);
    if (!response.isSuccess()) {
      Optional<Duration> retryAfter =
          RetryPolicy.retryAfter(response.head.headers(), transport.timer.now());
      return afterFailure(failures.status(response.decodeError(), retryAfter), retryAfter);
    }
    try {
      byte[] body = response.decode(transport.settings.maxResponseBytes());
      Session session = source.read(body, sessionId, transport.settings.responseValidation());
      return () -> result.complete(session);
    } catch (IOException e) {
      boolean isTruncated =
          e instanceof EOFException
              || (response.mayBeTruncated() && e.getCause() instanceof EOFException);
      return afterFailure(
          isTruncated ? failures.noResponse(e) : failures.malformed(e, response.decodeError()),
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
    return pausesAll ? this::queue : () -> queueAfter(backoff);
  }

  private void queueAfter(long nanos) {
    result.onEnd(schedule(nanos, this::queue));
  }

  private void onDeadline() {
    result.completeExceptionally(failures(null).deadline(deadline, lastFailure));
  }

  /** Runs an action on a library thread, because callbacks of the future may block the timer. */
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

  private static boolean isLogged() {
    return Transport.LOG.isLoggable(System.Logger.Level.DEBUG);
  }

  private void log(Object outcome) {
    try {
      if (isLogged()) {
        long nanos = transport.timer.nanoTime() - attemptStarted;
        Object what = outcome instanceof Throwable ? outcome.getClass().getName() : outcome;
        String line = api + " " + sessionId + " " + what + " " + nanos / 1_000_000;
        Transport.LOG.log(System.Logger.Level.DEBUG, line + " ms, attempt " + attempts);
      }
    } catch (Throwable e) {
      // A log handler that fails, for example on a full disk, must not fail the lookup.
    }
  }
}
