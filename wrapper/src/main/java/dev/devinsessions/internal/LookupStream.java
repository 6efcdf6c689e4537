package dev.devinsessions.internal;

import dev.devinsessions.LookupResult;
import dev.devinsessions.Session;
import java.util.Deque;
import java.util.Objects;
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
 * Many lookups as a stream of results in the order of the ids. The thread that takes the results
 * also reads the ids and starts the lookups, some ahead: those that get a permit are in flight, the
 * others wait their turn or for their taker.
 */
final class LookupStream extends Spliterators.AbstractSpliterator<LookupResult> {
  private final Spliterator<String> sessionIds;
  private final int startedAtMost;
  private final Function<String, CompletableFuture<Session>> lookUp;

  /**
   * Lookups that were started and not taken yet, in the order of the ids; changed by the taking
   * thread alone.
   */
  private final Deque<CompletableFuture<LookupResult>> started = new ConcurrentLinkedDeque<>();

  private int startedNow;
  private boolean isExhausted;
  private volatile boolean isClosed;

  private LookupStream(
      Spliterator<String> sessionIds,
      int startedAtMost,
      Function<String, CompletableFuture<Session>> lookUp) {
    super(Long.MAX_VALUE, ORDERED | NONNULL);
    this.sessionIds = sessionIds;
    this.startedAtMost = startedAtMost;
    this.lookUp = lookUp;
  }

  /**
   * Twice as many as may be in flight are started, so that a slow one does not idle the others'
   * permits.
   */
  static Stream<LookupResult> of(
      Stream<String> sessionIds,
      int maxConcurrency,
      Function<String, CompletableFuture<Session>> lookUp) {
    LookupStream results = new LookupStream(sessionIds.spliterator(), 2 * maxConcurrency, lookUp);
    return StreamSupport.stream(results, false).onClose(results::close).onClose(sessionIds::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super LookupResult> action) {
    startSome();
    CompletableFuture<LookupResult> next = started.peek();
    if (next == null || isClosed) {
      return false;
    }
    LookupResult result;
    try {
      result = next.get();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw Failures.interrupted("many sessions");
    } catch (CancellationException e) {
      return false; // Closed by another thread meanwhile.
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw (RuntimeException) e.getCause();
      }
      throw new IllegalStateException("a lookup ended in an error of the JVM", e.getCause());
    }
    started.remove();
    startedNow--;
    action.accept(result);
    return true;
  }

  private void startSome() {
    while (!isExhausted && !isClosed && startedNow < startedAtMost) {
      try {
        isExhausted = !sessionIds.tryAdvance(this::start);
      } catch (RuntimeException e) { // Told after the results of the ids that came before.
        started.add(CompletableFuture.failedFuture(e));
        isExhausted = true;
      }
    }
  }

  private void start(String sessionId) {
    CompletableFuture<Session> session = lookUp(Objects.requireNonNull(sessionId, "a session id"));
    CompletableFuture<LookupResult> result =
        session.handle((found, error) -> result(sessionId, found, error));
    result.whenComplete((ended, error) -> session.cancel(true)); // Where the result was cancelled.
    started.add(result);
    startedNow++;
    if (isClosed) {
      result.cancel(true);
    }
  }

  private CompletableFuture<Session> lookUp(String sessionId) {
    try {
      return lookUp.apply(sessionId);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static LookupResult result(String sessionId, Session session, @Nullable Throwable error) {
    if (error instanceof Error) {
      throw (Error) error;
    }
    return error == null
        ? LookupResult.found(sessionId, session)
        : LookupResult.failed(sessionId, (RuntimeException) error);
  }

  private void close() {
    isClosed = true;
    // The last one first: one that waits for a permit must not get that of one before it.
    started.descendingIterator().forEachRemaining(result -> result.cancel(true));
  }

  /** Never splits: the results come one after the other, in parallel streams too. */
  @Override
  public @Nullable Spliterator<LookupResult> trySplit() {
    return null;
  }
}
