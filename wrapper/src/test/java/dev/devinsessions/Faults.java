package dev.devinsessions;

import static dev.devinsessions.Fault.fault;
import static dev.devinsessions.Fault.status;

import dev.devinsessions.FaultServer.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The fault table: all that can be wrong with a response over HTTP/1.1. For lookups with {@link
 * #MAX_RESPONSE_BYTES}.
 */
final class Faults {
  /** What the lookups of the table allow; more than any good response needs. */
  static final int MAX_RESPONSE_BYTES = 100_000;

  private static final String HALF_A_BODY = "{\"session_id\": \"devin-4f1c";
  private static final String BLANKS = " ".repeat(8_192);

  private Faults() {}

  static Stream<Fault> all() {
    return Stream.of(
            broken(),
            late(),
            cut(),
            tooLong(),
            encoded(),
            noSession(),
            statuses(),
            retryAfter(),
            errorBodies())
        .flatMap(List::stream);
  }

  /** No HTTP comes back. */
  static List<Fault> broken() {
    return List.of(
        fault("reset before the response", TransportException.class, Exchange::reset)
            .retried()
            .repeatedByTheJdk(),
        fault(
                "reset within the headers",
                TransportException.class,
                e -> {
                  e.write("HTTP/1.1 200 OK\r\nContent-Le");
                  e.reset();
                })
            .retried(),
        fault(
                "reset within the body",
                TransportException.class,
                e -> {
                  e.write(Exchange.head(200, "Content-Length: 500") + HALF_A_BODY);
                  e.reset();
                })
            .anyStatus()
            .retried(),
        fault("closed before the response", TransportException.class, Exchange::close)
            .retried()
            .repeatedByTheJdk(),
        fault(
                "closed within the headers",
                TransportException.class,
                e -> {
                  e.write("HTTP/1.1 200 OK\r\nContent-Le");
                  e.close();
                })
            .retried(),
        fault(
                "garbage instead of HTTP",
                TransportException.class,
                e -> {
                  e.write("\u0016\u0003\u0001 what is this?\r\n\r\n");
                  e.close();
                })
            .retried(),
        fault(
                "status line without a status",
                TransportException.class,
                e -> {
                  e.write("HTTP/1.1 fine OK\r\nContent-Length: 2\r\n\r\n{}");
                  e.close();
                })
            .retried());
  }

  /** Nothing more comes. */
  static List<Fault> late() {
    return List.of(
        fault("stalled headers", DeadlineExceededException.class, Exchange::stall)
            .retried()
            .closesConnection(),
        fault(
                "stalled within the headers",
                DeadlineExceededException.class,
                e -> {
                  e.write("HTTP/1.1 200 OK\r\nContent-Le");
                  e.stall();
                })
            .retried()
            .closesConnection(),
        fault(
                "stalled body",
                DeadlineExceededException.class,
                e -> {
                  e.write(Exchange.head(200, "Content-Length: 500") + HALF_A_BODY);
                  e.stall();
                })
            .anyStatus()
            .retried()
            .closesConnection(),
        fault(
                "stalled body of an error",
                DeadlineExceededException.class,
                e -> {
                  e.write(Exchange.head(500, "Content-Length: 500") + HALF_A_BODY);
                  e.stall();
                })
            .anyStatus()
            .retried()
            .closesConnection(),
        fault(
                "stalled before the last chunk",
                DeadlineExceededException.class,
                e -> {
                  byte[] body =
                      FaultServer.goodBody(e.request().api()).getBytes(StandardCharsets.UTF_8);
                  e.write(chunked(body.length));
                  e.write(body);
                  e.write("\r\n");
                  e.stall();
                })
            .anyStatus()
            .retried()
            .closesConnection(),
        fault(
                "dribbling body",
                DeadlineExceededException.class,
                e -> {
                  e.write(Exchange.head(200, "Content-Length: 50000"));
                  e.dribble(' ');
                })
            .anyStatus()
            .retried()
            .closesConnection(),
        fault(
                "dribbling headers",
                DeadlineExceededException.class,
                e -> {
                  e.write("HTTP/1.1 200 OK\r\nX-Long: ");
                  e.dribble('x');
                })
            .retried()
            .closesConnection());
  }

  /** The framing of the body is broken. */
  static List<Fault> cut() {
    return List.of(
        fault(
                "truncated body of fixed length",
                TransportException.class,
                e -> {
                  e.write(Exchange.head(200, "Content-Length: 500") + HALF_A_BODY);
                  e.close();
                })
            .anyStatus()
            .retried(),
        fault(
                "truncated chunked body",
                TransportException.class,
                e -> {
                  e.write(chunked(HALF_A_BODY.length()) + HALF_A_BODY + "\r\n");
                  e.close();
                })
            .anyStatus()
            .retried(),
        fault(
                "body truncated within a chunk",
                TransportException.class,
                e -> {
                  e.write(chunked(500) + HALF_A_BODY);
                  e.close();
                })
            .anyStatus()
            .retried(),
        fault(
                "malformed chunk",
                TransportException.class,
                e -> {
                  e.write(
                      Exchange.head(200, "Transfer-Encoding: chunked")
                          + "no length\r\n"
                          + HALF_A_BODY);
                  e.close();
                })
            .anyStatus()
            .retried(),
        fault(
                "Content-Length that is no number",
                TransportException.class,
                e -> {
                  e.write(Exchange.head(200, "Content-Length: many") + HALF_A_BODY);
                  e.close();
                })
            .anyStatus(),
        fault(
                "negative Content-Length",
                MalformedResponseException.class,
                e -> {
                  e.write(Exchange.head(200, "Content-Length: -2") + HALF_A_BODY);
                  e.close();
                })
            .status(200),
        fault(
                "two Content-Lengths",
                MalformedResponseException.class,
                e -> {
                  e.write(
                      Exchange.head(200, "Content-Length: 5", "Content-Length: 9") + HALF_A_BODY);
                  e.close();
                })
            .status(200),
        fault(
                "Content-Length too large",
                TransportException.class,
                e -> {
                  byte[] body =
                      FaultServer.goodBody(e.request().api()).getBytes(StandardCharsets.UTF_8);
                  e.write(Exchange.head(200, "Content-Length: " + (body.length + 1)));
                  e.write(body);
                  e.close();
                })
            .anyStatus()
            .retried(),
        fault(
                "Content-Length too small",
                MalformedResponseException.class,
                e -> {
                  e.write(
                      Exchange.head(200, "Content-Length: 50")
                          + FaultServer.goodBody(e.request().api()));
                  e.close();
                })
            .status(200),
        fault(
                "body without length cut off",
                TransportException.class,
                e -> {
                  e.write(Exchange.head(200) + HALF_A_BODY);
                  e.close();
                })
            .anyStatus()
            .retried());
  }

  /** More comes than allowed. */
  static List<Fault> tooLong() {
    byte[] oversize =
        BLANKS.repeat(MAX_RESPONSE_BYTES / BLANKS.length() + 1).getBytes(StandardCharsets.UTF_8);
    byte[] bomb = gzip(new byte[20_000_000]);
    return List.of(
        fault(
                "endless body",
                MalformedResponseException.class,
                e -> {
                  e.write(Exchange.head(200));
                  e.flood(BLANKS.getBytes(StandardCharsets.UTF_8));
                })
            .status(200)
            .closesConnection(),
        fault(
                "endless chunks",
                MalformedResponseException.class,
                e -> {
                  e.write(Exchange.head(200, "Transfer-Encoding: chunked"));
                  e.flood(("2000\r\n" + BLANKS + "\r\n").getBytes(StandardCharsets.UTF_8));
                })
            .status(200)
            .closesConnection(),
        fault("oversize", MalformedResponseException.class, e -> e.respond(200, oversize))
            .status(200),
        fault(
                "Content-Length beyond all bounds",
                MalformedResponseException.class,
                e -> {
                  e.write(Exchange.head(200, "Content-Length: 9000000000000000000"));
                  e.flood(BLANKS.getBytes(StandardCharsets.UTF_8));
                })
            .status(200)
            .closesConnection(),
        fault(
                "gzip bomb",
                MalformedResponseException.class,
                e -> e.respond(200, bomb, "Content-Encoding: gzip"))
            .status(200));
  }

  /** The Content-Encoding does not fit. */
  static List<Fault> encoded() {
    byte[] good = gzip(FaultServer.goodBody(ApiVersion.V1).getBytes(StandardCharsets.UTF_8));
    byte[] corrupt = good.clone();
    Arrays.fill(corrupt, good.length / 2, good.length / 2 + 20, (byte) 0xff);
    return List.of(
        fault(
                "truncated gzip",
                TransportException.class,
                e -> e.respond(200, Arrays.copyOf(good, good.length / 2), "Content-Encoding: gzip"))
            .anyStatus()
            .retried(),
        fault(
                "corrupt gzip",
                MalformedResponseException.class,
                e -> e.respond(200, corrupt, "Content-Encoding: gzip"))
            .status(200),
        fault(
                "gzip that is none",
                MalformedResponseException.class,
                e -> e.respond(200, FaultServer.goodBody(ApiVersion.V1), "Content-Encoding: gzip"))
            .status(200),
        fault(
                "an empty body that is said to be gzip",
                MalformedResponseException.class,
                e -> e.respond(200, "", "Content-Encoding: gzip"))
            .status(200),
        fault(
                "204 that is said to be gzip",
                MalformedResponseException.class,
                e -> e.write("HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n"))
            .status(204),
        fault(
                "Content-Encoding that was not requested",
                MalformedResponseException.class,
                e -> e.respond(200, good, "Content-Encoding: br"))
            .status(200));
  }

  /** A success without a session. */
  static List<Fault> noSession() {
    List<Fault> faults = new ArrayList<>();
    faults.add(malformed("HTML", 200, "<!DOCTYPE html><html><body>Please sign in</body></html>"));
    faults.add(malformed("an empty body", 200, ""));
    faults.add(malformed("null", 200, "null"));
    faults.add(malformed("a list", 200, "[]"));
    faults.add(malformed("an object without a session", 200, "{}"));
    faults.add(malformed("half a body", 206, HALF_A_BODY));
    faults.add(
        fault(
                "204",
                MalformedResponseException.class,
                e -> e.write("HTTP/1.1 204 No Content\r\n\r\n"))
            .status(204));
    return faults;
  }

  private static Fault malformed(String what, int status, String body) {
    return fault(
            what + " with " + status,
            MalformedResponseException.class,
            e -> e.respond(status, body))
        .status(status);
  }

  /** The status says it. */
  static List<Fault> statuses() {
    List<Fault> faults = new ArrayList<>();
    for (int retried : new int[] {500, 502, 503, 504}) {
      faults.add(status(retried, ServerErrorException.class).retried());
    }
    faults.add(status(408, UnexpectedStatusException.class).retried());
    faults.add(status(429, RateLimitedException.class).retried());
    for (int fatal : new int[] {501, 505, 511, 599}) {
      faults.add(status(fatal, ServerErrorException.class));
    }
    for (int fatal :
        new int[] {
          301, 302, 303, 304, 305, 307, 308, 402, 405, 406, 409, 410, 413, 418, 421, 425, 451, 499
        }) {
      faults.add(
          fatal == 304
              ? fault(
                      "status 304",
                      UnexpectedStatusException.class,
                      e -> e.write("HTTP/1.1 304 Not Modified\r\n\r\n"))
                  .status(304)
              : status(fatal, UnexpectedStatusException.class));
    }
    faults.add(status(400, RequestRejectedException.class));
    faults.add(status(401, UnauthorizedException.class));
    faults.add(status(403, PermissionDeniedException.class));
    faults.add(status(404, SessionNotFoundException.class));
    faults.add(status(422, RequestRejectedException.class));
    return faults;
  }

  /** Spellings of Retry-After that are understood; the wall clock shows {@link FakeClock#START}. */
  static List<Fault> retryAfter() {
    return List.of(
        rateLimited("7", Duration.ofSeconds(7)),
        rateLimited("0", Duration.ZERO),
        rateLimited("  3 \t", Duration.ofSeconds(3)),
        rateLimited("007", Duration.ofSeconds(7)));
  }

  private static Fault rateLimited(String retryAfter, Duration expected) {
    return fault(
            "Retry-After: " + retryAfter,
            RateLimitedException.class,
            e -> e.respond(429, "slow down", "Retry-After: " + retryAfter))
        .status(429)
        .detail("slow down"::equals)
        .retried()
        .retryAfter(expected);
  }

  /** What a failure says is no use. */
  static List<Fault> errorBodies() {
    String megabyte =
        IntStream.range(0, 100_000).mapToObj(i -> "0123456789").collect(Collectors.joining());
    return List.of(
        fault("1 MB of error", ServerErrorException.class, e -> e.respond(500, megabyte))
            .status(500)
            .detail(megabyte.substring(0, 2_000)::equals)
            .retried(),
        fault(
                "1 MB of detail",
                PermissionDeniedException.class,
                e -> e.respond(403, "{\"detail\": \"" + megabyte + "\"}"))
            .status(403)
            .detail(detail -> detail.contains("0123456789") && detail.length() == 2_000),
        fault(
                "endless error",
                UnauthorizedException.class,
                e -> {
                  e.write(Exchange.head(401));
                  e.flood("0123456789".repeat(100).getBytes(StandardCharsets.UTF_8));
                })
            .status(401)
            .detail(megabyte.substring(0, 2_000)::equals)
            .closesConnection(),
        fault("error without a body", SessionNotFoundException.class, e -> e.respond(404, ""))
            .status(404),
        fault(
                "error as corrupt gzip",
                ServerErrorException.class,
                e -> e.respond(501, "plain", "Content-Encoding: gzip"))
            .status(501)
            .detail(detail -> true),
        fault(
                "error in ill-formed UTF-8",
                ServerErrorException.class,
                e -> e.respond(501, new byte[] {'n', 'o', (byte) 0xff}))
            .status(501)
            .detail("no\ufffd"::equals),
        rejected("not JSON", "<html>no</html>", "<html>no</html>"),
        rejected("detail that is a number", "{\"detail\": 7}", "{\"detail\": 7}"),
        rejected("detail that is a list of numbers", "{\"detail\": [7]}", "{\"detail\": [7]}"),
        rejected(
            "violation without a place",
            "{\"detail\": [{\"msg\": \"m\"}]}",
            "{\"detail\": [{\"msg\": \"m\"}]}"),
        rejected("no object", "[[[[]]]]", "[[[[]]]]"),
        rejected("deep nesting", "[".repeat(5_000), "[".repeat(2_000)));
  }

  private static Fault rejected(String what, String body, String detail) {
    return fault("422 with " + what, RequestRejectedException.class, e -> e.respond(422, body))
        .status(422)
        .detail(detail::equals);
  }

  private static String chunked(int firstLength) {
    return Exchange.head(200, "Transfer-Encoding: chunked")
        + Integer.toHexString(firstLength)
        + "\r\n";
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
