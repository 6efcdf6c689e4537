package dev.devinsessions.internal;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Decides whether a failed attempt is retried, and after what delay. */
final class RetryPolicy {
  private static final Set<Integer> RETRYABLE_STATUSES = Set.of(408, 429, 500, 502, 503, 504);
  private static final long FIRST_BACKOFF_MILLIS = 500;
  private static final long MAX_BACKOFF_MILLIS = 8_000;
  private static final int MAX_CAUSES = 100;

  /** RFC 9110: the preferred format, and two obsolete ones that a recipient must accept. */
  private static final List<DateTimeFormatter> HTTP_DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US)
              .withZone(ZoneOffset.UTC));

  /**
   * The JDK's client has no exception types for refusals, so they are recognized by their messages,
   * which JDK 24 changed.
   */
  private static final String NOT_SENT = "too many concurrent streams";

  private static final Pattern CONNECTION_CLOSING = Pattern.compile(".*: GOAWAY received");

  private static final Pattern REFUSED =
      Pattern.compile(
          NOT_SENT
              + "|request not processed by peer|Received RST_STREAM: Stream not processed|"
              + CONNECTION_CLOSING);

  private RetryPolicy() {}

  static boolean isRetryable(int status) {
    return RETRYABLE_STATUSES.contains(status);
  }

  /**
   * Whether an error is retryable. Broken connections are; rejected certificates and bugs are not.
   */
  static boolean isRetryable(Throwable error) {
    return error instanceof IOException && !hasCause(error, RetryPolicy::isTrustFailure);
  }

  /** Whether the client refused to send a request because too many were in flight. */
  static boolean isNotSent(Throwable error) {
    return hasCause(error, cause -> NOT_SENT.equals(cause.getMessage()));
  }

  /** Whether a request was refused before it was processed, for example by a stream limit. */
  static boolean isRefused(Throwable error) {
    return isIOException(error, REFUSED);
  }

  /**
   * Whether a request was refused only because the server is closing the connection. JDK 24 and
   * newer do not say so: the message is the same as for a refused stream, and this returns false.
   */
  static boolean isConnectionClosing(Throwable error) {
    return isIOException(error, CONNECTION_CLOSING);
  }

  private static boolean isIOException(Throwable error, Pattern message) {
    return !(error instanceof Error)
        && hasCause(
            error,
            cause ->
                cause instanceof IOException
                    && message.matcher(String.valueOf(cause.getMessage())).matches());
  }

  /** The backoff after a number of consecutive refusals of one call. */
  static Duration backoffAfterRefusal(int refusals) {
    return Duration.ofMillis(Math.min(1_000, 10L << Math.min(refusals, 10)));
  }

  /**
   * The delay before a retry: {@code Retry-After} if present, otherwise 50% to 100% of an
   * exponential backoff of 0.5 s to 8 s.
   *
   * @param retry the number of the retry, starting at 1
   * @param random a random number in [0, 1)
   */
  static Duration backoff(int retry, Optional<Duration> retryAfter, double random) {
    long maxMillis = Math.min(MAX_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(retry - 1, 10));
    return retryAfter.orElse(Duration.ofNanos((long) (maxMillis * 1_000_000 * (0.5 + random / 2))));
  }

  /** The {@code Retry-After} header, in seconds or as a date; empty if it is missing or invalid. */
  static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
    return headers
        .firstValue("Retry-After")
        .map(String::trim)
        .flatMap(value -> retryAfter(value, now));
  }

  private static Optional<Duration> retryAfter(String value, Instant now) {
    if (value.matches("\\d+")) {
      boolean isInRange = value.length() < 10;
      return Optional.of(isInRange ? Duration.ofSeconds(Long.parseLong(value)) : Timer.FOREVER);
    }
    for (DateTimeFormatter format : HTTP_DATES) {
      try {
        Instant then = format.parse(value, Instant::from);
        Duration wait = then.isBefore(now) ? Duration.ZERO : Duration.between(now, then);
        return Optional.of(wait.compareTo(Timer.FOREVER) < 0 ? wait : Timer.FOREVER);
      } catch (DateTimeException ignored) {
        // Try the next format.
      }
    }
    return Optional.empty();
  }

  private static boolean isTrustFailure(Throwable cause) {
    return cause instanceof GeneralSecurityException
        || cause instanceof SSLPeerUnverifiedException
        || (cause instanceof SSLException
            && String.valueOf(cause.getMessage()).startsWith("Received fatal alert"));
  }

  private static boolean hasCause(Throwable error, Predicate<Throwable> test) {
    // Limited, because the causes of a custom client's error may form a cycle.
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .anyMatch(test);
  }
}
