package dev.devinsessions.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devinsessions.ApiVersion;
import dev.devinsessions.DeadlineExceededException;
import dev.devinsessions.FailureDetails;
import dev.devinsessions.LookupInterruptedException;
import dev.devinsessions.MalformedResponseException;
import dev.devinsessions.PermissionDeniedException;
import dev.devinsessions.RateLimitedException;
import dev.devinsessions.RequestRejectedException;
import dev.devinsessions.ServerErrorException;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookupException;
import dev.devinsessions.SessionNotFoundException;
import dev.devinsessions.TransportException;
import dev.devinsessions.UnauthorizedException;
import dev.devinsessions.UnexpectedStatusException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Creates the exceptions for failed lookups, with their messages. */
final class Failures {
  private static final int MAX_DETAIL_CHARACTERS = 2_000;

  private final Settings settings;
  private final ApiVersion api;
  private final String sessionId;
  private final URI url;
  private final int attempts;
  private final HttpResponse.@Nullable ResponseInfo head;

  /**
   * @param head the head of the response, or null if none arrived
   */
  Failures(
      Settings settings,
      ApiVersion api,
      String sessionId,
      URI url,
      int attempts,
      HttpResponse.@Nullable ResponseInfo head) {
    this.settings = settings;
    this.api = api;
    this.sessionId = sessionId;
    this.url = url;
    this.attempts = attempts;
    this.head = head;
  }

  /** For a response whose status is not a success. */
  SessionLookupException status(byte[] body, Optional<Duration> retryAfter) {
    int status = Objects.requireNonNull(head).statusCode();
    List<String> violations = new ArrayList<>();
    Optional<String> detail = redactedDetail(body, violations);
    FailureDetails details =
        details("status " + status + detail.map(text -> ": " + text).orElse(""))
            .statusCode(status)
            .detail(detail.orElse(null))
            .retryable(RetryPolicy.isRetryable(status))
            .build();
    switch (status) {
      case 400:
      case 422:
        violations.replaceAll(settings.apiKey()::redact);
        return new RequestRejectedException(details, violations);
      case 401:
        return new UnauthorizedException(details);
      case 403:
        return new PermissionDeniedException(details);
      case 404:
        return new SessionNotFoundException(details);
      case 429:
        return new RateLimitedException(details, retryAfter.orElse(null));
      default:
        return status / 100 == 5
            ? new ServerErrorException(details)
            : new UnexpectedStatusException(details);
    }
  }

  /**
   * For a successful response that could not be read.
   *
   * @param body the body or its start; empty if it could not be received
   */
  SessionLookupException malformed(IOException problem, byte[] body) {
    String what = settings.apiKey().redact(String.valueOf(problem.getMessage()));
    return new MalformedResponseException(
        details("malformed response: " + what)
            .detail(redactedDetail(body, new ArrayList<>()).orElse(null))
            .build());
  }

  /**
   * For an attempt without a complete response.
   *
   * @throws Error if the HTTP client threw it, unless it contains the API key
   */
  SessionLookupException noResponse(Throwable error) {
    if (error instanceof ResponseBody.TooLargeException) {
      return malformed((ResponseBody.TooLargeException) error, new byte[0]);
    }
    if (error instanceof HttpTimeoutException && !(error instanceof HttpConnectTimeoutException)) {
      String what =
          "no complete response within " + seconds(settings.attemptTimeout()) + " (attemptTimeout)";
      return new DeadlineExceededException(details(what).retryable(true).build(), null);
    }
    Throwable cause = settings.apiKey().redact(error);
    if (cause instanceof Error) {
      throw (Error) cause;
    }
    return new TransportException(
        details(String.valueOf(cause))
            .retryable(RetryPolicy.isRetryable(error))
            .cause(cause)
            .build());
  }

  /** For a pause that exceeds the deadline of the call. */
  SessionLookupException paused(RateLimitedException reason, Duration left) {
    String what =
        String.format(
            "requests are paused for %s, beyond the deadline; %s",
            seconds(left), reason.getMessage());
    return new RateLimitedException(details(what, reason).build(), left);
  }

  /** For a lookup that exceeded its deadline. */
  SessionLookupException deadline(Duration deadline, @Nullable SessionLookupException last) {
    String setting = deadline.equals(settings.deadline()) ? "deadline" : "what was left of atMost";
    String what = "no session within " + seconds(deadline) + " (" + setting + ")";
    String why =
        last != null
            ? "; last failure: " + last.getMessage()
            : attempts == 0 ? "; the request never left the queue (maxConcurrency)" : "";
    return new DeadlineExceededException(details(what + why, last).build(), null);
  }

  /** For a blocked thread that was interrupted. */
  static SessionLookupException interrupted(String sessionId) {
    return new LookupInterruptedException(
        FailureDetails.builder()
            .sessionId(sessionId)
            .message("interrupted while looking up " + sessionId)
            .build());
  }

  /** For a {@code waitUntil} that exceeded its time limit. */
  static DeadlineExceededException waitExceeded(
      String sessionId,
      Duration atMost,
      @Nullable Session lastSeen,
      @Nullable SessionLookupException lastFailure) {
    String seen =
        lastSeen == null ? "no lookup succeeded" : "the last status was " + lastSeen.status();
    String failed = lastFailure == null ? "" : "; last failure: " + lastFailure.getMessage();
    String message =
        String.format(
            "%s did not satisfy the condition within %s: %s%s",
            sessionId, seconds(atMost), seen, failed);
    FailureDetails.Builder details = FailureDetails.builder().sessionId(sessionId).message(message);
    return new DeadlineExceededException(
        details.retryable(true).cause(lastFailure).build(), lastSeen);
  }

  /** For an id that {@code getAll} did not reach in time, or a fake that did not return in time. */
  static SessionLookupException notInTime(String sessionId, Duration atMost) {
    String message = sessionId + " was not looked up within " + seconds(atMost) + " (atMost)";
    return new DeadlineExceededException(
        FailureDetails.builder().sessionId(sessionId).message(message).retryable(true).build(),
        null);
  }

  /** The details of a retryable failure, possibly caused by an earlier one. */
  private FailureDetails.Builder details(String what, @Nullable SessionLookupException cause) {
    FailureDetails.Builder details = details(what).retryable(true);
    return cause == null
        ? details
        : details
            .requestId(cause.requestId().orElse(null))
            .detail(cause.detail().orElse(null))
            .statusCode(cause.statusCode())
            .cause(cause);
  }

  private FailureDetails.Builder details(String what) {
    String name = api.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String count = attempts > 1 ? " after " + attempts + " attempts" : "";
    String message = name + " request to " + url + " failed" + count + ": " + what;
    FailureDetails.Builder details =
        FailureDetails.builder().sessionId(sessionId).apiVersion(api).message(message);
    if (head != null) {
      String requestId =
          head.headers().firstValue("x-request-id").map(settings.apiKey()::redact).orElse(null);
      details.statusCode(head.statusCode()).requestId(requestId);
    }
    return details.attempts(attempts);
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }

  /** Truncates a string without splitting a surrogate pair. */
  private static String truncate(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(maxLength - 1));
    return text.substring(0, maxLength - (splits ? 1 : 0));
  }

  /** The detail of a response; empty if its body is empty. */
  private Optional<String> redactedDetail(byte[] body, List<String> violations) {
    String start = truncate(detail(body, violations), 2 * MAX_DETAIL_CHARACTERS);
    // Redact before the final truncation, which might leave part of a key.
    String detail = truncate(settings.apiKey().redact(start), MAX_DETAIL_CHARACTERS);
    return Optional.of(detail).filter(text -> !text.isEmpty());
  }

  /**
   * Returns the detail of a response: {@code {"detail": "text"}}, {@code {"detail": [{loc, msg,
   * type}]}}, whose items are added to {@code violations}, or else the body itself.
   */
  private static String detail(byte[] body, List<String> violations) {
    String text = new String(body, StandardCharsets.UTF_8);
    JsonNode tree = Json.readTree(body);
    if (tree.isMissingNode()) { // The detail, or an escape in it, may be cut off.
      String repaired = text.replaceFirst("(?<!\\\\)\\\\++(u\\p{XDigit}{0,3})?$", "") + "\"}";
      tree = Json.readTree(repaired.getBytes(StandardCharsets.UTF_8));
    }
    JsonNode detail = tree.path("detail");
    if (detail.isTextual() && !detail.textValue().isBlank()) {
      return detail.textValue();
    }
    for (JsonNode item : detail) {
      if (item.path("loc").isArray() && item.path("msg").isTextual()) {
        StringJoiner place = new StringJoiner(".");
        item.get("loc").forEach(step -> place.add(step.asText()));
        violations.add(place + ": " + item.get("msg").textValue());
      }
    }
    return violations.isEmpty() ? text.strip() : String.join("; ", violations);
  }
}
