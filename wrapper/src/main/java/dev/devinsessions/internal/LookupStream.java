package dev.devinsessions.internal;

import dev.devinsessions.LookupResult;
import dev.devinsessions.Session;
import dev.devinsessions.SessionId;
import java.util.Deque;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A stream of lookup results in the order of the ids. The thread that consumes the results also
 * consumes the ids, and starts a limited number of lookups in advance. A started lookup is queued,
 * in flight or finished.
 */
final class LookupStream extends Spliterators.AbstractSpliterator<LookupResult> {
  private final Spliterator<String> sessionIds;
  private final int maxStarted;
  private final Transport transport;
  private final Function<String, CompletableFuture<Session>> lookUp;

  /** In the order of the ids; changed by the consuming thread only. */
  private final Deque<Started> started = new LinkedBlockingDeque<>();

  private boolean isExhausted;
  private @Nullable RuntimeException idsFailure;
  private volatile boolean isClosed;

  private LookupStream(
      Spliterator<String> sessionIds,
      Transport transport,
      Function<String, CompletableFuture<Session>> lookUp) {
    super(Long.MAX_VALUE, ORDERED | NONNULL);
    this.sessionIds = sessionIds;
    this.transport = transport;
    this.lookUp = lookUp;
    // Twice maxConcurrency, because a slow lookup would otherwise leave permits unused.
    maxStarted = 2 * transport.settings.maxConcurrency();
  }

  /**
   * @param lookUp starts a lookup; an exception that it throws becomes a result
   */
  static Stream<LookupResult> of(
      Stream<String> sessionIds,
      Transport transport,
      Function<String, CompletableFuture<Session>> lookUp) {
    LookupStream results = new LookupStream(sessionIds.spliterator(), transport, lookUp);
    return StreamSupport.stream(results, false).onClose(results::close).onClose(sessionIds::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super LookupResult> action) {
    startMore();
    Started next = isClosed ? null : started.peek();
    if (next == null && !isClosed && idsFailure != null) {
      isClosed = true;
      throw idsFailure;
    }
    if (next == null) {
      return false;
    }
    LookupResult result;
    try {
      result = next.result();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      // Valid, because an invalid id fails without waiting.
      throw Failures.interrupted(SessionId.parse(next.sessionId).value());
    } catch (CancellationException e) {
      return false; // Another thread closed the stream.
    }
    if (transport.isClosed()) {
      close(); // Any unfinished lookup would fail in this way.
      throw new IllegalStateException("this SessionLookup was closed during the lookup");
    }
    started.remove();
    action.accept(result);
    return true;
  }

  private void startMore() {
    boolean isReady = false; // Once a result is ready, a slow source delays it by at most one id.
    while (!isExhausted && !isClosed && started.size() < maxStarted && !isReady) {
      try {
        isExhausted = !sessionIds.tryAdvance(this::start);
      } catch (RuntimeException e) { // Thrown after the results of earlier ids.
        idsFailure = e;
        isExhausted = true;
      }
      Started next = started.peek();
      isReady = next != null && next.session.isDone();
    }
  }

  private void start(@Nullable String sessionId) {
    String given = String.valueOf(sessionId);
    CompletableFuture<Session> session;
    try {
      session = lookUp.apply(sessionId);
    } catch (RuntimeException | Error e) {
      session = CompletableFuture.failedFuture(e);
      given = transport.settings.apiKey().redact(given); // May be the key, passed by mistake.
    }
    started.add(new Started(given, session));
    if (isClosed) { // close() may have missed this lookup.
      session.cancel(true);
    }
  }

  private void close() {
    isClosed = true;
    // Last to first, because a queued lookup must not get the permit of an earlier one.
    started.descendingIterator().forEachRemaining(each -> each.session.cancel(true));
  }

  /** A started lookup, and the id as the caller passed it, redacted if it contains the API key. */
  private static final class Started {
    final String sessionId;
    final CompletableFuture<Session> session;

    Started(String sessionId, CompletableFuture<Session> session) {
      this.sessionId = sessionId;
      this.session = session;
    }

    /** Waits for the outcome. */
    LookupResult result() throws InterruptedException {
      if (!session.isDone()) { // Otherwise a pending interrupt would hide the outcome.
        CallerThread.awaitEnd(session);
      }
      try {
        return LookupResult.found(sessionId, session.get());
      } catch (ExecutionException e) {
        return LookupDefaults.failed(sessionId, Objects.requireNonNull(e.getCause()));
      }
    }
  }

  /** Never splits, so even a parallel stream consumes the ids on one thread at a time. */
  @Override
  public @Nullable Spliterator<LookupResult> trySplit() {
    return null;
  }
}
