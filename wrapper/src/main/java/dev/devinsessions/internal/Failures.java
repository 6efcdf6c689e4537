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
import java.net.http.HttpConnectTimeoutException;
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

/** Which exception a failed attempt is, and what it says. */
final class Failures {
  private static final int DETAIL_CHARACTERS_AT_MOST = 2_000;

  private final Settings settings;
  private final ApiVersion api;
  private final String sessionId;
  private final int attempts;
  private final HttpResponse.@Nullable ResponseInfo head;

  /**
   * @param head of the answer, if one has come
   */
  Failures(
      Settings settings,
      ApiVersion api,
      String sessionId,
      int attempts,
      HttpResponse.@Nullable ResponseInfo head) {
    this.settings = settings;
    this.api = api;
    this.sessionId = sessionId;
    this.attempts = attempts;
    this.head = head;
  }

  /** An answer that is no success. */
  SessionLookupException status(int status, byte[] body, Optional<Duration> retryAfter) {
    List<String> violations = new ArrayList<>();
    String detail = start(settings.apiKey.redact(detail(body, violations)));
    FailureDetails details =
        details("answered " + status + (detail.isEmpty() ? "" : ": " + detail))
            .statusCode(status)
            .detail(detail.isEmpty() ? null : detail)
            .retryable(RetryPolicy.isRetryable(status))
            .build();
    switch (status) {
      case 400:
      case 422:
        violations.replaceAll(settings.apiKey::redact);
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

  /** A successful answer that could not be read. */
  SessionLookupException malformed(IOException problem) {
    String what = settings.apiKey.redact(Json.problem(problem));
    return new MalformedResponseException(details("answered, malformed: " + what).build());
  }

  /** No whole answer. */
  SessionLookupException noAnswer(Throwable error) {
    if (error instanceof BoundedBody.TooLargeException) {
      return malformed((BoundedBody.TooLargeException) error);
    }
    if (error instanceof HttpTimeoutException && !(error instanceof HttpConnectTimeoutException)) {
      String what =
          "gave no whole answer within " + seconds(settings.attemptTimeout) + " (attemptTimeout)";
      return new DeadlineExceededException(details(what).retryable(true).build(), null);
    }
    Throwable cause = settings.apiKey.redact(error);
    FailureDetails.Builder details =
        details("gave no whole answer from " + settings.baseUrl + ": " + cause);
    return new TransportException(
        details.retryable(RetryPolicy.isRetryable(error)).cause(cause).build());
  }

  /** The time of the whole lookup is up. */
  SessionLookupException deadline(@Nullable SessionLookupException last) {
    String what = "gave no session within " + seconds(settings.deadline) + " (deadline)";
    FailureDetails.Builder details =
        details(what + (last == null ? "" : "; last: " + last.getMessage()));
    if (last != null) {
      details
          .requestId(last.requestId().orElse(null))
          .detail(last.detail().orElse(null))
          .statusCode(last.statusCode())
          .cause(last);
    }
    return new DeadlineExceededException(details.retryable(true).build(), null);
  }

  /** The thread that waited was interrupted. */
  static SessionLookupException interrupted(String sessionId) {
    return new LookupInterruptedException(
        FailureDetails.builder()
            .sessionId(sessionId)
            .message("interrupted while looking up " + sessionId)
            .build());
  }

  /** The time of {@code waitUntil} is up. */
  static SessionLookupException waitedTooLong(
      String sessionId,
      Duration atMost,
      @Nullable Session lastSeen,
      @Nullable SessionLookupException lastFailure) {
    String seen = lastSeen == null ? "it was never seen" : "it was last seen " + lastSeen.status();
    String failed = lastFailure == null ? "" : "; last failure: " + lastFailure.getMessage();
    String message =
        String.format(
            "%s did not fulfil the condition within %s: %s%s",
            sessionId, seconds(atMost), seen, failed);
    FailureDetails.Builder details = FailureDetails.builder().sessionId(sessionId).message(message);
    return new DeadlineExceededException(
        details.retryable(true).cause(lastFailure).build(), lastSeen);
  }

  private FailureDetails.Builder details(String what) {
    String name = api.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String message =
        sessionId + ": " + name + " " + what + (attempts > 1 ? " (" + attempts + " attempts)" : "");
    FailureDetails.Builder details =
        FailureDetails.builder().sessionId(sessionId).apiVersion(api).message(message);
    if (head != null) {
      String requestId =
          head.headers().firstValue("x-request-id").map(settings.apiKey::redact).orElse(null);
      details.statusCode(head.statusCode()).requestId(requestId);
    }
    return details.attempts(attempts);
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

  /**
   * What an error answer says: {@code {"detail": "text"}}, {@code {"detail": [{loc, msg, type}]}},
   * or anything else.
   */
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
    return violations.isEmpty()
        ? new String(body, StandardCharsets.UTF_8).strip()
        : String.join("; ", violations);
  }
}
