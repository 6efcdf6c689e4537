package dev.devinsessions;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** A row of the fault table: how one API responds, each time, and how the lookup fails. */
final class Fault {
  final String name;
  final FaultServer.Script script;
  private final Class<? extends SessionLookupException> error;
  private Optional<OptionalInt> status = Optional.of(OptionalInt.empty());
  private boolean isRetried;
  private boolean isRepeatedByTheJdk;
  private Predicate<String> detail = String::isEmpty;
  private Optional<Duration> retryAfter = Optional.empty();
  private boolean closesConnection;

  private Fault(
      String name, Class<? extends SessionLookupException> error, FaultServer.Script script) {
    this.name = name;
    this.script = script;
    this.error = error;
  }

  static Fault fault(
      String name, Class<? extends SessionLookupException> error, FaultServer.Script script) {
    return new Fault(name, error, script);
  }

  /** A status with a body of its own. */
  static Fault status(int status, Class<? extends SessionLookupException> error) {
    String body = "{\"detail\": \"because of " + status + "\"}";
    return fault("status " + status, error, exchange -> exchange.respond(status, body))
        .status(status)
        .detail(("because of " + status)::equals);
  }

  Fault status(int expected) {
    status = Optional.of(OptionalInt.of(expected));
    return this;
  }

  /** The head of the response arrived, but not its body. */
  Fault anyStatus() {
    status = Optional.empty();
    return this;
  }

  Fault retried() {
    isRetried = true;
    return this;
  }

  /**
   * The JDK's client sends a GET once more by itself if it received nothing at all, as from a stale
   * connection.
   */
  Fault repeatedByTheJdk() {
    isRepeatedByTheJdk = true;
    return this;
  }

  Fault detail(Predicate<String> expected) {
    detail = expected;
    return this;
  }

  Fault retryAfter(Duration expected) {
    retryAfter = Optional.of(expected);
    return this;
  }

  /** The client closes the connection at once. */
  Fault closesConnection() {
    closesConnection = true;
    return this;
  }

  boolean isConnectionClosed() {
    return closesConnection;
  }

  /** Attempts of a lookup that retries once. */
  int attempts() {
    return isRetried ? 2 : 1;
  }

  /** Whether a server saw as many requests as there were attempts. */
  boolean fits(int requests) {
    return requests == attempts()
        || (isRepeatedByTheJdk && requests > attempts() && requests <= 2 * attempts());
  }

  /** Fails unless the exception is the one of this row, with all its data. */
  void check(SessionLookupException thrown, ApiVersion api) {
    if (thrown.getClass() != error) {
      throw new AssertionError(
          name + ": expected " + error.getSimpleName() + " but got " + thrown, thrown);
    }
    expect(thrown, "apiVersion", Optional.of(api), thrown.apiVersion());
    status.ifPresent(expected -> expect(thrown, "statusCode", expected, thrown.statusCode()));
    expect(thrown, "attempts", attempts(), thrown.attempts());
    expect(thrown, "isRetryable", isRetried, thrown.isRetryable());
    expect(thrown, "sessionId", FakeApi.ID, thrown.sessionId());
    String actual = thrown.detail().orElse("");
    if (!detail.test(actual) || actual.length() > 2_000) {
      throw new AssertionError(name + ": unexpected detail " + actual, thrown);
    }
    if (thrown instanceof RateLimitedException) {
      expect(thrown, "retryAfter", retryAfter, ((RateLimitedException) thrown).retryAfter());
    }
    if (thrown instanceof TransportException && thrown.getCause() == null) {
      throw new AssertionError(name + ": no cause", thrown);
    }
  }

  private void expect(Throwable thrown, String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(
          name + ": expected " + what + " " + expected + " but was " + actual, thrown);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
