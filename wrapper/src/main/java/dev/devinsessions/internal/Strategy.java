package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.LookupStrategy;
import dev.devinsessions.PermissionDeniedException;
import dev.devinsessions.RequestRejectedException;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookupException;
import dev.devinsessions.SessionNotFoundException;
import dev.devinsessions.UnauthorizedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which API is asked, and which of two failures is told. Remembers whether v2 is closed to the key.
 * Thread-safe.
 */
final class Strategy {
  private static final Duration CLOSED_FOR = Duration.ofMinutes(10);

  private final LookupStrategy strategy;
  private final ApiKey.Kind key;
  private final Timer timer;

  /** When v2 may be asked again, on the timer's clock; null while it is not known to be closed. */
  private volatile @Nullable Long closedUntil;

  Strategy(LookupStrategy strategy, ApiKey.Kind key, Timer timer) {
    this.strategy = strategy;
    this.key = key;
    this.timer = timer;
  }

  /**
   * Gets a session.
   *
   * @param ask asks one API
   */
  CompletableFuture<Session> lookUp(Function<ApiVersion, CompletableFuture<Session>> ask) {
    boolean isService = key == ApiKey.Kind.SERVICE;
    switch (strategy) {
      case MERGED:
        return isService
            ? ask.apply(ApiVersion.V1)
                .thenApply(
                    v1 ->
                        withGap(
                            v1,
                            ApiVersion.V2_ENTERPRISE,
                            v1.id() + ": v2 enterprise is closed to service keys"))
            : merged(ask.apply(ApiVersion.V1), ask.apply(ApiVersion.V2_ENTERPRISE));
      case AUTO:
        if (isService || isV2Closed()) {
          return ask.apply(ApiVersion.V1);
        }
        return key == ApiKey.Kind.PERSONAL
            ? fallBack(ask, ApiVersion.V2_ENTERPRISE, ApiVersion.V1)
            : fallBack(ask, ApiVersion.V1, ApiVersion.V2_ENTERPRISE);
      default: // Named after the one API that it asks.
        return ask.apply(ApiVersion.valueOf(strategy.name()));
    }
  }

  private CompletableFuture<Session> fallBack(
      Function<ApiVersion, CompletableFuture<Session>> ask, ApiVersion first, ApiVersion second) {
    return recover(
        ask.apply(first),
        failure ->
            isRefused(failure) || isNotFound(failure)
                ? recover(
                    ask.apply(second)
                        .whenComplete(
                            (session, error) -> remember(second, failure, unwrapped(error))),
                    secondFailure -> CompletableFuture.failedFuture(ofBoth(failure, secondFailure)))
                : CompletableFuture.failedFuture(failure));
  }

  private static CompletableFuture<Session> recover(
      CompletableFuture<Session> future, Function<Throwable, CompletableFuture<Session>> recovery) {
    return future
        .handle(
            (session, e) ->
                e == null
                    ? CompletableFuture.completedFuture(session)
                    : recovery.apply(unwrapped(e)))
        .thenCompose(Function.identity());
  }

  private static CompletableFuture<Session> merged(
      CompletableFuture<Session> v1, CompletableFuture<Session> v2) {
    return v1.handle((session, error) -> unwrapped(error))
        .thenCombine(
            v2.handle((session, error) -> unwrapped(error)), (e1, e2) -> joined(v1, e1, v2, e2));
  }

  private static Session joined(
      CompletableFuture<Session> v1,
      @Nullable Throwable e1,
      CompletableFuture<Session> v2,
      @Nullable Throwable e2) {
    if (e1 != null && e2 != null) {
      throw new CompletionException(graver(e1, e2));
    }
    if (e1 != null) {
      return withGap(v2.join(), ApiVersion.V1, String.valueOf(e1.getMessage()));
    }
    return e2 == null
        ? MergedSession.of(v1.join(), v2.join())
        : withGap(v1.join(), ApiVersion.V2_ENTERPRISE, String.valueOf(e2.getMessage()));
  }

  private static Session withGap(Session session, ApiVersion api, String why) {
    return session.toBuilder().gaps(Map.of(api, why)).build();
  }

  private boolean isV2Closed() {
    Long until = closedUntil;
    return until != null && timer.nanoTime() - until < 0;
  }

  /**
   * v2 is closed to a key that it refuses and v1 accepts; a key that v1 accepts is one that v1
   * answers, or knows no session for.
   */
  private void remember(
      ApiVersion second, Throwable firstFailure, @Nullable Throwable secondFailure) {
    boolean isAccepted = secondFailure == null || isNotFound(secondFailure);
    if (second == ApiVersion.V1 && isRefused(firstFailure) && isAccepted) {
      closedUntil = timer.nanoTime() + CLOSED_FOR.toNanos();
    }
  }

  /**
   * An API that refuses the key cannot know the session: then the other one's "not found" stands.
   */
  private static Throwable ofBoth(Throwable first, Throwable second) {
    if (isNotFound(first) && isRefused(second)) {
      return suppressing(first, second);
    }
    return isRefused(first) && isNotFound(second)
        ? suppressing(second, first)
        : graver(second, first);
  }

  private static Throwable graver(Throwable one, Throwable other) {
    return gravity(one) >= gravity(other) ? suppressing(one, other) : suppressing(other, one);
  }

  /**
   * A server in trouble is graver than one that says no, and that is graver than one that knows
   * nothing.
   */
  private static int gravity(Throwable failure) {
    if (!(failure instanceof SessionLookupException)) {
      return 3;
    }
    boolean saysNo = isRefused(failure) || failure instanceof RequestRejectedException;
    return isNotFound(failure) ? 0 : saysNo ? 1 : 2;
  }

  private static Throwable suppressing(Throwable told, Throwable other) {
    told.addSuppressed(other);
    return told;
  }

  private static boolean isRefused(Throwable failure) {
    return failure instanceof UnauthorizedException || failure instanceof PermissionDeniedException;
  }

  private static boolean isNotFound(Throwable failure) {
    return failure instanceof SessionNotFoundException;
  }

  static @Nullable Throwable unwrapped(@Nullable Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }
}
