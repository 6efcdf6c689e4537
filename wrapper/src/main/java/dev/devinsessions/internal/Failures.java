package dev.devinsessions.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.devinsessions.*;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Which exception a failed attempt is, and what it says. For the calls of one lookup to one API. */
final class Failures {
  private static final int DETAIL_CHARACTERS_AT_MOST = 2_000;

  private final ApiKey apiKey;
  private final String baseUrl;
  private final ApiVersion api;
  private final String sessionId;

  Failures(Settings settings, ApiVersion api, String sessionId) {
    apiKey = settings.apiKey;
    baseUrl = settings.baseUrl;
    this.api = api;
    this.sessionId = sessionId;
  }

  /** An answer that is no success. */
  SessionLookupException status(HttpResponse<?> answer, byte[] body, int attempts, Optional<Duration> retryAfter) {
    int status = answer.statusCode();
    List<String> violations = new ArrayList<>();
    String detail = start(apiKey.redact(detail(body, violations)));
    FailureDetails details =
        answered(details(attempts, "answered " + status + (detail.isEmpty() ? "" : ": " + detail)), status, answer.headers())
            .detail(detail.isEmpty() ? null : detail)
            .retryable(RetryPolicy.isRetryable(status))
            .build();
    switch (status) {
      case 400:
      case 422:
        violations.replaceAll(apiKey::redact);
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
        return status / 100 == 5 ? new ServerErrorException(details) : new UnexpectedStatusException(details);
    }
  }

  /** A successful answer that could not be read. */
  SessionLookupException malformed(HttpResponse<?> answer, IOException problem, int attempts) {
    boolean isJson = problem instanceof JsonProcessingException;
    String what = isJson ? Json.problem((JsonProcessingException) problem) : String.valueOf(problem.getMessage());
    FailureDetails.Builder details = details(attempts, "answered, malformed: " + apiKey.redact(what));
    return new MalformedResponseException(answered(details, answer.statusCode(), answer.headers()).build());
  }

  /** No whole answer; its head may have come. */
  SessionLookupException noAnswer(
      Throwable error, HttpResponse.@Nullable ResponseInfo head, int attempts, Duration attemptTimeout) {
    boolean isTooLarge = error instanceof BoundedBody.TooLargeException;
    boolean isTooSlow = error instanceof HttpTimeoutException && !(error instanceof HttpConnectTimeoutException);
    Throwable cause = apiKey.redact(error);
    String what =
        isTooLarge
            ? "answered, malformed: " + error.getMessage()
            : "gave no whole answer"
                + (isTooSlow ? " within " + seconds(attemptTimeout) + " (attemptTimeout)" : " from " + baseUrl + ": " + cause);
    FailureDetails.Builder details = details(attempts, what);
    if (head != null) {
      answered(details, head.statusCode(), head.headers());
    }
    if (isTooLarge) {
      return new MalformedResponseException(details.build());
    }
    return isTooSlow
        ? new DeadlineExceededException(details.retryable(true).build(), null)
        : new TransportException(details.retryable(RetryPolicy.isRetryable(error)).cause(cause).build());
  }

  /** The time of the whole lookup is up. */
  SessionLookupException deadline(Duration deadline, int attempts, @Nullable SessionLookupException last) {
    String what = "gave no session within " + seconds(deadline) + " (deadline)";
    FailureDetails.Builder details =
        details(attempts, what + (last == null ? "" : "; last: " + last.getMessage())).retryable(true);
    if (last != null) {
      details.requestId(last.requestId().orElse(null)).detail(last.detail().orElse(null)).cause(last);
      last.statusCode().ifPresent(details::statusCode);
    }
    return new DeadlineExceededException(details.build(), null);
  }

  /** The thread that waited was interrupted. */
  static SessionLookupException interrupted(String sessionId) {
    return new LookupInterruptedException(
        FailureDetails.builder().sessionId(sessionId).message("interrupted while looking up " + sessionId).build());
  }

  /** The time of {@code waitUntil} is up. */
  static SessionLookupException waitedTooLong(
      String sessionId, Duration atMost, @Nullable Session lastSeen, @Nullable SessionLookupException lastFailure) {
    String seen = lastSeen == null ? "it was never seen" : "it was last seen " + lastSeen.status();
    String failed = lastFailure == null ? "" : "; last failure: " + lastFailure.getMessage();
    return new DeadlineExceededException(
        FailureDetails.builder()
            .sessionId(sessionId)
            .message(sessionId + " did not fulfil the condition within " + seconds(atMost) + ": " + seen + failed)
            .retryable(true)
            .cause(lastFailure)
            .build(),
        lastSeen);
  }

  private FailureDetails.Builder details(int attempts, String what) {
    String name = api.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return FailureDetails.builder()
        .sessionId(sessionId)
        .apiVersion(api)
        .attempts(attempts)
        .message(sessionId + ": " + name + " " + what + (attempts > 1 ? " (" + attempts + " attempts)" : ""));
  }

  private FailureDetails.Builder answered(FailureDetails.Builder details, int status, HttpHeaders headers) {
    String requestId = headers.firstValue("x-request-id").map(apiKey::redact).orElse(null);
    return details.statusCode(status).requestId(requestId);
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  /** The start of a text, never ending in half a character. */
  private static String start(String text) {
    if (text.length() <= DETAIL_CHARACTERS_AT_MOST) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(DETAIL_CHARACTERS_AT_MOST - 1));
    return text.substring(0, DETAIL_CHARACTERS_AT_MOST - (splits ? 1 : 0));
  }

  /** What an error answer says: {@code {"detail": "text"}}, {@code {"detail": [{loc, msg, type}]}}, or anything else. */
  private static String detail(byte[] body, List<String> violations) {
    JsonNode detail = Json.readTree(body).path("detail");
    if (detail.isTextual()) {
      return detail.textValue();
    }
    for (JsonNode item : detail) {
      if (item.path("loc").isArray() && item.path("msg").isTextual()) {
        StringJoiner place = new StringJoiner(".");
        item.get("loc").forEach(step -> place.add(step.asText()));
        violations.add(place + ": " + item.get("msg").textValue());
      }
    }
    return violations.isEmpty() ? new String(body, StandardCharsets.UTF_8).strip() : String.join("; ", violations);
  }
}
