package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lambdas and {@link InMemorySessionLookup} honor the contract of the real lookup. */
@Timeout(60)
class FakesTest {
  private static final Duration LONG = Duration.ofMinutes(30);
  private static final Session WORKING = session(SessionStatus.WORKING);
  private static final Session BLOCKED = session(SessionStatus.BLOCKED);

  private static Session session(SessionStatus status) {
    return Session.builder().id("devin-1").status(status).build();
  }

  private static SessionLookupException failure(boolean isRetryable) {
    return new ServerErrorException(
        FailureDetails.builder()
            .sessionId("devin-1")
            .message("failed")
            .retryable(isRetryable)
            .build());
  }

  /** A lambda with the given outcomes, in order. */
  private static SessionLookup lambda(Object... outcomes) {
    Deque<Object> left = new ArrayDeque<>(List.of(outcomes));
    return id -> {
      Object outcome = left.size() > 1 ? left.remove() : left.element();
      if (outcome instanceof RuntimeException) {
        throw (RuntimeException) outcome;
      }
      return (Session) outcome;
    };
  }

  private static DeadlineExceededException late(Executable wait) {
    return assertThrows(DeadlineExceededException.class, wait);
  }

  static Stream<SessionLookup> fakes() {
    return Stream.of(lambda(WORKING, BLOCKED), InMemorySessionLookup.of(WORKING, BLOCKED));
  }

  @ParameterizedTest
  @MethodSource("fakes")
  void rejectAnInvalidIdInEveryMethod(SessionLookup fake) {
    assertThrows(IllegalArgumentException.class, () -> fake.find("../x"));
    assertThrows(IllegalArgumentException.class, () -> fake.getAsync("../x"));
    assertThrows(
        IllegalArgumentException.class, () -> fake.waitUntil("../x", session -> true, LONG));
    assertThrows(
        IllegalArgumentException.class, () -> fake.waitUntil("1", session -> true, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> fake.getAll(Stream.of("1"), Duration.ofSeconds(-1)));
    assertEquals(
        "sessionId", assertThrows(NullPointerException.class, () -> fake.find(null)).getMessage());
  }

  @ParameterizedTest
  @MethodSource("fakes")
  void pollUntilTheConditionIsSatisfied(SessionLookup fake) {
    assertEquals(BLOCKED, fake.waitUntil("1", session -> session.status().isSettled(), LONG));
  }

  @ParameterizedTest
  @MethodSource("fakes")
  void pollWithoutBlockingTheCaller(SessionLookup fake) {
    assertEquals(
        BLOCKED, fake.waitUntilAsync("1", session -> session.status().isSettled(), LONG).join());
  }

  @ParameterizedTest
  @MethodSource("fakes")
  void returnOneResultForEachId(SessionLookup fake) {
    List<LookupResult> results =
        fake.getAll(Arrays.asList("1", null, "../x", "https://app.devin.ai/sessions/1"))
            .collect(Collectors.toList());

    assertEquals(
        List.of("1", "null", "../x", "https://app.devin.ai/sessions/1"),
        results.stream().map(LookupResult::sessionId).collect(Collectors.toList()));
    assertEquals(BLOCKED, results.get(3).orElseThrow());
    assertInstanceOf(NullPointerException.class, results.get(1).error().orElseThrow());
    assertInstanceOf(IllegalArgumentException.class, results.get(2).error().orElseThrow());
  }

  @Test
  void returnAnErrorOfALambdaAsAResult() {
    AssertionError bug = new AssertionError("a bug");
    SessionLookup fake =
        id -> {
          throw bug;
        };
    for (Stream<LookupResult> results :
        List.of(fake.getAll(List.of("1")), fake.getAll(Stream.of("1"), LONG))) {
      RuntimeException error = results.findFirst().orElseThrow().error().orElseThrow();
      assertSame(bug, assertInstanceOf(IllegalStateException.class, error).getCause());
    }
  }

  @ParameterizedTest
  @MethodSource("fakes")
  void consumeIdsLazily(SessionLookup fake) {
    AtomicInteger consumed = new AtomicInteger();
    Stream<String> endless =
        Stream.generate(() -> "devin-" + (consumed.incrementAndGet() > 0 ? 1 : 0));
    assertEquals(3, fake.getAll(endless).limit(3).count());
    assertTrue(consumed.get() < 10);
  }

  @ParameterizedTest
  @MethodSource("fakes")
  void lookUpManySessionsInALimitedTime(SessionLookup fake) {
    assertEquals(
        WORKING, fake.getAll(Stream.of("1"), LONG).findFirst().orElseThrow().orElseThrow());
    late(() -> fake.getAll(Stream.of("1"), Duration.ofNanos(1)).forEach(LookupResult::orElseThrow));
  }

  @Test
  void getAsyncDoesNotBlockOnALambda() throws Exception {
    CompletableFuture<Session> release = new CompletableFuture<>();
    SessionLookup fake = id -> release.join();
    CompletableFuture<Session> session = fake.getAsync("1");
    late(
        () -> fake.getAll(Stream.of("1"), Duration.ofMillis(1)).forEach(LookupResult::orElseThrow));
    DeadlineExceededException unseen =
        late(() -> fake.waitUntil("1", seen -> true, Duration.ofMillis(1)));

    assertFalse(session.isDone());
    assertTrue(unseen.lastSeen().isEmpty());
    release.complete(WORKING);
    assertEquals(WORKING, session.get());
  }

  @Test
  void pollALambdaAgainAfterRetryableFailuresOnly() {
    SessionLookup recovering = lambda(failure(true), BLOCKED);
    assertEquals(BLOCKED, recovering.waitUntil("1", session -> true, LONG));
    assertThrows(
        ServerErrorException.class,
        () -> lambda(failure(false), BLOCKED).waitUntil("1", session -> true, LONG));
  }

  @Test
  void pollALambdaUntilTheTimeLimit() {
    DeadlineExceededException late =
        late(() -> lambda(WORKING).waitUntil("1", session -> false, Duration.ofMillis(200)));
    assertEquals(WORKING, late.lastSeen().orElseThrow());
    assertTrue(late.isRetryable());
  }

  @ParameterizedTest
  @MethodSource("fakes")
  void failingConditionEndsTheWait(SessionLookup fake) {
    RuntimeException bug = new IllegalStateException("bug");
    Predicate<Session> failing = session -> FakeApi.throwUndeclared(bug);
    assertSame(
        bug, assertThrows(IllegalStateException.class, () -> fake.waitUntil("1", failing, LONG)));
    LookupTestCase.awaitFailure(
        IllegalStateException.class, fake.waitUntilAsync("1", failing, LONG));
  }

  @Test
  void undeclaredExceptionOfALambdaFailsTheFuture() {
    SessionLookup fake = id -> FakeApi.throwUndeclared(new IOException("failed"));
    LookupTestCase.awaitFailure(IOException.class, fake.getAsync("1"));
  }

  private static SessionLookup withFuture(CompletableFuture<Session> lookUp) {
    return new SessionLookup() {
      @Override
      public Session get(String sessionId) {
        return lookUp.join();
      }

      @Override
      public CompletableFuture<Session> getAsync(String sessionId) {
        return lookUp;
      }
    };
  }

  @Test
  void cancellingAWaitCancelsTheLookupOfAFake() {
    CompletableFuture<Session> lookUp = new CompletableFuture<>();
    withFuture(lookUp).waitUntilAsync("1", session -> true, LONG).cancel(true);
    assertTrue(lookUp.isCancelled());
  }

  @Test
  void checkedExceptionOfAFakeEndsTheWait() {
    IOException failure = new IOException("failed");
    SessionLookup fake = withFuture(CompletableFuture.failedFuture(failure));
    assertSame(
        failure,
        assertThrows(IllegalStateException.class, () -> fake.waitUntil("1", session -> true, LONG))
            .getCause());
  }

  @Test
  void waitContinuesAfterARetryableFailureThatTheFutureOfAFakeWraps() {
    CompletableFuture<Session> failed =
        CompletableFuture.supplyAsync(
            () -> {
              throw failure(true);
            });
    DeadlineExceededException late =
        assertThrows(
            DeadlineExceededException.class,
            () -> withFuture(failed).waitUntil("1", session -> true, Duration.ofMillis(200)));
    assertInstanceOf(ServerErrorException.class, late.getCause());
  }

  @Test
  void interruptEndsAWaitForALambda() {
    Thread.currentThread().interrupt();
    LookupInterruptedException interrupted =
        assertThrows(
            LookupInterruptedException.class,
            () -> lambda(WORKING).waitUntil("1", session -> false, LONG));
    assertTrue(Thread.interrupted());
    assertEquals("devin-1", interrupted.sessionId());
  }

  @Test
  void inMemoryReturnsSuccessiveStatesAndRepeatsTheLast() {
    InMemorySessionLookup lookup = InMemorySessionLookup.of(WORKING, BLOCKED);
    assertEquals(WORKING, lookup.get("https://app.devin.ai/sessions/1"));
    assertEquals(BLOCKED, lookup.getAsync("1").join());
    assertEquals(BLOCKED, lookup.get("devin-1"));
  }

  @Test
  void inMemoryThrowsForUnknownIds() {
    InMemorySessionLookup lookup = InMemorySessionLookup.of(WORKING);
    assertEquals(
        "devin-2", assertThrows(SessionNotFoundException.class, () -> lookup.get("2")).sessionId());
    assertTrue(lookup.find("2").isEmpty());
    LookupTestCase.awaitFailure(SessionNotFoundException.class, lookup.getAsync("2"));
  }

  @Test
  void inMemoryFailsIfTheLastStateDoesNotSatisfyTheCondition() {
    Session last = BLOCKED.toBuilder().id("1").build();
    InMemorySessionLookup lookup = InMemorySessionLookup.of(WORKING, last);
    DeadlineExceededException late =
        late(() -> lookup.waitUntil("1", session -> session.status().isTerminal(), LONG));
    assertEquals(last, late.lastSeen().orElseThrow());
    assertEquals("devin-1", late.sessionId());
    LookupTestCase.awaitFailure(
        DeadlineExceededException.class, lookup.waitUntilAsync("1", session -> false, LONG));
  }

  @Test
  void inMemoryIsClosedLikeTheRealLookup() {
    InMemorySessionLookup lookup = InMemorySessionLookup.of(WORKING);
    lookup.close();
    assertThrows(IllegalStateException.class, () -> lookup.get("1"));
    assertThrows(IllegalStateException.class, () -> lookup.getAsync("1"));
    assertThrows(
        IllegalStateException.class, () -> lookup.waitUntilAsync("1", session -> true, LONG));
    assertThrows(IllegalStateException.class, () -> lookup.getAll(List.of("1")));
    assertThrows(IllegalStateException.class, () -> lookup.getAll(Stream.of("1"), LONG));
  }
}
