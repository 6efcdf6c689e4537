package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import dev.devinsessions.internal.Timer;
import java.net.Authenticator;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other code in the JVM, custom clients and odd servers neither stall nor mislead a lookup. */
@Isolated("It blocks the common pool, and counts threads of the JVM.")
class IndependenceTest extends LookupTestCase {
  /** Completed at the end of a test, to release the threads that it blocks. */
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  @AfterEach
  void releaseThreads() {
    end.complete(null);
  }

  @ParameterizedTest(name = "custom client: {0}")
  @ValueSource(booleans = {false, true})
  void doesNotNeedTheCommonPool(boolean isCustomClient) throws Exception {
    SessionLookupBuilder builder = server.lookup();
    if (isCustomClient) {
      builder.httpClient(HttpClient.newHttpClient());
    }
    for (int i = 0; i < 4 * ForkJoinPool.getCommonPoolParallelism() + 4; i++) {
      ForkJoinPool.commonPool().execute(end::join);
    }
    SessionLookup lookup = open(builder);
    assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
    assertEquals(FakeApi.ID, await(lookup.getAsync(FakeApi.ID)).id());
  }

  @Test
  void doesNotNeedTheSharedTimerOfTheJdk() {
    CompletableFuture<Void> blocking = new CompletableFuture<>();
    blocking.whenComplete((value, error) -> end.join()); // Blocks the JDK's timer thread.
    blocking.orTimeout(1, TimeUnit.MILLISECONDS);
    server.respond(ApiVersion.V1, Exchange::stall);
    SessionLookup lookup = open(server.lookup().deadline(Duration.ofMillis(300)));
    assertThrows(DeadlineExceededException.class, () -> lookup.get(FakeApi.ID));
  }

  @Test
  void keepsTheDeadlineIfACustomClientBlocks() {
    DelegatingHttpClient blocking = new DelegatingHttpClient();
    blocking.interceptor =
        (request, send) -> {
          end.join(); // Even if it is interrupted.
          return send.get();
        };
    SessionLookup lookup =
        open(server.lookup().httpClient(blocking).deadline(Duration.ofMillis(300)));
    CompletableFuture<Session> session = lookup.getAsync(FakeApi.ID);
    assertThrows(DeadlineExceededException.class, () -> lookup.get(FakeApi.ID));
    awaitFailure(DeadlineExceededException.class, session);
  }

  @Test
  void endsALookupIfACustomClientBlocksTheEndOfItsBody() throws Exception {
    DelegatingHttpClient client = new DelegatingHttpClient();
    client.onBody = body -> body.whenComplete((bytes, error) -> end.join());
    server.respond(
        ApiVersion.V1,
        exchange -> {
          exchange.write(Exchange.head(200, "Content-Length: 500") + "{");
          exchange.stall();
        });
    SessionLookup lookup =
        open(server.lookup().httpClient(client).deadline(Duration.ofMillis(300)));
    assertThrows(DeadlineExceededException.class, () -> lookup.get(FakeApi.ID));
    SessionLookup patient = open(server.lookup().httpClient(client));
    CompletableFuture<Session> cancelled = patient.getAsync(FakeApi.ID);
    CompletableFuture<Session> closed = patient.getAsync(FakeApi.ID);
    awaitStalls(3);
    assertTrue(cancelled.cancel(true));
    patient.close();
    awaitFailure(IllegalStateException.class, closed);
  }

  /** On a thread of the common pool, CompletableFuture.get may run other tasks. */
  @Test
  void runsNoOtherTaskOfTheCommonPoolWhileItWaits() throws Exception {
    SessionLookup lookup = open(server.lookup());
    ForkJoinTask<Long> lookups =
        ForkJoinPool.commonPool()
            .submit(
                () -> {
                  CompletableFuture.runAsync(end::join, ForkJoinPool.commonPool());
                  lookup.get(FakeApi.ID);
                  long results = lookup.getAll(ids(3)).filter(r -> r.session().isPresent()).count();
                  lookup.close();
                  return results;
                });
    assertEquals(3, lookups.get(30, TimeUnit.SECONDS));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 60_000, 70_000, 3_000_000})
  void truncatesALongDetail(int length) {
    byte[] body = ("{\"detail\": \"" + "x".repeat(length) + "\"}").getBytes(StandardCharsets.UTF_8);
    byte[] gzip = Faults.gzip(body);
    server.respond(
        ApiVersion.V1,
        exchange -> exchange.respond(403, body),
        exchange -> exchange.respond(403, gzip, "Content-Encoding: gzip"));
    SessionLookup lookup = open(server.lookup());
    for (int i = 0; i < 2; i++) {
      PermissionDeniedException thrown =
          assertThrows(PermissionDeniedException.class, () -> lookup.get(FakeApi.ID));
      assertEquals("x".repeat(Math.min(length, 2_000)), thrown.detail().orElseThrow());
    }
  }

  @Test
  void sendsNothingDuringAPause() {
    server.respond(ApiVersion.V1, e -> e.respond(429, "slow down", "Retry-After: 120"));
    SessionLookup lookup = open(server.lookup().maxConcurrency(4));
    int attempts =
        lookup
            .getAll(ids(500))
            .map(result -> assertThrows(RateLimitedException.class, result::orElseThrow))
            .mapToInt(SessionLookupException::attempts)
            .sum();
    assertTrue(server.requests().size() <= 4, server.requests().size() + " requests");
    assertEquals(server.requests().size(), attempts);
  }

  @Test
  void showsTheStackTracesOfOriginAndCaller() {
    server.respond(ApiVersion.V1, e -> e.respond(404, ""));
    SessionLookup lookup = open(server.lookup().httpClient(HttpClient.newHttpClient()));
    SessionNotFoundException thrown =
        assertThrows(SessionNotFoundException.class, () -> lookup.get(FakeApi.ID));
    String trace = Arrays.toString(thrown.getStackTrace());
    assertTrue(trace.contains("ApiCall"), trace);
    assertTrue(trace.contains("IndependenceTest"), trace);
  }

  static Stream<Throwable> bugs() {
    return Stream.of(new NullPointerException("bug"), new StackOverflowError("bug"));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void reportsABugWithItsOriginAndNeverAsAGap(Throwable bug) {
    StackTraceElement origin = bug.getStackTrace()[0];
    Timer broken =
        new Timer() {
          @Override
          public Instant now() { // Called for error responses.
            if (bug instanceof Error) {
              throw (Error) bug;
            }
            throw (RuntimeException) bug;
          }
        };
    server.respond(ApiVersion.V2_ENTERPRISE, e -> e.respond(503, "busy"));
    SessionLookup lookup = open(server.lookup().strategy(LookupStrategy.BEST_EFFORT).timer(broken));
    Throwable thrown = assertThrows(bug.getClass(), () -> lookup.get(FakeApi.ID));
    assertEquals(origin, thrown.getStackTrace()[0]);
    String trace = Arrays.toString(thrown.getStackTrace());
    assertTrue(trace.contains("reportsABugWithItsOriginAndNeverAsAGap"), trace);
  }

  /** A timer that cannot start its thread while a condition holds. */
  private static Timer timerWithoutThread(Predicate<Duration> condition) {
    return new Timer() {
      @Override
      public Runnable schedule(long nanos, Runnable action) {
        if (condition.test(Duration.ofNanos(nanos))) {
          throw new OutOfMemoryError("unable to create native thread");
        }
        return super.schedule(nanos, action);
      }
    };
  }

  @Test
  void failsIfTheTimerCannotStartItsThread() throws Exception {
    AtomicBoolean hasThreads = new AtomicBoolean();
    Timer timer = timerWithoutThread(delay -> !hasThreads.get());
    SessionLookup lookup = open(server.lookup().maxConcurrency(1).timer(timer));
    awaitFailure(OutOfMemoryError.class, lookup.getAsync(FakeApi.ID));
    hasThreads.set(true);
    assertEquals(FakeApi.ID, await(lookup.getAsync(FakeApi.ID)).id(), "the permit was released");
    assertEquals(1, server.requests().size(), "nothing was sent without a timeout");
  }

  @Test
  void failsAWaitIfTheTimerCannotStartItsThread() {
    Duration interval = Duration.ofSeconds(7);
    SessionLookup lookup =
        open(server.lookup().pollInterval(interval).timer(timerWithoutThread(interval::equals)));
    awaitFailure(
        OutOfMemoryError.class,
        lookup.waitUntilAsync(FakeApi.ID, session -> false, Duration.ofMinutes(1)));
  }

  @Test
  void keepsTheHttpVersionOfACustomClient() {
    DelegatingHttpClient client = new DelegatingHttpClient();
    open(server.lookup().httpClient(client)).get(FakeApi.ID);
    assertTrue(client.requests.get(0).version().isEmpty());
  }

  @Test
  @DisabledForJreRange(min = JRE.JAVA_24) // Newer JDKs keep the key.
  void rejectsAClientThatWouldDropTheKey() {
    HttpClient client = HttpClient.newBuilder().authenticator(new Authenticator() {}).build();
    SessionLookupBuilder builder = SessionLookup.builder();
    String message =
        assertThrows(IllegalArgumentException.class, () -> builder.httpClient(client)).getMessage();
    assertTrue(message.contains("JDK 24"), message);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_24)
  void aClientWithAnAuthenticatorSendsTheKey() {
    HttpClient client = HttpClient.newBuilder().authenticator(new Authenticator() {}).build();
    open(server.lookup().httpClient(client)).get(FakeApi.ID);
    assertEquals(
        "Bearer " + FakeApi.PERSONAL_KEY,
        server.requests().get(0).header("Authorization").orElseThrow());
  }

  @Test
  void reusesOneConnectionForSuccessiveLookups() {
    SessionLookup lookup = open(server.lookup().maxConcurrency(8));
    for (int i = 0; i < 10_000; i++) {
      lookup.get(FakeApi.ID);
    }
    assertEquals(1, server.connections());
    lookup.getAll(ids(2_000)).forEach(LookupResult::orElseThrow);
    assertTrue(server.connections() <= 8, server.connections() + " connections");
  }

  @Test
  void waitsForManySessionsOnFewThreads() {
    SessionLookup lookup = open(server.lookup().maxConcurrency(4));
    List<CompletableFuture<Session>> waits = startWaits(lookup, 200);
    while (server.requests().size() < 200) {
      Thread.onSpinWait();
    }
    long threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("devin-sessions"))
            .count();
    waits.forEach(wait -> wait.cancel(true));
    assertTrue(waits.stream().allMatch(CompletableFuture::isCancelled));
    assertTrue(threads < 50, threads + " threads");
  }

  @Test
  void cancelledWaitsLeaveNothingInFlight() throws Exception {
    server.respond(ApiVersion.V1, Exchange::stall);
    List<CompletableFuture<Session>> waits = startWaits(open(server.lookup()), 5);
    awaitStalls(5);
    waits.forEach(wait -> wait.cancel(true));
    server.awaitClosedByClient(20);
  }

  private static List<CompletableFuture<Session>> startWaits(SessionLookup lookup, int count) {
    return ids(count)
        .map(id -> lookup.waitUntilAsync(id, session -> false, Duration.ofMinutes(30)))
        .collect(Collectors.toList());
  }

  @Test
  void decodesAtMostMaxConcurrencyBodiesAtOnce() throws Exception {
    String body =
        FaultServer.goodBody(ApiVersion.V1)
            .replaceFirst("\\{", "{\"padding\": [" + "{\"a\": 1}, ".repeat(200_000) + "0],");
    byte[] compressed = Faults.gzip(body.getBytes(StandardCharsets.UTF_8));
    server.respond(ApiVersion.V1, e -> e.respond(200, compressed, "Content-Encoding: gzip"));
    SessionLookup lookup = open(server.lookup().maxConcurrency(2));
    List<CompletableFuture<String>> ids =
        Stream.generate(() -> lookup.getAsync(FakeApi.ID).thenApply(Session::id))
            .limit(16)
            .collect(Collectors.toList());
    long most = 0;
    while (!ids.stream().allMatch(CompletableFuture::isDone)) {
      most = Math.max(most, decodingThreads());
    }
    for (CompletableFuture<String> id : ids) {
      assertEquals(FakeApi.ID, await(id));
    }
    assertTrue(most >= 1 && most <= 2, most + " bodies decoded at once");
  }

  private static long decodingThreads() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            stack ->
                Arrays.stream(stack)
                    .anyMatch(frame -> frame.getClassName().endsWith(".SessionSource")))
        .count();
  }

  @Test
  void waitUntilHonorsRetryAfter() {
    server.respond(
        ApiVersion.V1, e -> e.respond(429, "slow down", "Retry-After: 1"), Exchange::succeed);
    SessionLookup lookup =
        open(server.lookup().deadline(Duration.ofMillis(500)).pollInterval(Duration.ofMillis(1)));
    Session session = lookup.waitUntil(FakeApi.ID, s -> true, Duration.ofMinutes(1));
    assertEquals(FakeApi.ID, session.id());
    assertEquals(2, server.requests().size());
  }

  @Test
  void getAllSendsNothingAfterItsTimeLimit() {
    server.respond(ApiVersion.V1, Exchange::stall);
    List<LookupResult> results =
        open(server.lookup().maxConcurrency(2))
            .getAll(ids(200), Duration.ofSeconds(1))
            .collect(Collectors.toList());
    assertEquals(200, results.size());
    for (LookupResult result : results) {
      RuntimeException late = result.error().orElseThrow();
      assertInstanceOf(DeadlineExceededException.class, late);
      assertTrue(late.getMessage().contains("atMost)"), late.getMessage());
    }
    assertEquals(2, server.requests().size());
  }
}
