package dev.devinsessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.time.Duration;
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
        new IllegalStateException("a bug"),
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
    assertFalse(RetryPolicy.isRefused(new AssertionError("a bug", new IOException(message))));
    assertEquals(message.startsWith("too many"), RetryPolicy.isNotSent(new IOException(message)));
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
}
