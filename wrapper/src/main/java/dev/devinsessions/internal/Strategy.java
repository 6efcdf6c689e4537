package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.Gap;
import dev.devinsessions.GapReason;
import dev.devinsessions.LookupStrategy;
import dev.devinsessions.PermissionDeniedException;
import dev.devinsessions.RequestRejectedException;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookupException;
import dev.devinsessions.SessionNotFoundException;
import dev.devinsessions.UnauthorizedException;
import dev.devinsessions.UnexpectedStatusException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which APIs are called, and combines their outcomes into one session or one error.
 * Remembers which APIs refuse the key. Thread-safe.
 */
final class Strategy {
  private static final List<ApiVersion> JOINED = List.of(ApiVersion.V1, ApiVersion.V2_ENTERPRISE);

  /** The API has been switched off, so it refuses every key. */
  private static final int GONE = 410;

  private static final Duration REFUSAL_LIFETIME = Duration.ofMinutes(10);

  private final LookupStrategy strategy;
  private final boolean isServiceKey;
  private final Timer timer;
  private final Map<ApiVersion, Refusal> refusals = new ConcurrentHashMap<>();

  Strategy(LookupStrategy strategy, ApiKey key, Timer timer) {
    this.strategy = strategy;
    isServiceKey = key.isServiceKey();
    this.timer = timer;
  }

  /**
   * Looks up a session.
   *
   * @param call calls one API
   * @return a future; cancelling it cancels the calls
   */
  LookupFuture lookUp(Function<ApiVersion, LookupFuture> call) {
    boolean joins = strategy == LookupStrategy.COMPLETE || strategy == LookupStrategy.BEST_EFFORT;
    // Any other strategy is named after the API that it calls.
    return joins ? callAll(call) : call.apply(ApiVersion.valueOf(strategy.name()));
  }

  private LookupFuture callAll(Function<ApiVersion, LookupFuture> call) {
    LookupFuture result = new LookupFuture();
    Map<ApiVersion, Gap> gaps = knownGaps();
    Map<ApiVersion, CompletableFuture<Outcome>> calls = new EnumMap<>(ApiVersion.class);
    for (ApiVersion api : JOINED) {
      if (!gaps.containsKey(api)) {
        LookupFuture apiCall = call.apply(api);
        result.onEnd(() -> apiCall.cancel(true));
        calls.put(api, apiCall.handle(Outcome::new));
      }
    }
    // Waits for all even after a failure: the other error may be more severe.
    CompletableFuture.allOf(calls.values().toArray(new CompletableFuture<?>[0]))
        .thenApply(
            all -> {
              Map<ApiVersion, Outcome> outcomes = new EnumMap<>(ApiVersion.class);
              calls.forEach((api, outcome) -> outcomes.put(api, outcome.join()));
              rememberRefusals(outcomes);
              return combine(outcomes, gaps);
            })
        .whenComplete(result::completeWith);
    return result;
  }

  /** The gaps of APIs that would refuse the key. The other APIs are called. */
  private Map<ApiVersion, Gap> knownGaps() {
    Map<ApiVersion, Gap> gaps = new EnumMap<>(ApiVersion.class);
    for (ApiVersion api : JOINED) {
      Gap known = knownGap(api);
      if (known != null) {
        gaps.put(api, known);
      }
    }
    if (gaps.size() == JOINED.size()) {
      gaps.clear(); // Each API refused the key for one session but accepted it for another.
    }
    return gaps;
  }

  private @Nullable Gap knownGap(ApiVersion api) {
    if (isServiceKey && api != ApiVersion.V1) {
      String message = "not called: a service key (apk_...) can use v1 only";
      return Gap.builder().reason(GapReason.REFUSED).message(message).build();
    }
    Refusal refusal = refusals.get(api);
    return refusal != null && timer.nanoTime() - refusal.end < 0 ? refusal.gap : null;
  }

  private void rememberRefusals(Map<ApiVersion, Outcome> outcomes) {
    if (outcomes.values().stream().anyMatch(Outcome::isKeyAccepted)) {
      long end = timer.nanoTime() + REFUSAL_LIFETIME.toNanos();
      outcomes.forEach(
          (api, outcome) -> {
            if (outcome.reason() == GapReason.REFUSED) {
              Gap gap = outcome.gap();
              String message = "not called: it refused the key for an earlier lookup; ";
              refusals.put(
                  api, new Refusal(gap.toBuilder().message(message + gap.message()).build(), end));
            }
          });
    }
  }

  /**
   * Returns the joined session with a gap for each API that did not contribute.
   *
   * @throws CompletionException with the most severe error if no API returned the session, or if an
   *     error must not become a gap
   */
  private Session combine(Map<ApiVersion, Outcome> outcomes, Map<ApiVersion, Gap> gaps) {
    Optional<Session> session =
        outcomes.values().stream()
            .flatMap(outcome -> Optional.ofNullable(outcome.session).stream())
            .reduce(JoinedSession::join);
    if (session.isEmpty() || !outcomes.values().stream().allMatch(this::isAcceptable)) {
      throw new CompletionException(mostSevere(outcomes.values()));
    }
    outcomes.forEach(
        (api, outcome) -> {
          if (outcome.session == null) {
            gaps.put(api, outcome.gap());
          }
        });
    return session.get().toBuilder().gaps(gaps).build();
  }

  private boolean isAcceptable(Outcome outcome) {
    return outcome.session != null
        || (outcome.error instanceof SessionLookupException
            && (outcome.reason() != GapReason.FAILED || strategy == LookupStrategy.BEST_EFFORT));
  }

  /** The most severe error, v1's if both are equally severe, with the other one suppressed. */
  private static Throwable mostSevere(Collection<Outcome> outcomes) {
    List<Throwable> errors =
        outcomes.stream()
            .filter(outcome -> outcome.session == null)
            .sorted(Comparator.comparing(Outcome::severity).reversed())
            .map(outcome -> Objects.requireNonNull(outcome.error))
            .collect(Collectors.toList());
    errors.stream().filter(each -> each != errors.get(0)).forEach(errors.get(0)::addSuppressed);
    return errors.get(0);
  }

  /** The outcome of a call to one API. */
  private static final class Outcome {
    final @Nullable Session session;
    final @Nullable Throwable error;

    Outcome(@Nullable Session session, @Nullable Throwable error) {
      this.session = session;
      this.error = error;
    }

    /** The reason for the gap that the error would become; null if there is a session. */
    @Nullable GapReason reason() {
      if (session != null) {
        return null;
      }
      if (error instanceof SessionNotFoundException) {
        return GapReason.SESSION_UNKNOWN;
      }
      boolean isRefusal =
          error instanceof UnauthorizedException
              || error instanceof PermissionDeniedException
              || (error instanceof UnexpectedStatusException
                  && ((UnexpectedStatusException) error).statusCode().orElse(0) == GONE);
      return isRefusal ? GapReason.REFUSED : GapReason.FAILED;
    }

    boolean isKeyAccepted() {
      return session != null || reason() == GapReason.SESSION_UNKNOWN;
    }

    /**
     * Bugs are the most severe errors, followed by failures, rejected requests, "not found" and
     * refusals. "Not found" is more severe than a refusal, because an API that refuses the key says
     * nothing about the session.
     */
    int severity() {
      if (!(error instanceof SessionLookupException)) {
        return 4;
      }
      if (reason() == GapReason.FAILED) {
        return error instanceof RequestRejectedException ? 2 : 3;
      }
      return reason() == GapReason.SESSION_UNKNOWN ? 1 : 0;
    }

    Gap gap() {
      SessionLookupException failure = (SessionLookupException) Objects.requireNonNull(error);
      return Gap.builder()
          .reason(Objects.requireNonNull(reason()))
          .message(String.valueOf(failure.getMessage()))
          .statusCode(failure.statusCode())
          .retryable(failure.isRetryable())
          .build();
    }
  }

  /** A refusal of the key by an API, remembered until {@code end} on the timer's clock. */
  private static final class Refusal {
    final Gap gap;
    final long end;

    Refusal(Gap gap, long end) {
      this.gap = gap;
      this.end = end;
    }
  }
}
