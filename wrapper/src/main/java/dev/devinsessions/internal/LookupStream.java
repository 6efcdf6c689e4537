package dev.devinsessions.internal;

import dev.devinsessions.LookupResult;
import dev.devinsessions.Session;
import java.util.Objects;
import java.util.Queue;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many lookups as a stream of results in the order of the ids. The thread that takes the results also reads the ids and
 * starts the lookups; while it waits for the next result, each lookup that ends lets it start another.
 */
final class LookupStream implements Spliterator<LookupResult> {
  /** How many results may be finished and wait for a slower one before them, as a multiple of those in flight. */
  private static final int WINDOW = 4;

  private final Spliterator<String> sessionIds;
  private final int maxConcurrency;
  private final Function<String, CompletableFuture<Session>> lookUp;
  private final AtomicInteger inFlight = new AtomicInteger();

  /** The lookups that were started, in the order of the ids; changed by the taking thread alone. */
  private final Queue<CompletableFuture<LookupResult>> started = new ConcurrentLinkedQueue<>();

  private int waiting;
  private boolean isExhausted;
  private volatile boolean isClosed;
  private volatile CompletableFuture<Void> anyEnded = new CompletableFuture<>();

  private LookupStream(
      Spliterator<String> sessionIds, int maxConcurrency, Function<String, CompletableFuture<Session>> lookUp) {
    this.sessionIds = sessionIds;
    this.maxConcurrency = maxConcurrency;
    this.lookUp = lookUp;
  }

  static Stream<LookupResult> of(
      Stream<String> sessionIds, int maxConcurrency, Function<String, CompletableFuture<Session>> lookUp) {
    LookupStream results = new LookupStream(sessionIds.spliterator(), maxConcurrency, lookUp);
    return StreamSupport.stream(results, false).onClose(results::close).onClose(sessionIds::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super LookupResult> action) {
    startSome();
    CompletableFuture<LookupResult> next = started.peek();
    if (next == null) {
      return false;
    }
    while (!next.isDone()) {
      await(anyEnded);
      anyEnded = new CompletableFuture<>();
      startSome();
    }
    started.remove();
    waiting--;
    action.accept(next.join());
    return true;
  }

  private void startSome() {
    while (!isClosed && !isExhausted && inFlight.get() < maxConcurrency && waiting < maxConcurrency * WINDOW) {
      isExhausted = !sessionIds.tryAdvance(this::start);
    }
  }

  private void start(String sessionId) {
    CompletableFuture<Session> session = lookUp(Objects.requireNonNull(sessionId, "a session id"));
    CompletableFuture<LookupResult> result = session.handle((found, error) -> result(sessionId, found, error));
    waiting++;
    inFlight.incrementAndGet();
    started.add(result);
    result.whenComplete(
        (ended, error) -> {
          session.cancel(true); // Where the result was cancelled.
          inFlight.decrementAndGet();
          anyEnded.complete(null);
        });
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
        ? LookupResult.of(sessionId, session)
        : LookupResult.of(sessionId, (RuntimeException) error);
  }

  private void await(CompletableFuture<Void> ended) {
    try {
      ended.get();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw Failures.interrupted("many sessions");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void close() {
    isClosed = true;
    started.forEach(result -> result.cancel(true));
  }

  /** Never splits: the results come one after the other, in parallel streams too. */
  @Override
  public @Nullable Spliterator<LookupResult> trySplit() {
    return null;
  }

  @Override
  public long estimateSize() {
    return Long.MAX_VALUE;
  }

  @Override
  public int characteristics() {
    return ORDERED | NONNULL;
  }
}
