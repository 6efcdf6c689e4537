package dev.devinsessions.internal;

import dev.devinsessions.LookupResult;
import dev.devinsessions.Session;
import dev.devinsessions.SessionId;
import dev.devinsessions.SessionLookup;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks up sessions over HTTP. Every lookup goes through {@link #start}: a {@link Strategy} decides
 * which APIs are called, and one {@link ApiCall} for each makes the attempts.
 */
public final class DefaultSessionLookup implements SessionLookup {
  private final Settings settings;
  private final Transport transport;
  private final Strategy strategy;
  private final Set<LookupFuture> inFlight = ConcurrentHashMap.newKeySet();

  public DefaultSessionLookup(Settings settings) {
    this.settings = settings;
    transport = new Transport(settings);
    strategy = new Strategy(settings.strategy(), settings.apiKey(), transport.timer);
  }

  @Override
  public Session get(String sessionId) {
    String id = parse(sessionId);
    return CallerThread.await(id, start(id, settings.deadline()));
  }

  /** Checks the id first, because the default implementation could quote an API key. */
  @Override
  public Optional<Session> find(String sessionId) {
    return SessionLookup.super.find(parse(sessionId));
  }

  @Override
  public CompletableFuture<Session> getAsync(String sessionId) {
    return start(parse(sessionId), settings.deadline());
  }

  @Override
  public Stream<LookupResult> getAll(Stream<String> sessionIds) {
    return getAll(sessionIds, Timer.FOREVER);
  }

  @Override
  public Stream<LookupResult> getAll(Stream<String> sessionIds, Duration atMost) {
    Objects.requireNonNull(sessionIds, "sessionIds");
    LookupDefaults.checkAtMost(atMost);
    long end = transport.timer.deadlineAfter(atMost);
    transport.checkOpen();
    return LookupStream.of(
        sessionIds,
        transport,
        sessionId -> {
          String id = parse(sessionId);
          Duration left = transport.timer.until(end);
          if (left.isZero()) {
            throw Failures.notInTime(id, atMost);
          }
          return start(id, left);
        });
  }

  @Override
  public Session waitUntil(String sessionId, Predicate<Session> condition, Duration atMost) {
    return CallerThread.await(parse(sessionId), waitUntilAsync(sessionId, condition, atMost));
  }

  @Override
  public CompletableFuture<Session> waitUntilAsync(
      String sessionId, Predicate<Session> condition, Duration atMost) {
    String id = parse(sessionId);
    LookupDefaults.checkWait(condition, atMost);
    transport.checkOpen();
    return endOnClose(
        new Polling(
                transport.timer,
                settings.pollInterval(),
                left -> start(id, left),
                id,
                condition,
                atMost,
                transport.threads)
            .start());
  }

  /**
   * Starts a lookup. Cancelling its future ends it.
   *
   * @param atMost the time limit, if it is shorter than the deadline
   */
  private LookupFuture start(String id, Duration atMost) {
    transport.checkOpen();
    Duration deadline = settings.deadline();
    Duration limit = atMost.compareTo(deadline) < 0 ? atMost : deadline;
    long end = transport.timer.deadlineAfter(limit);
    return endOnClose(strategy.lookUp(api -> new ApiCall(transport, api, id, limit, end).start()));
  }

  /** Fails a future when this object is closed, unless it has already completed. */
  @SuppressWarnings("CollectionUndefinedEquality") // The set compares futures by identity.
  private LookupFuture endOnClose(LookupFuture future) {
    inFlight.add(future);
    future.onEnd(() -> inFlight.remove(future));
    if (transport.isClosed()) { // close() may have missed this future.
      endAll();
    }
    return future;
  }

  @Override
  public void close() {
    transport.close(this::endAll);
  }

  /** Ends all futures and waits for them, but not for their callbacks, which may block. */
  private void endAll() {
    LookupFuture[] current = inFlight.toArray(LookupFuture[]::new);
    for (LookupFuture future : current) { // Each on its own thread, because callbacks may block.
      transport.threads.execute(
          () ->
              future.completeExceptionally(
                  new IllegalStateException("this SessionLookup was closed during the lookup")));
    }
    try {
      CallerThread.awaitEnd(CompletableFuture.allOf(current));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The futures end all the same.
    }
  }

  /** Rejects an API key passed as an id by mistake, without quoting it. */
  private String parse(String sessionId) {
    try {
      if (!settings.apiKey().wasPassedAs(Objects.requireNonNull(sessionId, "sessionId"))) {
        return SessionId.parse(sessionId).value();
      }
    } catch (IllegalArgumentException invalid) {
      if (!settings.apiKey().occursIn(sessionId)) {
        throw invalid;
      }
    }
    throw new IllegalArgumentException(
        "sessionId contains the API key or a part of it: pass a session id");
  }
}
