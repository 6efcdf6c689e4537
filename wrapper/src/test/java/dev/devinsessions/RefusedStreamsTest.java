package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.devinsessions.Http2Server.Stream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that an HTTP/2 server refused before it processed them. */
@Timeout(180)
class RefusedStreamsTest {
  private static final String BODY = FaultServer.goodBody(ApiVersion.V1);
  private static final Duration PATIENT = Duration.ofSeconds(20);

  static List<Arguments> refusals() {
    Consumer<Stream> reset = stream -> stream.reset(Http2Server.REFUSED_STREAM);
    Consumer<Stream> goAway = stream -> stream.goAwayBefore(Http2Server.NO_ERROR);
    Consumer<Stream> calm = stream -> stream.goAwayBefore(Http2Server.ENHANCE_YOUR_CALM);
    return List.of(
        arguments("REFUSED_STREAM", reset),
        arguments("GOAWAY", goAway),
        arguments("GOAWAY, ENHANCE_YOUR_CALM", calm));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void resendsARefusedRequestWithoutUsingARetry(String name, Consumer<Stream> refuse)
      throws Exception {
    AtomicInteger seen = new AtomicInteger();
    try (Http2Server server = server(() -> seen.incrementAndGet() <= 5, refuse);
        SessionLookup lookup = lookup(server).maxConcurrency(1).build()) {
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id());
      assertEquals(6, server.requests());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void backsOffFromAServerThatAlwaysRefuses(String name, Consumer<Stream> refuse) throws Exception {
    AtomicBoolean refusing = new AtomicBoolean(true);
    FakeClock clock = new FakeClock();
    try (Http2Server server = server(refusing::get, refuse);
        SessionLookup lookup =
            lookup(server)
                .timer(clock)
                .deadline(PATIENT.multipliedBy(2))
                .attemptTimeout(PATIENT)
                .maxConcurrency(1)
                .build()) {
      CompletableFuture<Session> refused = lookup.getAsync(FakeApi.ID);
      for (Duration passed = Duration.ZERO; passed.compareTo(PATIENT.multipliedBy(2)) < 0; ) {
        Duration wait = clock.awaitScheduledBelow(PATIENT);
        clock.advance(wait);
        passed = passed.plus(wait);
      }
      assertTrue(
          LookupTestCase.awaitFailure(DeadlineExceededException.class, refused).isRetryable());
      assertTrue(server.requests() < 200, server.requests() + " requests in 40 seconds");
      refusing.set(false);
      assertEquals(FakeApi.ID, lookup.get(FakeApi.ID).id(), "the permit was released");
    }
  }

  @ParameterizedTest(name = "{0} streams announced, {1} allowed, maxConcurrency {2}")
  @CsvSource({"1000, 5, 32, 100", "10, 10, 10, 1000", "10, 10, 32, 1000"})
  void lookupsBeyondTheStreamLimitSucceed(
      int announced, int allowed, int maxConcurrency, int lookups) throws Exception {
    try (Http2Server server =
        new Http2Server(
            announced,
            stream -> {
              if (stream.openAtOnce() > allowed) {
                stream.reset(Http2Server.REFUSED_STREAM);
              } else {
                CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS)
                    .execute(() -> stream.succeed(BODY));
              }
            })) {
      assertAllSucceed(lookup(server).maxConcurrency(maxConcurrency), lookups);
      assertTrue(server.requests() >= lookups);
    }
  }

  @Test
  void lookupsSurviveGoAway() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    try (Http2Server server =
        server(
            () -> seen.incrementAndGet() % 7 == 0,
            stream -> stream.goAwayBefore(Http2Server.NO_ERROR))) {
      // JDK 17's client may lose a stream that it opens while the connection is closing.
      SessionLookupBuilder retrying = lookup(server).attemptTimeout(PATIENT.dividedBy(4));
      assertAllSucceed(retrying.maxRetries(10).maxConcurrency(8), 24);
    }
  }

  /** The limit falls to 1 if all requests in flight are refused, and must not stay there. */
  @ParameterizedTest(name = "{0}, then {1} lookups")
  @CsvSource({"REFUSED_STREAM, 60", "GOAWAY, 24"})
  void returnsToFullConcurrencyAfterABurstOfRefusals(String refusal, int lookups) throws Exception {
    int maxConcurrency = 8;
    AtomicInteger seen = new AtomicInteger();
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Stream> burst = new CopyOnWriteArrayList<>();
    Consumer<Stream> refuseBurst =
        stream -> {
          burst.add(stream);
          if (burst.size() == maxConcurrency && refusal.equals("GOAWAY")) {
            burst.get(0).goAwayBefore(Http2Server.NO_ERROR);
          } else if (burst.size() == maxConcurrency) {
            burst.forEach(each -> each.reset(Http2Server.REFUSED_STREAM));
          }
        };
    Consumer<Stream> succeed =
        stream -> {
          most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
              .execute(
                  () -> {
                    inFlight.decrementAndGet();
                    stream.succeed(BODY);
                  });
        };
    try (Http2Server server =
        new Http2Server(
            100,
            stream -> {
              int number = seen.getAndIncrement(); // The first request opens the connection.
              (number >= 1 && number <= maxConcurrency ? refuseBurst : succeed).accept(stream);
            })) {
      assertAllSucceed(lookup(server).maxConcurrency(maxConcurrency), 1, lookups);
    }
    assertEquals(maxConcurrency, most.get());
  }

  /**
   * @param lookups how many to start at once; the next number when they have ended
   */
  private static void assertAllSucceed(SessionLookupBuilder builder, int... lookups)
      throws Exception {
    try (SessionLookup lookup = builder.deadline(Duration.ofSeconds(120)).build()) {
      for (int count : lookups) {
        List<CompletableFuture<Session>> futures =
            IntStream.range(0, count)
                .mapToObj(i -> lookup.getAsync(FakeApi.ID))
                .collect(Collectors.toList());
        for (CompletableFuture<Session> future : futures) {
          assertEquals(FakeApi.ID, future.get(150, TimeUnit.SECONDS).id());
        }
      }
    }
  }

  @ParameterizedTest(name = "error code {0}")
  @ValueSource(ints = {1, 2, 8, 11})
  void otherStreamResetsUseARetry(int errorCode) throws Exception {
    FakeClock clock = FakeClock.skippingWaits(PATIENT, 0.5);
    try (Http2Server server = new Http2Server(100, stream -> stream.reset(errorCode));
        SessionLookup lookup =
            lookup(server)
                .timer(clock)
                .deadline(FakeClock.DEADLINE)
                .attemptTimeout(PATIENT)
                .maxRetries(1)
                .build()) {
      TransportException thrown =
          assertThrows(TransportException.class, () -> lookup.get(FakeApi.ID));
      assertEquals(2, thrown.attempts());
      assertEquals(2, server.requests());
      assertTrue(thrown.isRetryable());
    }
  }

  /** A server that refuses some requests. */
  private static Http2Server server(BooleanSupplier refuses, Consumer<Stream> refuse)
      throws IOException {
    return new Http2Server(
        100,
        stream -> {
          if (refuses.getAsBoolean()) {
            refuse.accept(stream);
          } else {
            stream.succeed(BODY);
          }
        });
  }

  private static SessionLookupBuilder lookup(Http2Server server) {
    return SessionLookup.builder()
        .apiKey(FakeApi.PERSONAL_KEY)
        .baseUrl(server.baseUrl())
        .strategy(LookupStrategy.V1)
        .httpClient(HttpClient.newBuilder().sslContext(TestCertificates.trusting()).build())
        .maxRetries(0);
  }
}
