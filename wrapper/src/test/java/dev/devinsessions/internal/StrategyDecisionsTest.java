package dev.devinsessions.internal;

import static dev.devinsessions.ApiVersion.V1;
import static dev.devinsessions.ApiVersion.V2_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.FailureDetails;
import dev.devinsessions.LookupStrategy;
import dev.devinsessions.RequestRejectedException;
import dev.devinsessions.ServerErrorException;
import dev.devinsessions.Session;
import dev.devinsessions.UnauthorizedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code StrategyTest} cannot show over HTTP: errors of the program, and the exact time. */
class StrategyDecisionsTest {
  private static final FailureDetails DETAILS =
      FailureDetails.builder().sessionId("devin-1").message("failed").build();

  private final Map<ApiVersion, CompletableFuture<Session>> outcomes =
      new EnumMap<>(ApiVersion.class);
  private final List<ApiVersion> called = new ArrayList<>();
  private long nanoTime = 42;
  private final Timer clock =
      new Timer() {
        @Override
        public long nanoTime() {
          return nanoTime;
        }
      };

  private CompletableFuture<Session> call(ApiVersion api) {
    called.add(api);
    return outcomes.get(api);
  }

  private Strategy strategy(LookupStrategy strategy) {
    return new Strategy(strategy, new ApiKey("apk_user_1"), clock);
  }

  private Throwable error(LookupStrategy strategy) {
    CompletableFuture<Session> session = strategy(strategy).lookUp(this::call);
    return assertThrows(CompletionException.class, session::join).getCause();
  }

  private static CompletableFuture<Session> session(ApiVersion api) {
    return CompletableFuture.completedFuture(
        Session.builder().id("devin-1").sources(Set.of(api)).build());
  }

  static Stream<Arguments> pairs() {
    RuntimeException rejected = new RequestRejectedException(DETAILS, List.of());
    RuntimeException failed = new ServerErrorException(DETAILS);
    Throwable bug = new NoClassDefFoundError("a bug");
    return Stream.of(
        Arguments.of(rejected, failed, failed),
        Arguments.of(failed, rejected, failed),
        Arguments.of(failed, bug, bug),
        Arguments.of(bug, failed, bug));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void throwsTheMoreSevereError(Throwable v1, Throwable v2, Throwable expected) {
    for (LookupStrategy strategy :
        new LookupStrategy[] {LookupStrategy.COMPLETE, LookupStrategy.BEST_EFFORT}) {
      outcomes.put(V1, CompletableFuture.failedFuture(v1));
      outcomes.put(V2_ENTERPRISE, CompletableFuture.failedFuture(v2));
      assertSame(expected, error(strategy));
    }
  }

  @Test
  void neverTurnsABugIntoAGap() {
    RuntimeException bug = new IllegalStateException("a bug");
    outcomes.put(V1, session(V1));
    outcomes.put(V2_ENTERPRISE, CompletableFuture.failedFuture(new CompletionException(bug)));

    assertSame(bug, error(LookupStrategy.BEST_EFFORT));
    assertArrayEquals(new Throwable[0], bug.getSuppressed());
  }

  @Test
  void callsAnApiAgainTenMinutesAfterARefusal() {
    outcomes.put(V1, session(V1));
    outcomes.put(V2_ENTERPRISE, CompletableFuture.failedFuture(new UnauthorizedException(DETAILS)));
    Strategy strategy = strategy(LookupStrategy.COMPLETE);
    strategy.lookUp(this::call).join();
    nanoTime += Duration.ofMinutes(10).toNanos() - 1;
    strategy.lookUp(this::call).join();
    nanoTime++;
    strategy.lookUp(this::call).join();

    assertEquals(List.of(V1, V2_ENTERPRISE, V1, V1, V2_ENTERPRISE), called);
  }

  @Test
  void unwrapsOnlyErrorsWithACause() {
    CompletionException empty = new CompletionException("empty", null);

    assertSame(empty, Strategy.unwrap(empty));
  }
}
