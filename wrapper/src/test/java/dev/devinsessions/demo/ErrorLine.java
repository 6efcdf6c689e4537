package dev.devinsessions.demo;

import static java.util.Map.entry;

import dev.devinsessions.DeadlineExceededException;
import dev.devinsessions.LookupInterruptedException;
import dev.devinsessions.MalformedResponseException;
import dev.devinsessions.PermissionDeniedException;
import dev.devinsessions.RateLimitedException;
import dev.devinsessions.RequestRejectedException;
import dev.devinsessions.ServerErrorException;
import dev.devinsessions.SessionLookupException;
import dev.devinsessions.SessionNotFoundException;
import dev.devinsessions.TransportException;
import dev.devinsessions.UnauthorizedException;
import dev.devinsessions.UnexpectedStatusException;
import java.util.Map;

/** A failed lookup as a tool tells its user: in one line, what happened and what to do. */
final class ErrorLine {
  private static final int LONGEST_MESSAGE = 300;

  private static final Map<Class<? extends SessionLookupException>, String> WHAT_TO_DO =
      Map.ofEntries(
          entry(
              SessionNotFoundException.class,
              "check the id, and whether the key is of the right organization"),
          entry(UnauthorizedException.class, "set DEVIN_API_KEY to a valid key"),
          entry(
              PermissionDeniedException.class,
              "use a key that may (v2 takes an enterprise admin's personal key), or settle the bill"),
          entry(RequestRejectedException.class, "correct the id; if it is right, report a bug"),
          entry(RateLimitedException.class, "wait, and ask less often"),
          entry(ServerErrorException.class, "try again later"),
          entry(
              UnexpectedStatusException.class,
              "check DEVIN_API_BASE_URL: a proxy or a login page may be in between"),
          entry(
              MalformedResponseException.class,
              "check DEVIN_API_BASE_URL: a login page may be in between; if the API changed, upgrade devin-sessions"),
          entry(TransportException.class, "check the network, the proxy and DEVIN_API_BASE_URL"),
          entry(DeadlineExceededException.class, "try again later, or allow more time"),
          entry(LookupInterruptedException.class, "start the lookup again"));

  private ErrorLine() {}

  static String of(SessionLookupException error) {
    StringBuilder line = new StringBuilder(OneLine.of(error.getMessage(), LONGEST_MESSAGE));
    error
        .requestId()
        .ifPresent(
            id -> line.append(" (request id ").append(OneLine.of(id, LONGEST_MESSAGE)).append(')'));
    return line.append(" -> ").append(whatToDo(error)).toString();
  }

  private static String whatToDo(SessionLookupException error) {
    if (error instanceof RateLimitedException
        && ((RateLimitedException) error).retryAfter().isPresent()) {
      return "wait "
          + ((RateLimitedException) error).retryAfter().get().toSeconds()
          + " s, and ask less often";
    }
    return WHAT_TO_DO.getOrDefault(error.getClass(), "report a bug");
  }
}
