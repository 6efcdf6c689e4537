package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionLookupException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The lookup over HTTP. Every way to look a session up goes through {@link #getAsync}. */
public final class DefaultSessionLookup implements SessionLookup {
  private final Settings settings;
  private final RequestHeaders headers;
  private final Permits permits;
  private final Strategy strategy;
  private final Executor executor = new CompletableFuture<Void>().defaultExecutor();
  private final Set<CompletableFuture<Session>> underWay = ConcurrentHashMap.newKeySet();

  /** Dropped on {@link #close()}, and the sources with it: before Java 21 that is what ends the client. */
  private volatile @Nullable Map<ApiVersion, SessionSource> sources;

  private @Nullable OwnHttpClient ownHttpClient;

  public DefaultSessionLookup(Settings settings) {
    this.settings = settings;
    headers = new RequestHeaders(settings);
    permits = new Permits(settings.maxConcurrency);
    strategy = new Strategy(settings.strategy, settings.apiKey.kind(), settings.timer);
    HttpClient httpClient = settings.httpClient;
    if (httpClient == null) {
      ownHttpClient = new OwnHttpClient();
      httpClient = ownHttpClient.httpClient;
    }
    sources = SessionSource.all(httpClient, settings.baseUrl);
  }

  @Override
  public Session get(String sessionId) {
    CompletableFuture<Session> future = getAsync(sessionId);
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw Failures.interrupted(SessionIds.canonical(sessionId));
    } catch (ExecutionException e) {
      throw thrownHere(e.getCause());
    }
  }

  @Override
  public CompletableFuture<Session> getAsync(String sessionId) {
    String id = SessionIds.canonical(sessionId);
    Map<ApiVersion, SessionSource> openSources = sources;
    if (openSources == null) {
      throw new IllegalStateException("this SessionLookup is closed");
    }
    long deadlineNanos = settings.timer.nanoTime() + settings.deadline.toNanos();
    CompletableFuture<Session> result = new CompletableFuture<>();
    underWay.add(result);
    result.whenComplete((session, error) -> underWay.remove(result));
    strategy
        .lookUp(
            api -> {
              CompletableFuture<Session> answer =
                  new SourceCall(api, openSources.get(api), id, deadlineNanos, settings, headers, permits, executor).start();
              result.whenComplete((session, error) -> answer.cancel(true));
              return answer;
            })
        .whenComplete(
            (session, error) -> {
              if (error == null) {
                result.complete(session);
              } else {
                result.completeExceptionally(Strategy.unwrapped(error));
              }
            });
    if (sources == null) {
      endAll();
    }
    return result;
  }

  @Override
  public void close() {
    sources = null;
    endAll();
    OwnHttpClient own;
    synchronized (this) {
      own = ownHttpClient;
      ownHttpClient = null;
    }
    if (own != null) {
      own.close();
    }
  }

  private void endAll() {
    underWay.forEach(
        result -> result.completeExceptionally(new IllegalStateException("this SessionLookup was closed meanwhile")));
  }

  /** An error of the lookup, with the stack of the caller that waited: that of the thread it arose on says nothing. */
  private static RuntimeException thrownHere(Throwable error) {
    if (error instanceof Error) {
      throw (Error) error;
    }
    error.fillInStackTrace();
    return (RuntimeException) error;
  }
}
