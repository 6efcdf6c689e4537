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
import dev.devinsessions.SessionNotFoundException;
import dev.devinsessions.UnauthorizedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is decided where both APIs fail, and when v2 is asked again; without HTTP. */
class StrategyDecisionsTest {
  private static final FailureDetails DETAILS =
      FailureDetails.builder().sessionId("devin-1").message("failed").build();
  private static final RuntimeException NOT_FOUND = new SessionNotFoundException(DETAILS);
  private static final RuntimeException REFUSED = new UnauthorizedException(DETAILS);
  private static final RuntimeException REJECTED = new RequestRejectedException(DETAILS, List.of());
  private static final RuntimeException BROKEN = new ServerErrorException(DETAILS);
  private static final RuntimeException BUG = new IllegalStateException("a bug");

  private final Map<ApiVersion, CompletableFuture<Session>> answers =
      new EnumMap<>(ApiVersion.class);
  private final List<ApiVersion> asked = new ArrayList<>();
  private long nanoTime = 42;
  private final Timer clock =
      new Timer() {
        @Override
        public long nanoTime() {
          return nanoTime;
        }
      };

  private CompletableFuture<Session> ask(ApiVersion api) {
    asked.add(api);
    return answers.get(api);
  }

  private void answer(ApiVersion api) {
    answers.put(
        api,
        CompletableFuture.completedFuture(
            Session.builder()
                .id("devin-1")
                .createdAt(Instant.EPOCH)
                .updatedAt(Instant.EPOCH)
                .build()));
  }

  private Throwable failure(LookupStrategy strategy, ApiKey.Kind key) {
    CompletableFuture<Session> session = new Strategy(strategy, key, clock).lookUp(this::ask);
    return Strategy.unwrapped(assertThrows(CompletionException.class, session::join));
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of(REJECTED, BROKEN, BROKEN),
        Arguments.of(BROKEN, REJECTED, BROKEN),
        Arguments.of(REJECTED, NOT_FOUND, REJECTED),
        Arguments.of(REFUSED, NOT_FOUND, REFUSED),
        Arguments.of(NOT_FOUND, REFUSED, REFUSED),
        Arguments.of(REFUSED, BROKEN, BROKEN),
        Arguments.of(BROKEN, BUG, BUG),
        Arguments.of(BUG, BROKEN, BUG));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void mergedTellsTheGraverFailure(Throwable v1, Throwable v2, Throwable graver) {
    answers.put(V1, CompletableFuture.failedFuture(v1));
    answers.put(V2_ENTERPRISE, CompletableFuture.failedFuture(v2));

    assertSame(graver, failure(LookupStrategy.MERGED, ApiKey.Kind.PERSONAL));
  }

  @Test
  void whoKnowsNothingDoesNotHideTroubleOfTheOther() {
    answers.put(V1, CompletableFuture.failedFuture(NOT_FOUND));
    answers.put(V2_ENTERPRISE, CompletableFuture.failedFuture(BROKEN));

    assertSame(BROKEN, failure(LookupStrategy.AUTO, ApiKey.Kind.OTHER));
    assertArrayEquals(new ApiVersion[] {V1, V2_ENTERPRISE}, asked.toArray());
  }

  @Test
  void v2IsAskedAgainAfterTenMinutesToTheNanosecond() {
    answers.put(V2_ENTERPRISE, CompletableFuture.failedFuture(REFUSED));
    answer(V1);
    Strategy strategy = new Strategy(LookupStrategy.AUTO, ApiKey.Kind.PERSONAL, clock);
    strategy.lookUp(this::ask).join();
    asked.clear();

    nanoTime += Duration.ofMinutes(10).toNanos() - 1;
    strategy.lookUp(this::ask).join();
    assertEquals(List.of(V1), asked);
    asked.clear();

    nanoTime++;
    strategy.lookUp(this::ask).join();
    assertEquals(List.of(V2_ENTERPRISE, V1), asked);
  }

  @Test
  void aKeyThatV1RefusesDoesNotCloseV2() {
    answers.put(V1, CompletableFuture.failedFuture(REFUSED));
    answer(V2_ENTERPRISE);
    Strategy strategy = new Strategy(LookupStrategy.AUTO, ApiKey.Kind.OTHER, clock);
    strategy.lookUp(this::ask).join();
    strategy.lookUp(this::ask).join();

    assertEquals(List.of(V1, V2_ENTERPRISE, V1, V2_ENTERPRISE), asked);
  }

  @Test
  void anErrorIsUnwrappedWhereThereIsOneInside() {
    CompletionException empty = new CompletionException("empty", null);

    assertSame(empty, Strategy.unwrapped(empty));
    assertSame(BUG, Strategy.unwrapped(new CompletionException(BUG)));
    assertSame(BUG, Strategy.unwrapped(BUG));
  }
}
