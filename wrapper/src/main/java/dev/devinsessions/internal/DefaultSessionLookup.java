package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.LookupResult;
import dev.devinsessions.Session;
import dev.devinsessions.SessionId;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionLookupException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lookup over HTTP. Every way to look a session up goes through {@link #start}. */
public final class DefaultSessionLookup implements SessionLookup {
  /** What a long still counts in nanoseconds. */
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final Settings settings;
  private final Permits permits;
  private final Strategy strategy;

  private final Workers workers = new Workers();
  private final Set<ReleasingFuture<Session>> underWay = ConcurrentHashMap.newKeySet();
  private final OwnHttpClient ownHttpClient = new OwnHttpClient();

  /**
   * Dropped on {@link #close()}, so that nothing refers to the client any more: before Java 21 that
   * is what ends it.
   */
  private volatile @Nullable Function<ApiVersion, SessionSource> sources;

  public DefaultSessionLookup(Settings settings) {
    this.settings = settings;
    permits = new Permits(settings.maxConcurrency, settings.timer, workers);
    strategy = new Strategy(settings.strategy, settings.apiKey, settings.timer);
    HttpClient httpClient =
        settings.httpClient == null
            ? ownHttpClient.open(settings.baseUrl, workers)
            : settings.httpClient;
    Map<ApiVersion, SessionSource> opened = new ConcurrentHashMap<>();
    sources =
        api ->
            opened.computeIfAbsent(
                api,
                key ->
                    Objects.requireNonNull(settings.sources.get(key))
                        .over(httpClient, settings.baseUrl));
  }

  @Override
  public Session get(String sessionId) {
    String id = canonical(sessionId);
    return await(id, executor -> start(id, settings, executor));
  }

  @Override
  public CompletableFuture<Session> getAsync(String sessionId) {
    return start(canonical(sessionId), settings, workers);
  }

  @Override
  public Stream<LookupResult> getAll(Stream<String> sessionIds) {
    openSources();
    return LookupStream.of(sessionIds, settings.maxConcurrency, this::getAsync);
  }

  @Override
  public Session waitUntil(String sessionId, Predicate<Session> condition, Duration atMost) {
    String id = canonical(sessionId);
    Objects.requireNonNull(condition);
    if (atMost.isNegative() || atMost.isZero()) {
      throw new IllegalArgumentException("atMost is " + atMost + ": give more than zero");
    }
    long atMostNanos = atMost.compareTo(FOREVER) < 0 ? atMost.toNanos() : FOREVER.toNanos();
    long end = settings.timer.nanoTime() + atMostNanos;
    Session lastSeen = null;
    SessionLookupException lastFailure = null;
    for (long left = atMostNanos; left > 0; left = end - settings.timer.nanoTime()) {
      try {
        Settings limited = settings.clone();
        limited.deadline = Duration.ofNanos(Math.min(left, settings.deadline.toNanos()));
        lastSeen = await(id, executor -> start(id, limited, executor));
        if (condition.test(lastSeen)) {
          return lastSeen;
        }
      } catch (SessionLookupException e) {
        if (!e.isRetryable()) {
          throw e;
        }
        lastFailure = e;
      }
      pause(id, Math.min(settings.pollInterval.toNanos(), end - settings.timer.nanoTime()));
    }
    throw Failures.waitedTooLong(id, atMost, lastSeen, lastFailure);
  }

  private void pause(String id, long nanos) {
    if (nanos > 0) {
      ReleasingFuture<Session> pause = new ReleasingFuture<>();
      pause.atTheEnd(settings.timer.schedule(nanos, () -> pause.complete(null)));
      await(id, executor -> endedByClose(pause));
    }
  }

  /** Starts a lookup. Cancelling its future ends it. */
  private CompletableFuture<Session> start(String id, Settings settings, Executor executor) {
    Function<ApiVersion, SessionSource> openSources = openSources();
    long deadlineNanos = settings.timer.nanoTime() + settings.deadline.toNanos();
    ReleasingFuture<Session> result = new ReleasingFuture<>();
    strategy
        .lookUp(
            api -> {
              CompletableFuture<Session> answer =
                  new SourceCall(
                          api,
                          openSources.apply(api),
                          id,
                          settings,
                          permits,
                          workers,
                          executor,
                          deadlineNanos)
                      .start();
              result.atTheEnd(() -> answer.cancel(true));
              return answer;
            })
        .whenComplete(
            (session, error) -> {
              if (error == null) {
                result.complete(session);
              } else {
                result.completeExceptionally(Objects.requireNonNull(Strategy.unwrap(error)));
              }
            });
    return endedByClose(result);
  }

  /** Has a future end with this object, if not before. */
  @SuppressWarnings("CollectionUndefinedEquality") // It is this very future that is meant.
  private ReleasingFuture<Session> endedByClose(ReleasingFuture<Session> future) {
    underWay.add(future);
    future.atTheEnd(() -> underWay.remove(future));
    if (sources == null) {
      endAll();
    }
    return future;
  }

  @Override
  public void close() {
    sources = null;
    permits.close();
    endAll();
    ownHttpClient.close();
    workers.close();
  }

  /** An API key passed as an id by mistake is neither sent nor quoted. */
  private String canonical(String sessionId) {
    if (settings.apiKey.isQuotedIn(Objects.requireNonNull(sessionId, "sessionId"))) {
      throw new IllegalArgumentException("sessionId is or contains the API key: pass a session id");
    }
    return SessionId.parse(sessionId).value();
  }

  private Function<ApiVersion, SessionSource> openSources() {
    Function<ApiVersion, SessionSource> openSources = sources;
    if (openSources == null) {
      throw new IllegalStateException("this SessionLookup is closed");
    }
    return openSources;
  }

  /** Waits for the ends, but not for those who react to them: they may wait for whatever. */
  private void endAll() {
    List<CompletableFuture<Session>> ends = new ArrayList<>();
    for (ReleasingFuture<Session> future : underWay) {
      ends.add(future.exceptionally(error -> null));
      workers.execute(
          () ->
              future.completeExceptionally(
                  new IllegalStateException("this SessionLookup was closed meanwhile")));
    }
    CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0])).join();
  }

  private Session await(String id, Function<Executor, CompletableFuture<Session>> work) {
    try {
      return workers.await(work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.interrupted(id);
    } catch (ExecutionException e) {
      throw thrownHere(Objects.requireNonNull(e.getCause()));
    }
  }

  /**
   * An error of the lookup, with the stack of the caller that waited: that of the thread it arose
   * on says nothing.
   */
  private static RuntimeException thrownHere(Throwable error) {
    if (error instanceof Error) {
      throw (Error) error;
    }
    error.fillInStackTrace();
    return (RuntimeException) error;
  }
}
