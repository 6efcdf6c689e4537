package dev.devinsessions;

import static dev.devinsessions.ApiVersion.V1;
import static dev.devinsessions.FakeApi.ID;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The data of exceptions; {@link FaultTableTest} covers the exception for each status. */
class SessionLookupExceptionTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  private static <E extends SessionLookupException> E failure(
      Class<E> type, int status, String body) {
    API.respond(V1, FakeApi.json(status, body));
    try (SessionLookup lookup = API.lookup(FakeApi.SERVICE_KEY).build()) {
      return assertThrows(type, () -> lookup.get(ID));
    }
  }

  @Test
  void namesTheViolationsOfARejectedRequest() {
    String body = FakeApi.file("error-422.json");
    RequestRejectedException failure = failure(RequestRejectedException.class, 422, body);
    assertEquals(
        List.of(
            "path.session_id: String should match pattern",
            "query.0: Input should be a valid integer"),
        failure.violations());
    assertTrue(failure.getMessage().contains(String.join("; ", failure.violations())));
    assertThrows(UnsupportedOperationException.class, () -> failure.violations().clear());
  }

  @Test
  void quotesTheStartOfABodyThatIsNotJson() {
    String start = "<html>" + "x".repeat(1_993);
    assertEquals(
        Optional.of(start),
        failure(ServerErrorException.class, 502, start + "🚀 and so on").detail());
    assertEquals(Optional.empty(), failure(ServerErrorException.class, 502, "").detail());
  }

  @Test
  void failsAFutureWithTheSameException() {
    API.respond(V1, FakeApi.error(401));
    try (SessionLookup lookup = API.lookup(FakeApi.SERVICE_KEY).build()) {
      CompletionException wrapped =
          assertThrows(CompletionException.class, () -> lookup.getAsync(ID).join());
      assertInstanceOf(UnauthorizedException.class, wrapped.getCause());
      Throwable direct = lookup.getAsync(ID).handle((session, error) -> error).join();
      assertInstanceOf(UnauthorizedException.class, direct);
    }
  }

  @Test
  void survivesSerialization() throws Exception {
    FailureDetails least = FailureDetails.builder().message("m").sessionId(ID).build();
    FailureDetails details =
        least.toBuilder()
            .apiVersion(V1)
            .statusCode(429)
            .attempts(3)
            .requestId("r")
            .detail("d")
            .retryable(true)
            .build();
    assertEquals(least, copy(new UnauthorizedException(least)).details());
    assertEquals(details, copy(new UnauthorizedException(details)).details());
    Session seen = PublicValues.SESSION;
    assertEquals(Optional.of(seen), copy(new DeadlineExceededException(least, seen)).lastSeen());
    assertEquals(Optional.empty(), copy(new DeadlineExceededException(least, null)).lastSeen());
    Duration delay = Duration.ofSeconds(7);
    assertEquals(Optional.of(delay), copy(new RateLimitedException(least, delay)).retryAfter());
    List<String> violations = List.of("v");
    assertEquals(violations, copy(new RequestRejectedException(least, violations)).violations());
  }

  @Test
  void survivesSerializationWithAnyCause() throws Exception {
    Throwable odd =
        new IllegalStateException("odd") {
          private static final long serialVersionUID = 1L;

          @SuppressWarnings({"serial", "unused"}) // Cannot be serialized.
          private final Object client = new Object();
        };
    Throwable replacement = copy(causedBy(odd)).getCause();
    assertTrue(replacement.getMessage().endsWith("odd"), replacement::getMessage);
    assertArrayEquals(odd.getStackTrace(), replacement.getStackTrace());
    Throwable deep = odd;
    for (int i = 0; i < 10_000; i++) {
      deep = new IllegalStateException("deep", deep);
    }
    assertTrue(copy(causedBy(deep)).getCause().getMessage().endsWith("deep"));
    Throwable serializable = copy(causedBy(new IllegalStateException("c"))).getCause();
    assertEquals("java.lang.IllegalStateException: c", serializable.toString());
  }

  private static TransportException causedBy(Throwable cause) {
    return new TransportException(
        FailureDetails.builder().message("m").sessionId(ID).cause(cause).build());
  }

  @SuppressWarnings("unchecked") // Deserialization keeps the type.
  private static <T> T copy(T value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(value);
    return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  @Test
  void failedResultThrowsItsError() {
    RuntimeException error = new IllegalArgumentException("no id");
    assertSame(
        error, assertThrows(RuntimeException.class, LookupResult.failed("x", error)::orElseThrow));
  }
}
