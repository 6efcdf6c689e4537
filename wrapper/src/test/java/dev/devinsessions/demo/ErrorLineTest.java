package dev.devinsessions.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.devinsessions.DeadlineExceededException;
import dev.devinsessions.FailureDetails;
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
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorLineTest {
  private static final FailureDetails DETAILS =
      FailureDetails.builder()
          .sessionId("devin-1")
          .message("devin-1: v1 answered:\n<html>")
          .build();

  @ParameterizedTest
  @MethodSource
  void everyErrorSaysWhatToDo(SessionLookupException error) {
    String line = ErrorLine.of(error);

    assertEquals("devin-1: v1 answered: <html> -> ", line.substring(0, line.indexOf("-> ") + 3));
    assertFalse(
        line.endsWith("report a bug") && !(error instanceof RequestRejectedException), line);
  }

  static Stream<SessionLookupException> everyErrorSaysWhatToDo() {
    return Stream.of(
        new SessionNotFoundException(DETAILS),
        new UnauthorizedException(DETAILS),
        new PermissionDeniedException(DETAILS),
        new RequestRejectedException(DETAILS, List.of()),
        new RateLimitedException(DETAILS, null),
        new ServerErrorException(DETAILS),
        new UnexpectedStatusException(DETAILS),
        new MalformedResponseException(DETAILS),
        new TransportException(DETAILS),
        new DeadlineExceededException(DETAILS, null),
        new LookupInterruptedException(DETAILS));
  }

  @Test
  void saysHowLongToWaitAndWhichRequestItWas() {
    FailureDetails details = DETAILS.toBuilder().message("too many").requestId("request-7").build();

    assertEquals(
        "too many (request id request-7) -> wait 90 s, and ask less often",
        ErrorLine.of(new RateLimitedException(details, Duration.ofSeconds(90))));
  }
}
