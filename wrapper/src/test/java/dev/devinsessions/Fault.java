package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;

/** A row of the fault table: how an API responds to every request, and how the lookup fails. */
final class Fault {
  final String name;
  final FaultServer.Script script;
  private final Class<? extends SessionLookupException> error;
  private final FailureDetails.Builder expected = FailureDetails.builder().sessionId(FakeApi.ID);
  private int attempts = 1;
  private boolean hasAnyStatus;
  private boolean isRepeatedByTheJdk;
  private Optional<Duration> retryAfter = Optional.empty();
  private boolean isClosed;

  Fault(String name, Class<? extends SessionLookupException> error, FaultServer.Script script) {
    this.name = name;
    this.script = script;
    this.error = error;
  }

  Fault status(int status) {
    expected.statusCode(status);
    return this;
  }

  /** The head of the response arrived, but not its body. */
  Fault anyStatus() {
    hasAnyStatus = true;
    return this;
  }

  Fault retried() {
    expected.retryable(true);
    attempts = 2;
    return this;
  }

  /**
   * The JDK's client repeats a GET once if it received nothing, because the connection may have
   * been stale.
   */
  Fault repeatedByTheJdk() {
    isRepeatedByTheJdk = true;
    return this;
  }

  Fault detail(String detail) {
    expected.detail(detail);
    return this;
  }

  Fault retryAfter(Duration wait) {
    retryAfter = Optional.of(wait);
    return this;
  }

  /** The client closes the connection immediately. */
  Fault closed() {
    isClosed = true;
    return this;
  }

  boolean isClosed() {
    return isClosed;
  }

  /**
   * The expected delays. Retry-After pauses all lookups, even after the last attempt of this one.
   */
  int waits() {
    return retryAfter.isPresent() ? attempts : attempts - 1;
  }

  /** Asserts that a server received one request for each attempt. */
  void checkRequests(int requests) {
    int most = isRepeatedByTheJdk ? 2 * attempts : attempts;
    assertTrue(attempts <= requests && requests <= most, requests + " requests");
  }

  /** Asserts that the exception is the one that this row expects, with all its data. */
  void check(SessionLookupException thrown, ApiVersion api) {
    FailureDetails actual = thrown.details();
    expected
        .apiVersion(api)
        .attempts(attempts)
        .message(actual.message())
        .cause(actual.cause().orElse(null));
    if (hasAnyStatus) {
      expected.statusCode(actual.statusCode());
    }
    assertEquals(error, thrown.getClass(), thrown::toString);
    assertEquals(expected.build(), actual);
    if (thrown instanceof RateLimitedException) {
      assertEquals(retryAfter, ((RateLimitedException) thrown).retryAfter());
    }
    if (thrown instanceof TransportException) {
      assertNotEquals(Optional.empty(), actual.cause());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
