package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Authenticator;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookups that other code, other clients and odd servers must not stall or mislead. */
@Timeout(60)
class IndependenceTest {
  private static SessionLookupBuilder lookup(FaultServer server) {
    return SessionLookup.builder()
        .apiKey(FakeApi.PERSONAL_KEY)
        .baseUrl(server.baseUrl())
        .strategy(LookupStrategy.V1)
        .maxRetries(0);
  }

  @ParameterizedTest(name = "given client: {0}")
  @ValueSource(booleans = {false, true})
  void needsNoThreadOfTheCommonPool(boolean isGivenClient) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (FaultServer server = new FaultServer()) {
      SessionLookupBuilder builder = lookup(server);
      if (isGivenClient) {
        builder.httpClient(HttpClient.newHttpClient());
      }
      for (int i = 0; i < 4 * ForkJoinPool.getCommonPoolParallelism() + 4; i++) {
        ForkJoinPool.commonPool().execute(() -> await(end));
      }
      try (SessionLookup lookup = builder.build()) {
        assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
        assertEquals(FakeApi.ID, lookup.getAsync(FakeApi.ID).get(20, TimeUnit.SECONDS).id());
      }
    } finally {
      end.countDown();
    }
  }

  @Test
  void doesNotNeedTheSharedTimerOfTheJdk() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Void> blocking = new CompletableFuture<>();
    blocking.whenComplete((value, error) -> await(end)); // Blocks the thread that times it out.
    blocking.orTimeout(1, TimeUnit.MILLISECONDS);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).deadline(Duration.ofMillis(300)).build()) {
      server.respond(ApiVersion.V1, FaultServer.Exchange::stall);
      assertThrows(DeadlineExceededException.class, () -> lookup.get(FakeApi.ID));
    } finally {
      end.countDown();
    }
  }

  @Test
  void keepsTheDeadlineIfACustomClientBlocks() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HttpClient blocking =
        new DelegatingHttpClient(HttpClient.newHttpClient()) {
          @Override
          public <T> CompletableFuture<HttpResponse<T>> sendAsync(
              HttpRequest request, HttpResponse.BodyHandler<T> body) {
            while (end.getCount() > 0) {
              await(end); // Even if it is interrupted.
            }
            return super.sendAsync(request, body);
          }
        };
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            lookup(server).httpClient(blocking).deadline(Duration.ofMillis(300)).build()) {
      CompletableFuture<Session> session = lookup.getAsync(FakeApi.ID);
      assertThrows(DeadlineExceededException.class, () -> lookup.get(FakeApi.ID));
      ExecutionException thrown =
          assertThrows(ExecutionException.class, () -> session.get(20, TimeUnit.SECONDS));
      assertInstanceOf(DeadlineExceededException.class, thrown.getCause());
    } finally {
      end.countDown();
    }
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      // The caller decides whether to go on.
    }
  }

  @Test
  void decompressesOnlyTheStartOfAnErrorBody() throws Exception {
    byte[] bomb = Faults.gzip(new byte[64 << 20]);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).build()) {
      server.respond(ApiVersion.V1, e -> e.respond(403, bomb, "Content-Encoding: gzip"));
      PermissionDeniedException thrown =
          assertThrows(PermissionDeniedException.class, () -> lookup.get(FakeApi.ID));
      assertTrue(thrown.detail().orElse("").length() <= 2_000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 60_000, 70_000, 3_000_000})
  void truncatesALongDetail(int length) throws Exception {
    String detail = "x".repeat(length);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).build()) {
      server.respond(ApiVersion.V1, e -> e.respond(403, "{\"detail\": \"" + detail + "\"}"));
      PermissionDeniedException thrown =
          assertThrows(PermissionDeniedException.class, () -> lookup.get(FakeApi.ID));
      assertEquals("x".repeat(Math.min(length, 2_000)), thrown.detail().orElseThrow());
    }
  }

  @Test
  void rejectsTheResponseForAnotherSession() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).build()) {
      server.respond(ApiVersion.V1, e -> e.respond(200, FaultServer.goodBody(ApiVersion.V1)));
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
      MalformedResponseException thrown =
          assertThrows(MalformedResponseException.class, () -> lookup.get("devin-other"));
      assertTrue(thrown.getMessage().contains("$.session_id"), thrown::getMessage);
    }
  }

  @Test
  void retriesATruncatedBody() throws Exception {
    FakeClock clock = FakeClock.skippingWaits(Duration.ofSeconds(20), 0.5);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).timer(clock).maxRetries(1).build()) {
      byte[] whole = FaultServer.goodBody(ApiVersion.V1).getBytes(StandardCharsets.UTF_8);
      server.respond(
          ApiVersion.V1,
          e -> {
            e.write(FaultServer.Exchange.head(200, "Connection: close"));
            e.write(Arrays.copyOf(whole, whole.length / 2));
            e.close();
          },
          FaultServer.Exchange::succeed);
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
      assertEquals(2, server.requests().size());
    }
  }

  @Test
  void sendsNothingDuringAPause() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).maxConcurrency(4).build()) {
      server.respond(ApiVersion.V1, e -> e.respond(429, "slow down", "Retry-After: 120"));
      List<LookupResult> results =
          lookup
              .getAll(IntStream.range(0, 500).mapToObj(i -> "devin-" + i))
              .collect(Collectors.toList());
      for (LookupResult result : results) {
        assertInstanceOf(RateLimitedException.class, result.error().orElseThrow());
      }
      assertTrue(server.requests().size() <= 4, server.requests().size() + " requests");
      int attempts =
          results.stream()
              .mapToInt(r -> ((SessionLookupException) r.error().orElseThrow()).attempts())
              .sum();
      assertEquals(server.requests().size(), attempts);
    }
  }

  @Test
  void showsTheStackTracesOfOriginAndCaller() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).httpClient(HttpClient.newHttpClient()).build()) {
      server.respond(ApiVersion.V1, e -> e.respond(404, ""));
      SessionNotFoundException thrown =
          assertThrows(SessionNotFoundException.class, () -> lookup.get(FakeApi.ID));
      String trace = Arrays.toString(thrown.getStackTrace());
      assertTrue(trace.contains("ApiCall"), trace);
      assertTrue(trace.contains("IndependenceTest"), trace);
    }
  }

  @Test
  void keepsTheHttpVersionOfACustomClient() throws Exception {
    DelegatingHttpClient client = new DelegatingHttpClient(HttpClient.newHttpClient());
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).httpClient(client).build()) {
      lookup.get(FakeApi.ID);
      assertTrue(client.requests.get(0).version().isEmpty());
    }
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
  void aClientWithAnAuthenticatorSendsTheKey() throws Exception {
    HttpClient client = HttpClient.newBuilder().authenticator(new Authenticator() {}).build();
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).httpClient(client).build()) {
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
      assertEquals(
          "Bearer " + FakeApi.PERSONAL_KEY,
          server.requests().get(0).header("Authorization").orElseThrow());
    }
  }

  @Test
  void reusesOneConnectionForSuccessiveLookups() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).maxConcurrency(8).build()) {
      for (int i = 0; i < 3_000; i++) {
        lookup.get(FakeApi.ID);
      }
      assertEquals(1, server.connections());
      assertEquals(
          2_000,
          lookup
              .getAll(Collections.nCopies(2_000, FakeApi.ID))
              .filter(r -> r.error().isEmpty())
              .count());
      assertTrue(server.connections() <= 8, server.connections() + " connections");
    }
  }

  @Test
  void waitsForManySessionsOnFewThreads() throws Exception {
    AtomicReference<Set<Thread>> during = new AtomicReference<>(Set.of());
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).maxConcurrency(4).build()) {
      List<CompletableFuture<Session>> waits =
          Stream.generate(
                  () -> lookup.waitUntilAsync(FakeApi.ID, s -> false, Duration.ofMinutes(30)))
              .limit(200)
              .collect(Collectors.toList());
      while (server.requests().size() < 200) {
        Thread.onSpinWait();
      }
      during.set(Thread.getAllStackTraces().keySet());
      waits.forEach(wait -> wait.cancel(true));
      assertTrue(waits.stream().allMatch(CompletableFuture::isCancelled));
    }
    long threads =
        during.get().stream().filter(thread -> thread.getName().equals("devin-sessions")).count();
    assertTrue(threads < 50, threads + " threads");
  }

  @Test
  void decodesAtMostMaxConcurrencyBodiesAtOnce() throws Exception {
    String body =
        FaultServer.goodBody(ApiVersion.V1)
            .replaceFirst("\\{", "{\"padding\": [" + "{\"a\": 1}, ".repeat(200_000) + "0],");
    byte[] compressed = Faults.gzip(body.getBytes(StandardCharsets.UTF_8));
    long most = 0;
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).maxConcurrency(2).build()) {
      server.respond(ApiVersion.V1, e -> e.respond(200, compressed, "Content-Encoding: gzip"));
      List<CompletableFuture<String>> ids =
          Stream.generate(() -> lookup.getAsync(FakeApi.ID).thenApply(Session::id))
              .limit(16)
              .collect(Collectors.toList());
      while (!ids.stream().allMatch(CompletableFuture::isDone)) {
        most = Math.max(most, decodingThreads());
      }
      ids.forEach(id -> assertEquals(FakeApi.ID, id.join()));
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

  static Stream<Throwable> bugs() {
    return Stream.of(new NullPointerException("bug"), new StackOverflowError("bug"));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void reportsABugWithItsOriginAndNeverAsAGap(Throwable bug) throws Exception {
    StackTraceElement origin = bug.getStackTrace()[0];
    DelegatingHttpClient client =
        new DelegatingHttpClient(HttpClient.newHttpClient()) {
          @Override
          public <T> CompletableFuture<HttpResponse<T>> sendAsync(
              HttpRequest request, HttpResponse.BodyHandler<T> body) {
            boolean isBroken = request.uri().getPath().contains("/v2/");
            return super.sendAsync(
                request, isBroken ? head -> body.apply(headThrowing(bug, head)) : body);
          }
        };
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            lookup(server).strategy(LookupStrategy.BEST_EFFORT).httpClient(client).build()) {
      server.respond(ApiVersion.V2_ENTERPRISE, e -> e.respond(503, "busy"));
      Throwable thrown = assertThrows(bug.getClass(), () -> lookup.get(FakeApi.ID));
      assertEquals(origin, thrown.getStackTrace()[0]);
      String trace = Arrays.toString(thrown.getStackTrace());
      assertTrue(trace.contains("reportsABugWithItsOriginAndNeverAsAGap"), trace);
    }
  }

  /** The head of a response that can be received, but not read. */
  private static HttpResponse.ResponseInfo headThrowing(
      Throwable bug, HttpResponse.ResponseInfo head) {
    AtomicBoolean isReceived = new AtomicBoolean();
    return new HttpResponse.ResponseInfo() {
      @Override
      public int statusCode() {
        return head.statusCode();
      }

      @Override
      public HttpHeaders headers() {
        if (!isReceived.getAndSet(true)) {
          return head.headers();
        }
        if (bug instanceof Error) {
          throw (Error) bug;
        }
        throw (RuntimeException) bug;
      }

      @Override
      public HttpClient.Version version() {
        return head.version();
      }
    };
  }

  @Test
  void getAllReportsOnlyOnceThatTheLookupWasClosed() throws Exception {
    try (FaultServer server = new FaultServer()) {
      SessionLookup lookup = lookup(server).build();
      Iterator<LookupResult> results = lookup.getAll(Stream.generate(() -> FakeApi.ID)).iterator();
      assertEquals(FakeApi.ID, results.next().orElseThrow().id());
      lookup.close();
      assertThrows(IllegalStateException.class, results::hasNext);
      assertFalse(results.hasNext());
    }
  }

  @Test
  void waitUntilWaitsAsLongAsTheApiAsks() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup =
            lookup(server)
                .deadline(Duration.ofMillis(500))
                .pollInterval(Duration.ofMillis(1))
                .build()) {
      server.respond(
          ApiVersion.V1,
          e -> e.respond(429, "slow down", "Retry-After: 1"),
          FaultServer.Exchange::succeed);
      Session session = lookup.waitUntil(FakeApi.ID, s -> true, Duration.ofMinutes(1));
      assertEquals(FakeApi.ID, session.id());
      assertEquals(2, server.requests().size());
    }
  }

  @Test
  void getAllSendsNothingAfterItsTime() throws Exception {
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).maxConcurrency(2).build()) {
      server.respond(ApiVersion.V1, FaultServer.Exchange::stall);
      Stream<String> ids = Collections.nCopies(200, FakeApi.ID).stream();
      List<LookupResult> results =
          lookup.getAll(ids, Duration.ofSeconds(1)).collect(Collectors.toList());
      assertEquals(200, results.size());
      for (LookupResult result : results) {
        assertInstanceOf(DeadlineExceededException.class, result.error().orElseThrow());
      }
      assertEquals(2, server.requests().size());
    }
  }

  @Test
  void cancelledWaitsLeaveNothingInFlight() throws Exception {
    CountDownLatch inFlight = new CountDownLatch(5);
    try (FaultServer server = new FaultServer();
        SessionLookup lookup = lookup(server).build()) {
      server.onStall(inFlight::countDown);
      server.respond(ApiVersion.V1, FaultServer.Exchange::stall);
      List<CompletableFuture<Session>> waits =
          Stream.generate(
                  () -> lookup.waitUntilAsync(FakeApi.ID, s -> true, Duration.ofMinutes(30)))
              .limit(5)
              .collect(Collectors.toList());
      inFlight.await();
      waits.forEach(wait -> wait.cancel(true));
      server.awaitClosedByClient(20);
    }
  }
}
