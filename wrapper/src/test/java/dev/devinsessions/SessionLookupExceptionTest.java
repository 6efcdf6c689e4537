package dev.devinsessions;

import static dev.devinsessions.ApiVersion.V1;
import static dev.devinsessions.FakeApi.ID;
import static dev.devinsessions.FakeApi.SERVICE_KEY;
import static dev.devinsessions.FakeApi.file;
import static dev.devinsessions.FakeApi.json;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The type and the data of each exception. */
class SessionLookupExceptionTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  private static SessionLookupException failure(int status, String body) {
    API.respond(
        V1,
        json(status, body)
            .withHeader("x-request-id", "req-7")
            .withHeader("Location", "/elsewhere"));
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
    SessionLookupException failure = failure(status, "{\"detail\": \"because\"}");
    assertEquals(type, failure.getClass().getSimpleName());
    assertEquals(ID, failure.sessionId());
    assertEquals(Optional.of(V1), failure.apiVersion());
    assertEquals(OptionalInt.of(status), failure.statusCode());
    assertEquals(1, failure.attempts());
    assertEquals(Optional.of("req-7"), failure.requestId());
    assertEquals(isRetryable, failure.isRetryable());
    assertEquals(1, API.requests().size());
    if (status != 304) { // It has no body.
      assertEquals(Optional.of("because"), failure.detail());
      assertTrue(failure.getMessage().contains("because"), failure.getMessage());
    }
  }

  @Test
  void namesTheViolationsOfARejectedRequest() {
    RequestRejectedException failure =
        (RequestRejectedException) failure(422, file("error-422.json"));
    assertEquals(
        List.of(
            "path.session_id: String should match pattern",
            "query.0: Input should be a valid integer"),
        failure.violations());
    assertThrows(UnsupportedOperationException.class, () -> failure.violations().clear());
  }

  @Test
  void quotesTheStartOfABodyThatIsNotJson() {
    String page = "<html>" + "x".repeat(1_993) + "🚀 and so on";
    SessionLookupException failure = failure(502, page);
    assertEquals(Optional.of("<html>" + "x".repeat(1_993)), failure.detail());
    assertEquals(Optional.empty(), failure(502, "").detail());
  }

  @Test
  void failsAFutureWithTheSameException() {
    API.respond(V1, FakeApi.error(401));
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
    SessionLookupException failure = failure(401, "no");
    assertTrue(
        List.of(failure.getStackTrace()).stream()
            .anyMatch(frame -> frame.getClassName().contains("ExceptionTest")));
  }

  @Test
  void survivesSerialisationWithAnyCause() throws Exception {
    Session seen = Session.builder().id(ID).createdAt(Instant.EPOCH).title("会话").build();
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
            .build();
    DeadlineExceededException deadline = copy(new DeadlineExceededException(details, seen));
    assertEquals(details, deadline.details());
    assertEquals(Optional.of(seen), deadline.lastSeen());
    assertEquals(Optional.empty(), copy(new DeadlineExceededException(details, null)).lastSeen());
    assertEquals(
        Optional.of(Duration.ofSeconds(7)),
        copy(new RateLimitedException(details, Duration.ofSeconds(7))).retryAfter());
    assertEquals(
        List.of("v"), copy(new RequestRejectedException(details, List.of("v"))).violations());
    FailureDetails least = FailureDetails.builder().message("m").sessionId(ID).build();
    assertEquals(least, copy(new UnauthorizedException(least)).details());

    Throwable odd =
        new IllegalStateException("odd") {
          private static final long serialVersionUID = 1L;

          @SuppressWarnings({"serial", "unused"}) // Cannot be serialised.
          private final Object client = new Object();
        };
    Throwable replacement =
        copy(new TransportException(details.toBuilder().cause(odd).build())).getCause();
    assertTrue(replacement.getMessage().endsWith("odd"), replacement::getMessage);
    assertArrayEquals(odd.getStackTrace(), replacement.getStackTrace());
    Throwable plain = new IllegalStateException("c");
    assertEquals(
        "c",
        copy(new TransportException(details.toBuilder().cause(plain).build()))
            .getCause()
            .getMessage());
  }

  @SuppressWarnings("unchecked") // Deserialisation keeps the type.
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
  void orElseThrowReturnsTheSessionOrThrowsTheError() {
    Session session = Session.builder().id(ID).build();
    assertSame(session, LookupResult.found("x", session).orElseThrow());
    IllegalArgumentException error = new IllegalArgumentException("no id");
    assertSame(
        error,
        assertThrows(IllegalArgumentException.class, LookupResult.failed("x", error)::orElseThrow));
  }
}
