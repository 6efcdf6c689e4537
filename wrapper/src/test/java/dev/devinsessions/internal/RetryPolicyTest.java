package dev.devinsessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpHeaders;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void retriesTransientStatuses(int status) {
    assertTrue(RetryPolicy.isRetryable(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 403, 404, 409, 422, 501, 505})
  void doesNotRetryOtherStatuses(int status) {
    assertFalse(RetryPolicy.isRetryable(status));
  }

  static Stream<Throwable> passingFailures() {
    return Stream.of(
        new ConnectException("refused"),
        new IOException("reset", new RuntimeException("Received fatal alert: not by TLS")),
        new SSLException("closed inbound before receiving peer's close_notify"),
        new SSLException((String) null));
  }

  @ParameterizedTest
  @MethodSource("passingFailures")
  void retriesBrokenConnections(Throwable error) {
    assertTrue(RetryPolicy.isRetryable(error));
  }

  static Stream<Throwable> lastingFailures() {
    return Stream.of(
        new IllegalStateException("of the program"),
        new SSLPeerUnverifiedException("another host"),
        new SSLException("Received fatal alert: certificate_required"),
        new IOException("outer", new IOException("inner", new CertificateException("unknown CA"))),
        new SSLHandshakeException("Received fatal alert: bad_certificate"));
  }

  @ParameterizedTest
  @MethodSource("lastingFailures")
  void doesNotRetryRejectedCertificatesAndBugs(Throwable error) {
    assertFalse(RetryPolicy.isRetryable(error));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "too many concurrent streams",
        "request not processed by peer",
        "Received RST_STREAM: Stream not processed",
        "/127.0.0.1:8443: GOAWAY received"
      })
  void detectsRefusedRequests(String message) {
    assertTrue(RetryPolicy.isRefused(new IOException(message)));
    assertTrue(RetryPolicy.isRefused(new ExecutionException(new IOException(message))));
    assertFalse(RetryPolicy.isRefused(new IllegalStateException(message)));
  }

  @Test
  void doesNotTreatOtherFailuresAsRefusals() {
    assertFalse(RetryPolicy.isRefused(new IOException("connection reset")));
    assertFalse(RetryPolicy.isRefused(new IOException()));
  }

  @ParameterizedTest
  @CsvSource({"1, 20", "2, 40", "6, 640", "7, 1000", "10, 1000", "1000, 1000"})
  void backoffAfterARefusalDoublesUpToOneSecond(int times, int millis) {
    assertEquals(Duration.ofMillis(millis), RetryPolicy.backoffAfterRefusal(times));
  }

  @ParameterizedTest
  @CsvSource({"1, 250", "2, 500", "4, 2000", "5, 4000", "6, 4000", "64, 4000"})
  void backoffDoublesUpToEightSeconds(int attempt, int leastMillis) {
    Duration least = Duration.ofMillis(leastMillis);

    assertEquals(least, RetryPolicy.backoff(attempt, Optional.empty(), 0));
    assertEquals(
        least.multipliedBy(3).dividedBy(2), RetryPolicy.backoff(attempt, Optional.empty(), 0.5));
  }

  @Test
  void retryAfterTakesPrecedence() {
    Optional<Duration> wish = Optional.of(Duration.ofSeconds(77));

    assertEquals(wish.get(), RetryPolicy.backoff(1, wish, 0.5));
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "999999999, PT999999999S",
    "1000000000, PT876000H", // A hundred years, however many digits there are.
    "99999999999999999999, PT876000H",
    "'Sat, 21 Nov 2026 00:00:10 GMT', PT10S",
    "'Saturday, 21-Nov-26 00:00:10 GMT', PT10S",
    "'Sat Nov 21 00:00:10 2026', PT10S",
    "'Fri, 20 Nov 2026 23:59:59 GMT', PT0S",
    "'Sat, 21 Nov 2026 00:00:00 GMT', PT0S",
    "'Tue, 21 Nov 3026 00:00:00 GMT', PT876000H"
  })
  void readsRetryAfterAsSecondsOrDate(String value, Duration wait) {
    HttpHeaders headers = HttpHeaders.of(Map.of("retry-after", List.of(value)), (n, v) -> true);

    assertEquals(
        Optional.of(wait), RetryPolicy.retryAfter(headers, Instant.parse("2026-11-21T00:00:00Z")));
  }
}
