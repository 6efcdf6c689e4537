package dev.devinsessions.internal;

import dev.devinsessions.LookupResult;
import dev.devinsessions.Session;
import java.util.Deque;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many lookups as a stream of results in the order of the ids. The thread that consumes the results
 * also consumes the ids and starts the lookups, some ahead: those with a permit are in flight, the
 * others are queued or finished.
 */
final class LookupStream extends Spliterators.AbstractSpliterator<LookupResult> {
  private final Spliterator<String> sessionIds;
  private final int maxStarted;
  private final Transport transport;
  private final Function<String, CompletableFuture<Session>> lookUp;

  /** In the order of the ids; changed by the consuming thread only. */
  private final Deque<Started> started = new ConcurrentLinkedDeque<>();

  private int startedNow;
  private boolean isExhausted;
  private @Nullable RuntimeException failureOfIds;
  private volatile boolean isClosed;

  private LookupStream(
      Spliterator<String> sessionIds,
      Transport transport,
      Function<String, CompletableFuture<Session>> lookUp) {
    super(Long.MAX_VALUE, ORDERED | NONNULL);
    this.sessionIds = sessionIds;
    this.transport = transport;
    this.lookUp = lookUp;
    // Twice as many as may be in flight, so that a slow one does not leave permits unused.
    maxStarted = 2 * transport.settings.maxConcurrency;
  }

  /**
   * @param lookUp starts a lookup; what it throws is the error of its result
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
    startSome();
    Started next = isClosed ? null : started.peek();
    if (next == null && !isClosed && failureOfIds != null) {
      isClosed = true;
      throw failureOfIds;
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
      throw Failures.interrupted(next.sessionId);
    } catch (CancellationException e) {
      return false; // Closed by another thread meanwhile.
    }
    if (transport.isClosed()) {
      close(); // Each of the ids left would fail the same way.
      throw new IllegalStateException("this SessionLookup was closed meanwhile");
    }
    started.remove();
    startedNow--;
    action.accept(result);
    return true;
  }

  private void startSome() {
    while (!isExhausted && !isClosed && startedNow < maxStarted) {
      try {
        isExhausted = !sessionIds.tryAdvance(this::start);
      } catch (RuntimeException e) { // Thrown after the results of the ids before.
        failureOfIds = e;
        isExhausted = true;
      }
    }
  }

  private void start(@Nullable String sessionId) {
    CompletableFuture<Session> session;
    try {
      session = lookUp.apply(sessionId);
    } catch (RuntimeException | Error e) {
      session = CompletableFuture.failedFuture(e);
    }
    started.add(new Started(String.valueOf(sessionId), session));
    startedNow++;
    if (isClosed) {
      session.cancel(true);
    }
  }

  private void close() {
    isClosed = true;
    // The last one first: one that waits for a permit must not get that of one before it.
    started.descendingIterator().forEachRemaining(each -> each.session.cancel(true));
  }

  /** A lookup that was started, and the id as it was given. */
  private static final class Started {
    final String sessionId;
    final CompletableFuture<Session> session;

    Started(String sessionId, CompletableFuture<Session> session) {
      this.sessionId = sessionId;
      this.session = session;
    }

    /** Waits for the end. An error of the JVM costs one result, and no more. */
    LookupResult result() throws InterruptedException {
      try {
        return LookupResult.found(sessionId, session.get());
      } catch (ExecutionException e) {
        Throwable error = e.getCause();
        return LookupResult.failed(
            sessionId,
            error instanceof RuntimeException
                ? (RuntimeException) error
                : new IllegalStateException("the lookup failed with an error of the JVM", error));
      }
    }
  }

  /** Never splits: the results come one after the other, in parallel streams too. */
  @Override
  public @Nullable Spliterator<LookupResult> trySplit() {
    return null;
  }
}
