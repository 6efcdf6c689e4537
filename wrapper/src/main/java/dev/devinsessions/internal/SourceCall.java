package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.RateLimitedException;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookupException;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Asks one API for one session: waits for a permit, makes an attempt, perhaps waits and tries again, and ends with the
 * deadline at the latest. Each step undoes itself when the call ends before it.
 */
final class SourceCall {
  private static final System.Logger LOG = System.getLogger("dev.devinsessions");

  private final ApiVersion api;
  private final SessionSource source;
  private final String sessionId;
  private final long deadlineNanos;
  private final Settings settings;
  private final RequestHeaders headers;
  private final Permits permits;
  private final Executor executor;
  private final Failures failures;
  private final Timer timer;
  private final CompletableFuture<Session> result = new CompletableFuture<>();
  private volatile int attempts;
  private volatile int timesTurnedAway;
  private volatile @Nullable SessionLookupException lastFailure;

  /**
   * @param api what the source is
   * @param deadlineNanos when the lookup ends, on the timer's clock
   * @param executor where answers are decoded and the result is completed
   */
  SourceCall(
      ApiVersion api,
      SessionSource source,
      String sessionId,
      long deadlineNanos,
      Settings settings,
      RequestHeaders headers,
      Permits permits,
      Executor executor) {
    this.api = api;
    this.source = source;
    this.sessionId = sessionId;
    this.deadlineNanos = deadlineNanos;
    this.settings = settings;
    this.headers = headers;
    this.permits = permits;
    this.executor = executor;
    failures = new Failures(settings, api, sessionId);
    timer = settings.timer;
  }

  /** Begins. The future fails with a {@link SessionLookupException}. */
  CompletableFuture<Session> start() {
    atTheEnd(timer.schedule(remainingNanos(), () -> executor.execute(this::onDeadline)));
    queue();
    return result;
  }

  /** Ends the call and its exchange, if it has not ended. */
  void cancel() {
    result.cancel(false);
  }

  private void queue() {
    if (!result.isDone()) {
      atTheEnd(permits.acquire(this::attempt));
    }
  }

  /** Makes an attempt; holds a permit, and sees to its release. */
  private void attempt() {
    if (result.isDone() || remainingNanos() <= 0) {
      permits.release(); // The deadline's alarm says the rest.
      return;
    }
    attempts++;
    long started = timer.nanoTime();
    Duration timeout = settings.attemptTimeout;
    BoundedBody body = new BoundedBody(settings.maxResponseBytes);
    CompletableFuture<HttpResponse<byte[]>> exchange = send(body);
    CompletableFuture<HttpResponse<byte[]>> attempt = new CompletableFuture<>();
    Runnable takeBackAlarm =
        timer.schedule(
            timeout.toNanos(), () -> attempt.completeExceptionally(new HttpTimeoutException("attemptTimeout is over")));
    attempt.whenComplete(
        (answer, error) -> {
          takeBackAlarm.run();
          if (error != null) {
            exchange.cancel(true);
            body.cancel();
          }
          permits.release();
        });
    attempt.whenCompleteAsync((answer, error) -> onAttempt(body, answer, error, started), executor);
    atTheEnd(() -> attempt.cancel(false));
    exchange.whenComplete(
        (answer, error) -> {
          if (error == null) {
            attempt.complete(answer);
          } else {
            attempt.completeExceptionally(error instanceof CompletionException ? error.getCause() : error);
          }
        });
  }

  private CompletableFuture<HttpResponse<byte[]>> send(BoundedBody body) {
    // The alarm ends an attempt; the request's own timeout is for JDK 11 to 15, where cancelling leaves the exchange be.
    Duration timeout = settings.attemptTimeout.plusSeconds(1);
    try {
      return source.send(sessionId, request -> headers.addTo(request, timeout), body);
    } catch (RuntimeException | Error e) { // A decorated client may throw anything, and the permit must come back.
      return CompletableFuture.failedFuture(e);
    }
  }

  private void onAttempt(BoundedBody body, HttpResponse<byte[]> answer, @Nullable Throwable error, long started) {
    log(answer, error, started);
    if (result.isDone()) {
      return;
    }
    try {
      if (error != null && RetryPolicy.isTurnedAway(error)) {
        attempts--;
        queueAfter(RetryPolicy.waitAfterTurnedAway(++timesTurnedAway));
      } else if (error != null) {
        retryOrFail(failures.noAnswer(error, body.head(), attempts, settings.attemptTimeout), Optional.empty());
      } else if (BoundedBody.isSuccess(answer.statusCode())) {
        onSuccess(body, answer);
      } else {
        Optional<Duration> retryAfter = RetryPolicy.retryAfter(answer.headers(), timer.now());
        retryOrFail(failures.status(answer, decodeError(body, answer), attempts, retryAfter), retryAfter);
      }
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
      throw e;
    }
  }

  private void onSuccess(BoundedBody body, HttpResponse<byte[]> answer) {
    try {
      result.complete(source.read(body.decode(answer)));
    } catch (EOFException cutOff) {
      retryOrFail(failures.noAnswer(cutOff, body.head(), attempts, settings.attemptTimeout), Optional.empty());
    } catch (IOException e) {
      result.completeExceptionally(failures.malformed(answer, e, attempts));
    }
  }

  private byte[] decodeError(BoundedBody body, HttpResponse<byte[]> answer) {
    try {
      return body.decode(answer);
    } catch (IOException unreadable) {
      return new byte[0]; // The status says enough.
    }
  }

  private void retryOrFail(SessionLookupException failure, Optional<Duration> retryAfter) {
    Duration wait = RetryPolicy.waitAfter(attempts, retryAfter, timer.random());
    boolean isInTime = wait.toNanos() < remainingNanos();
    boolean concernsAll = isInTime && failure instanceof RateLimitedException && retryAfter.isPresent();
    if (concernsAll) {
      permits.pause(wait.toNanos());
    }
    if (!isInTime || !failure.isRetryable() || attempts > settings.maxRetries) {
      result.completeExceptionally(failure);
      return;
    }
    lastFailure = failure;
    timesTurnedAway = 0;
    if (concernsAll) {
      queue();
    } else {
      queueAfter(wait);
    }
  }

  private void queueAfter(Duration wait) {
    atTheEnd(timer.schedule(wait.toNanos(), () -> executor.execute(this::queue)));
  }

  private void onDeadline() {
    result.completeExceptionally(failures.deadline(settings.deadline, attempts, lastFailure));
  }

  private void atTheEnd(Runnable undo) {
    result.whenComplete((session, error) -> undo.run());
  }

  private long remainingNanos() {
    return deadlineNanos - timer.nanoTime();
  }

  private void log(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable error, long started) {
    LOG.log(
        System.Logger.Level.DEBUG,
        () ->
            api + " " + sessionId + " "
                + (answer == null ? String.valueOf(error).split(":", 2)[0] : String.valueOf(answer.statusCode())) + " "
                + Duration.ofNanos(timer.nanoTime() - started).toMillis() + " ms, attempt " + attempts);
  }
}
