package dev.devinsessions;

import static dev.devinsessions.ApiVersion.V1;
import static dev.devinsessions.FakeApi.ID;
import static dev.devinsessions.FakeApi.SERVICE_KEY;
import static dev.devinsessions.FakeApi.file;
import static dev.devinsessions.FakeApi.json;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each exception with its data. */
class SessionLookupExceptionTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  private static SessionLookupException failure(ResponseDefinitionBuilder answer) {
    API.answer(V1, answer);
    try (SessionLookup lookup = API.lookup(SERVICE_KEY).build()) {
      return assertThrows(SessionLookupException.class, () -> lookup.get(ID));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, RequestRejectedException, false",
    "401, UnauthorizedException, false",
    "402, UnexpectedStatusException, false",
    "403, PermissionDeniedException, false",
    "404, SessionNotFoundException, false",
    "405, UnexpectedStatusException, false",
    "408, UnexpectedStatusException, true",
    "409, UnexpectedStatusException, false",
    "418, UnexpectedStatusException, false",
    "422, RequestRejectedException, false",
    "429, RateLimitedException, true",
    "500, ServerErrorException, true",
    "501, ServerErrorException, false",
    "502, ServerErrorException, true",
    "503, ServerErrorException, true",
    "504, ServerErrorException, true",
    "599, ServerErrorException, false",
    "301, UnexpectedStatusException, false",
    "302, UnexpectedStatusException, false",
    "304, UnexpectedStatusException, false",
    "307, UnexpectedStatusException, false"
  })
  void throwsTheExceptionOfTheStatus(int status, String type, boolean isRetryable) {
    SessionLookupException failure =
        failure(
            json(status, "{\"detail\": \"because\"}")
                .withHeader("x-request-id", "req-7")
                .withHeader("Location", "/elsewhere"));
    assertEquals(type, failure.getClass().getSimpleName());
    assertEquals(ID, failure.sessionId());
    assertEquals(Optional.of(V1), failure.apiVersion());
    assertEquals(OptionalInt.of(status), failure.statusCode());
    assertEquals(1, failure.attempts());
    assertEquals(Optional.of("req-7"), failure.requestId());
    assertEquals(isRetryable, failure.isRetryable());
    assertEquals(1, API.requests().size());
    if (status != 304) { // has no body
      assertEquals(Optional.of("because"), failure.detail());
      assertTrue(failure.getMessage().contains("because"), failure.getMessage());
    }
  }

  @Test
  void namesTheViolationsOfARejectedRequest() {
    RequestRejectedException failure =
        (RequestRejectedException) failure(json(422, file("error-422.json")));
    assertEquals(
        List.of(
            "path.session_id: String should match pattern",
            "query.0: Input should be a valid integer"),
        failure.violations());
    assertThrows(UnsupportedOperationException.class, () -> failure.violations().clear());
  }

  @Test
  void reportsABillingProblemInTheDetail() {
    SessionLookupException failure = failure(json(403, file("error-403-billing.json")));
    assertInstanceOf(PermissionDeniedException.class, failure);
    assertEquals(
        Optional.of("Your organization has a billing error. Error: out_of_quota"),
        failure.detail());
  }

  @Test
  void quotesTheStartOfABodyThatIsNotJson() {
    String page = "<html>" + "x".repeat(1_993) + "🚀 and so on";
    SessionLookupException failure = failure(json(502, page));
    assertEquals(Optional.of("<html>" + "x".repeat(1_993)), failure.detail());
    assertEquals(Optional.empty(), failure(json(502, "")).detail());
  }

  @Test
  void reportsHowLongToWaitAfterTooManyRequests() {
    RateLimitedException failure =
        (RateLimitedException) failure(json(429, "{}").withHeader("Retry-After", "7"));
    assertEquals(Optional.of(Duration.ofSeconds(7)), failure.retryAfter());
    assertEquals(Optional.empty(), ((RateLimitedException) failure(json(429, "{}"))).retryAfter());
  }

  @Test
  void keepsTheCauseOfABrokenConnection() {
    SessionLookupException failure =
        failure(WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    assertInstanceOf(TransportException.class, failure);
    assertTrue(failure.getCause() != null && failure.isRetryable());
    assertEquals(OptionalInt.empty(), failure.statusCode());
  }

  @Test
  void endsAnAttemptThatTakesTooLong() {
    API.answer(V1, json(200, "{}").withFixedDelay(20_000));
    try (SessionLookup lookup =
        API.lookup(SERVICE_KEY).attemptTimeout(Duration.ofMillis(500)).build()) {
      DeadlineExceededException failure =
          assertThrows(DeadlineExceededException.class, () -> lookup.get(ID));
      assertTrue(failure.isRetryable());
      assertEquals(Optional.empty(), failure.lastSeen());
    }
  }

  @Test
  void keepsTheInterruptFlagSet() throws Exception {
    API.answer(V1, json(200, "{}").withFixedDelay(20_000));
    CompletableFuture<Object> outcome = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    try (SessionLookup lookup = API.lookup(SERVICE_KEY).build()) {
      Thread waiting =
          new Thread(
              () -> {
                asked.countDown();
                try {
                  lookup.get(ID);
                } catch (LookupInterruptedException e) {
                  outcome.complete(Thread.currentThread().isInterrupted() ? e : "flag lost");
                }
              });
      waiting.start();
      asked.await();
      waiting.interrupt();
      assertEquals(
          ID, assertInstanceOf(LookupInterruptedException.class, outcome.get()).sessionId());
    }
  }

  @Test
  void failsAFutureWithTheSameException() {
    API.answer(V1, FakeApi.error(401));
    try (SessionLookup lookup = API.lookup(SERVICE_KEY).build()) {
      CompletionException wrapped =
          assertThrows(CompletionException.class, () -> lookup.getAsync(ID).join());
      assertInstanceOf(UnauthorizedException.class, wrapped.getCause());
      Throwable direct = lookup.getAsync(ID).handle((session, error) -> error).join();
      assertInstanceOf(UnauthorizedException.class, direct);
    }
  }

  @Test
  void showsTheStackTraceOfTheCaller() {
    SessionLookupException failure = failure(FakeApi.error(401));
    assertTrue(
        List.of(failure.getStackTrace()).stream()
            .anyMatch(frame -> frame.getClassName().contains("ExceptionTest")));
  }

  @Test
  void refusesLookupsAfterCloseAndEndsThoseUnderWay() {
    API.answer(V1, json(200, "{}").withFixedDelay(20_000));
    SessionLookup lookup = API.lookup(SERVICE_KEY).build();
    CompletableFuture<Session> underWay = lookup.getAsync(ID);
    lookup.close();
    lookup.close();
    assertInstanceOf(
        IllegalStateException.class,
        assertThrows(CompletionException.class, underWay::join).getCause());
    assertThrows(IllegalStateException.class, () -> lookup.get(ID));
    assertThrows(IllegalStateException.class, () -> lookup.getAsync(ID));
    assertThrows(IllegalStateException.class, () -> lookup.find(ID));
  }

  @Test
  void survivesSerialisationWhateverTheCause() throws Exception {
    Session seen =
        Session.builder()
            .id(ID)
            .createdAt(Instant.EPOCH)
            .updatedAt(Instant.EPOCH)
            .title("会话")
            .build();
    FailureDetails details =
        FailureDetails.builder()
            .message("m")
            .sessionId(ID)
            .apiVersion(V1)
            .statusCode(429)
            .attempts(3)
            .requestId("r")
            .detail("d")
            .retryable(true)
            .cause(new IllegalStateException("c"))
            .build();
    assertEquals(
        details,
        copy(new UnauthorizedException(details.toBuilder().cause(null).build()))
            .details()
            .toBuilder()
            .cause(details.cause().orElseThrow())
            .build());
    DeadlineExceededException deadline = copy(new DeadlineExceededException(details, seen));
    assertEquals(Optional.of(seen), deadline.lastSeen());
    assertEquals("m", deadline.getMessage());
    assertEquals(Optional.of(V1), deadline.apiVersion());
    assertEquals(OptionalInt.of(429), deadline.statusCode());
    assertEquals(3, deadline.attempts());
    assertEquals(Optional.of("r"), deadline.requestId());
    assertEquals(Optional.of("d"), deadline.detail());
    assertTrue(deadline.isRetryable());
    assertEquals("c", deadline.getCause().getMessage());
    assertEquals(Optional.empty(), copy(new DeadlineExceededException(details, null)).lastSeen());
    assertEquals(
        Optional.of(Duration.ofSeconds(7)),
        copy(new RateLimitedException(details, Duration.ofSeconds(7))).retryAfter());
    assertEquals(
        List.of("v"), copy(new RequestRejectedException(details, List.of("v"))).violations());
    Throwable odd =
        new IllegalStateException("odd") {
          private static final long serialVersionUID = 1L;

          @SuppressWarnings({"serial", "unused"}) // Not serialisable: that is the point.
          private final Object client = new Object();
        };
    Throwable standIn =
        copy(new TransportException(details.toBuilder().cause(odd).build())).getCause();
    assertTrue(standIn.getMessage().endsWith("odd"), standIn::getMessage);
    assertArrayEquals(odd.getStackTrace(), standIn.getStackTrace());
    assertFalse(
        copy(new UnauthorizedException(FailureDetails.builder().message("m").sessionId(ID).build()))
            .isRetryable());
  }

  @SuppressWarnings("unchecked") // What is read is what was written.
  private static <T> T copy(T value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  @Test
  void isThrownByTheResultOfALookup() {
    Session session =
        Session.builder().id(ID).createdAt(Instant.EPOCH).updatedAt(Instant.EPOCH).build();
    assertSame(session, LookupResult.found("x", session).orElseThrow());
    IllegalArgumentException error = new IllegalArgumentException("no id");
    assertSame(
        error,
        assertThrows(IllegalArgumentException.class, LookupResult.failed("x", error)::orElseThrow));
  }
}
