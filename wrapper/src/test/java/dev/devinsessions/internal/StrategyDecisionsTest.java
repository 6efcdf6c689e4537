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
import dev.devinsessions.PermissionDeniedException;
import dev.devinsessions.RequestRejectedException;
import dev.devinsessions.ServerErrorException;
import dev.devinsessions.Session;
import dev.devinsessions.UnauthorizedException;
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

/** Errors that no response causes, so {@code StrategyTest} cannot cover them over HTTP. */
class StrategyDecisionsTest {
  private static final FailureDetails DETAILS =
      FailureDetails.builder().sessionId("devin-1").message("failed").build();

  private static final Session SESSION =
      Session.builder().id("devin-1").sources(Set.of(V1)).build();

  private final Map<ApiVersion, LookupFuture> outcomes = new EnumMap<>(ApiVersion.class);

  private static LookupFuture failed(Throwable error) {
    LookupFuture failed = new LookupFuture();
    failed.completeExceptionally(error);
    return failed;
  }

  private Throwable error(LookupStrategy strategy) {
    CompletableFuture<Session> session =
        new Strategy(strategy, new ApiKey("apk_user_1"), new Timer()).lookUp(outcomes::get);
    return assertThrows(CompletionException.class, session::join).getCause();
  }

  static Stream<Arguments> pairs() {
    RuntimeException rejected = new RequestRejectedException(DETAILS, List.of());
    RuntimeException failed = new ServerErrorException(DETAILS);
    Throwable bug = new NoClassDefFoundError("a bug");
    return Stream.of(
        Arguments.of(rejected, failed, failed),
        Arguments.of(failed, rejected, failed),
        Arguments.of(failed, bug, bug),
        Arguments.of(bug, failed, bug),
        Arguments.of(bug, bug, bug));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void throwsTheMoreSevereError(Throwable v1, Throwable v2, Throwable expected) {
    for (LookupStrategy strategy :
        new LookupStrategy[] {LookupStrategy.COMPLETE, LookupStrategy.BEST_EFFORT}) {
      outcomes.put(V1, failed(v1));
      outcomes.put(V2_ENTERPRISE, failed(v2));
      assertSame(expected, error(strategy));
    }
  }

  @Test
  void callsBothApisIfBothRefusedTheKey() {
    Strategy strategy =
        new Strategy(LookupStrategy.COMPLETE, new ApiKey("apk_user_1"), new Timer());
    List<Map<ApiVersion, LookupFuture>> concurrent = List.of(pending(), pending());
    concurrent.forEach(calls -> strategy.lookUp(calls::get));
    concurrent.get(0).get(V1).completeExceptionally(new PermissionDeniedException(DETAILS));
    concurrent.get(0).get(V2_ENTERPRISE).complete(SESSION);
    concurrent.get(1).get(V1).complete(SESSION);
    concurrent.get(1).get(V2_ENTERPRISE).completeExceptionally(new UnauthorizedException(DETAILS));

    Map<ApiVersion, LookupFuture> calls = pending();
    calls.values().forEach(call -> call.complete(SESSION));
    assertEquals(Map.of(), strategy.lookUp(calls::get).join().gaps());
  }

  private static Map<ApiVersion, LookupFuture> pending() {
    return Map.of(V1, new LookupFuture(), V2_ENTERPRISE, new LookupFuture());
  }

  @Test
  void neverTurnsABugIntoAGap() {
    RuntimeException error = new IllegalStateException("a bug");
    LookupFuture found = new LookupFuture();
    found.complete(SESSION);
    outcomes.put(V1, found);
    outcomes.put(V2_ENTERPRISE, failed(error));

    assertSame(error, error(LookupStrategy.BEST_EFFORT));
    assertArrayEquals(new Throwable[0], error.getSuppressed());
  }
}
