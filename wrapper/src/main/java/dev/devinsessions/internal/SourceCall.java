package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.RateLimitedException;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookupException;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Asks one API for one session: waits for a permit, makes an attempt, perhaps waits and tries
 * again, and ends with the deadline at the latest. Each step undoes itself when the call ends
 * before it.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // One step at a time, each on whatever thread.
final class SourceCall {
  private static final System.Logger LOG = System.getLogger("dev.devinsessions");

  /** A compressed answer may be a thousand times as long as it looks. */
  private static final int QUICK_BYTES_AT_MOST = 64 * 1024;

  private final ApiVersion api;
  private final SessionSource source;
  private final String sessionId;
  private final Settings settings;
  private final Permits permits;
  private final Workers workers;
  private final Executor executor;
  private final long deadlineNanos;
  private final ReleasingFuture<Session> result = new ReleasingFuture<>();
  private volatile int attempts;
  private volatile int timesTurnedAway;
  private volatile @Nullable SessionLookupException lastFailure;

  /** One at a time, and none once it has ended: its answer may be large. */
  private volatile @Nullable CompletableFuture<?> attemptUnderWay;

  /**
   * @param workers decode long answers
   * @param executor does everything else, and completes the result
   * @param deadlineNanos when the lookup ends, on the timer's clock
   */
  SourceCall(
      ApiVersion api,
      SessionSource source,
      String sessionId,
      Settings settings,
      Permits permits,
      Workers workers,
      Executor executor,
      long deadlineNanos) {
    this.api = api;
    this.source = source;
    this.sessionId = sessionId;
    this.settings = settings;
    this.permits = permits;
    this.workers = workers;
    this.executor = executor;
    this.deadlineNanos = deadlineNanos;
  }

  /**
   * Begins. The future fails with a {@link SessionLookupException}; cancelling it ends the call and
   * its exchange.
   */
  CompletableFuture<Session> start() {
    result.atTheEnd(this::cancelAttempt);
    schedule(remainingNanos(), this::onDeadline);
    queue();
    return result;
  }

  private void queue() {
    if (!result.isOver()) {
      result.atTheEnd(permits.acquire(this::attempt));
    }
  }

  /** Makes an attempt; holds a permit, and sees to its release. */
  private void attempt() {
    if (result.isOver() || remainingNanos() <= 0) {
      workers.execute(permits::release); // The deadline's alarm says the rest.
      return;
    }
    attempts++;
    long started = settings.timer.nanoTime();
    BoundedBody body = new BoundedBody(settings.maxResponseBytes);
    CompletableFuture<HttpResponse<byte[]>> exchange = send(body);
    // A client may answer before it returns. Then the next attempt is made elsewhere: a caller is
    // not to send for one after the other, nor one within the other.
    Executor releaser = exchange.isDone() ? workers : Runnable::run;
    CompletableFuture<HttpResponse<byte[]>> attempt = exchange.thenApply(SourceCall::checked);
    attemptUnderWay = attempt;
    Runnable takeBackAlarm =
        alarm(
            settings.attemptTimeout.toNanos(),
            () ->
                attempt.completeExceptionally(new HttpTimeoutException("attemptTimeout is over")));
    attempt.whenComplete(
        (answer, error) -> {
          attemptUnderWay = null;
          takeBackAlarm.run();
          body.cancel();
          try {
            exchange.cancel(true);
          } finally {
            releaser.execute(permits::release);
            (isQuickToRead(answer) ? executor : workers)
                .execute(() -> onAttempt(body, answer, Strategy.unwrap(error), started));
          }
        });
    if (result.isOver()) {
      cancelAttempt();
    }
  }

  private void cancelAttempt() {
    CompletableFuture<?> attempt = attemptUnderWay;
    if (attempt != null) {
      attempt.cancel(false);
    }
  }

  /** A decorated client may give anything. */
  private static HttpResponse<byte[]> checked(@Nullable HttpResponse<byte[]> answer) {
    Object body = Objects.requireNonNull(answer, "the HttpClient gave no answer").body();
    if (body != null && !(body instanceof byte[])) {
      throw new IllegalStateException("the HttpClient gave a body of " + body.getClass());
    }
    return answer;
  }

  /** Whether reading takes no longer than handing it to another thread would. */
  private static boolean isQuickToRead(@Nullable HttpResponse<byte[]> answer) {
    return answer == null
        || (BoundedBody.bytes(answer).length <= QUICK_BYTES_AT_MOST
            && answer.headers().firstValue("Content-Encoding").isEmpty());
  }

  private CompletableFuture<HttpResponse<byte[]>> send(BoundedBody body) {
    try {
      CompletableFuture<HttpResponse<byte[]>> exchange =
          source.sender.send(sessionId, this::addHeaders, body);
      return Objects.requireNonNull(exchange, "the HttpClient gave no future");
    } catch (Throwable e) {
      // A decorated client may throw anything, even what is not declared, and the permit must come
      // back.
      return CompletableFuture.failedFuture(e);
    }
  }

  private void addHeaders(HttpRequest.Builder request) {
    request
        .setHeader("Authorization", settings.apiKey.authorization())
        .setHeader("Accept", "application/json")
        .setHeader("Accept-Encoding", "gzip")
        .setHeader(
            "User-Agent",
            (settings.applicationName + " devin-sessions-java/" + LibraryVersion.VALUE).strip())
        // Without TLS, HTTP/2 would have to be asked for by an upgrade, which proxies trip over.
        .version(BaseUrl.isTls(settings.baseUrl) ? Version.HTTP_2 : Version.HTTP_1_1);
    if (settings.httpClient != null || OwnHttpClient.CANCELS_LATE) {
      // An alarm ends the attempt; this is for clients that leave a cancelled exchange be.
      request.timeout(settings.attemptTimeout.plusSeconds(1));
    }
  }

  private void onAttempt(
      BoundedBody body, HttpResponse<byte[]> answer, @Nullable Throwable error, long started) {
    Failures failures = new Failures(settings, api, sessionId, attempts, body.head());
    try {
      log(answer, error, started);
      if (error != null && RetryPolicy.isTurnedAway(error)) {
        attempts--;
        schedule(RetryPolicy.waitAfterTurnedAway(++timesTurnedAway).toNanos(), this::queue);
      } else if (error != null) {
        retryOrFail(failures.noAnswer(error), Optional.empty());
      } else if (BoundedBody.isSuccess(answer.statusCode())) {
        result.complete(source.reader.read(body.decode(answer)));
      } else {
        Optional<Duration> retryAfter =
            RetryPolicy.retryAfter(answer.headers(), settings.timer.now());
        retryOrFail(
            failures.status(answer.statusCode(), body.decodeError(answer), retryAfter), retryAfter);
      }
    } catch (EOFException cutOff) {
      retryOrFail(failures.noAnswer(cutOff), Optional.empty());
    } catch (IOException e) {
      result.completeExceptionally(failures.malformed(e));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  private void retryOrFail(SessionLookupException failure, Optional<Duration> retryAfter) {
    long wait = RetryPolicy.waitAfter(attempts, retryAfter, settings.timer.random()).toNanos();
    boolean isInTime = wait < remainingNanos();
    boolean concernsAll =
        isInTime && failure instanceof RateLimitedException && retryAfter.isPresent();
    if (concernsAll) {
      permits.pause(wait);
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
      schedule(wait, this::queue);
    }
  }

  private void onDeadline() {
    result.completeExceptionally(
        new Failures(settings, api, sessionId, attempts, null).deadline(lastFailure));
  }

  private void schedule(long nanos, Runnable step) {
    result.atTheEnd(alarm(nanos, step));
  }

  private Runnable alarm(long nanos, Runnable action) {
    return settings.timer.schedule(nanos, () -> executor.execute(action));
  }

  private long remainingNanos() {
    return deadlineNanos - settings.timer.nanoTime();
  }

  private void log(HttpResponse<byte[]> answer, @Nullable Throwable error, long started) {
    if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
      Object outcome = error == null ? answer.statusCode() : error.getClass().getName();
      long millis = Duration.ofNanos(settings.timer.nanoTime() - started).toMillis();
      String line = api + " " + sessionId + " " + outcome + " " + millis + " ms, attempt ";
      LOG.log(System.Logger.Level.DEBUG, line + attempts);
    }
  }
}
