package dev.devinsessions;

import static dev.devinsessions.FaultServer.Exchange.head;
import static dev.devinsessions.FaultServer.Script.send;

import dev.devinsessions.FaultServer.Exchange;
import dev.devinsessions.FaultServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The fault table: everything that can go wrong with a response over HTTP/1.1, for lookups with
 * {@link #MAX_RESPONSE_BYTES}.
 */
final class Faults {
  /** The limit for the lookups in the table, far above the size of a good response. */
  static final int MAX_RESPONSE_BYTES = 5_000_000;

  private static final String GOOD = FaultServer.goodBody(ApiVersion.V1);
  private static final String GZIP = "Content-Encoding: gzip";
  private static final String CHUNKED = head(200, "Transfer-Encoding: chunked");
  private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\n";
  private static final String HALF_A_HEAD = "HTTP/1.1 200 OK\r\nContent-Le";
  private static final String HALF_A_BODY = "{\"session_id\": \"devin-4f1c";
  private static final String HALF = head(200, "Content-Length: 500") + HALF_A_BODY;
  private static final String BLANKS = " ".repeat(0x2000);
  private static final String MEGABYTE = "0123456789".repeat(100_000);

  private Faults() {}

  static Stream<Fault> all() {
    return Stream.of(
            broken(),
            late(),
            cut(),
            tooLong(),
            encoded(),
            notASession(),
            statuses(),
            retryAfter(),
            errorBodies())
        .flatMap(Function.identity());
  }

  /** The connection breaks, or the response is not HTTP. */
  private static Stream<Fault> broken() {
    return Stream.of(
        broken("reset before the response", Exchange::reset).repeatedByTheJdk(),
        broken("reset within the headers", send(HALF_A_HEAD).then(Exchange::reset)),
        broken("reset within the body", send(HALF).then(Exchange::reset)).anyStatus(),
        broken("closed before the response", Exchange::close).repeatedByTheJdk(),
        broken("closed within the headers", closed(HALF_A_HEAD)),
        broken("garbage instead of HTTP", closed("\u0016\u0003\u0001 what is this?\r\n\r\n")),
        broken("status line without a status", closed("HTTP/1.1 fine OK\r\n\r\n{}")));
  }

  private static Fault broken(String name, Script script) {
    return new Fault(name, TransportException.class, script).retried();
  }

  private static Script closed(String sent) {
    return send(sent).then(Exchange::close);
  }

  /** The response stalls, or arrives too slowly. */
  static Stream<Fault> late() {
    String longHeader = "HTTP/1.1 200 OK\r\nX-Long: ";
    String longBody = head(200, "Content-Length: 50000");
    String error = head(500, "Content-Length: 500") + HALF_A_BODY;
    int length = GOOD.getBytes(StandardCharsets.UTF_8).length;
    String chunk = CHUNKED + Integer.toHexString(length) + "\r\n" + GOOD + "\r\n";
    return Stream.of(
        late("stalled headers", Exchange::stall),
        late("stalled within the headers", send(HALF_A_HEAD).then(Exchange::stall)),
        late("stalled body", send(HALF).then(Exchange::stall)).anyStatus(),
        late("stalled body of an error", send(error).then(Exchange::stall)).anyStatus(),
        late("stalled before the last chunk", send(chunk).then(Exchange::stall)).anyStatus(),
        late("dribbling body", send(longBody).then(e -> e.dribble(' '))).anyStatus(),
        late("dribbling headers", send(longHeader).then(e -> e.dribble('x'))));
  }

  private static Fault late(String name, Script script) {
    return new Fault(name, DeadlineExceededException.class, script).retried().closed();
  }

  /** The framing of the body is broken. */
  private static Stream<Fault> cut() {
    String length = "Content-Length: ";
    return Stream.of(
        cut("truncated body of fixed length", HALF),
        cut("truncated chunked body", CHUNKED + "1a\r\n" + HALF_A_BODY + "\r\n"),
        cut("body truncated within a chunk", CHUNKED + "1f4\r\n" + HALF_A_BODY),
        cut("malformed chunk", CHUNKED + "no length\r\n" + HALF_A_BODY),
        cut("Content-Length too large", head(200, length + (GOOD.length() + 100)) + GOOD),
        cut("truncated body without a length", head(200) + HALF_A_BODY),
        cut("body without a length truncated at its first byte", head(200)),
        new Fault(
                "non-numeric Content-Length",
                TransportException.class,
                closed(head(200, length + "many") + HALF_A_BODY))
            .anyStatus(),
        malformed("negative Content-Length", closed(head(200, length + "-2") + HALF_A_BODY))
            .detail(HALF_A_BODY),
        malformed(
                "two Content-Lengths", closed(head(200, length + "5", length + "9") + HALF_A_BODY))
            .detail(HALF_A_BODY.substring(0, 5)),
        malformed("Content-Length too small", closed(head(200, length + "50") + GOOD))
            .detail(GOOD.substring(0, 50)));
  }

  private static Fault cut(String name, String sent) {
    return broken(name, closed(sent)).anyStatus();
  }

  private static Fault malformed(String name, String body) {
    return malformed(name, e -> e.respond(200, body)).detail(body);
  }

  private static Fault malformed(String name, Script script) {
    return new Fault(name, MalformedResponseException.class, script).status(200);
  }

  /** The body is too long. */
  private static Stream<Fault> tooLong() {
    byte[] bomb = gzip(new byte[20_000_000]);
    String emptyMember = new String(gzip(new byte[0]), StandardCharsets.ISO_8859_1);
    // The JDK's gzip reader recurses for each member.
    byte[] members = emptyMember.repeat(200_000).getBytes(StandardCharsets.ISO_8859_1);
    String chunk = "2000\r\n" + BLANKS + "\r\n";
    String huge = head(200, "Content-Length: 9000000000000000000");
    return Stream.of(
        malformed("endless body", flood(head(200), BLANKS)).closed(),
        malformed("endless chunks", flood(CHUNKED, chunk)).closed(),
        malformed("huge Content-Length", flood(huge, BLANKS)).closed(),
        malformed("oversize", e -> e.respond(200, " ".repeat(MAX_RESPONSE_BYTES + 1))),
        malformed("gzip bomb", e -> e.respond(200, bomb, GZIP)).detail("\0".repeat(2_000)),
        malformed("gzip of many empty members", e -> e.respond(200, members, GZIP)));
  }

  private static Script flood(String head, String what) {
    return send(head).then(e -> e.flood(what));
  }

  /** The body does not match its Content-Encoding. */
  private static Stream<Fault> encoded() {
    byte[] good = gzip(GOOD.getBytes(StandardCharsets.UTF_8));
    byte[] half = Arrays.copyOf(good, good.length / 2);
    byte[] corrupt = good.clone();
    Arrays.fill(corrupt, corrupt.length - 8, corrupt.length, (byte) 0xff);
    return Stream.of(
        broken("truncated gzip", e -> e.respond(200, half, GZIP)).anyStatus(),
        malformed("gzip with a wrong checksum", e -> e.respond(200, corrupt, GZIP))
            .detail(GOOD.strip()),
        malformed("plain text labeled as gzip", e -> e.respond(200, GOOD, GZIP)),
        malformed("an empty body labeled as gzip", e -> e.respond(200, "", GZIP)),
        malformed("204 labeled as gzip", send(NO_CONTENT + GZIP + "\r\n\r\n")).status(204),
        malformed(
            "Content-Encoding that was not requested",
            e -> e.respond(200, good, "Content-Encoding: br")));
  }

  /** The status is a success, but the body is not a session. */
  private static Stream<Fault> notASession() {
    return Stream.of(
        malformed("HTML", "<!DOCTYPE html><html>Please sign in</html>"),
        malformed("null", "null"),
        malformed("a list", "[]"),
        malformed("an object without a session", "{}"),
        malformed("an object with a detail", "{\"detail\": \"maintenance\"}").detail("maintenance"),
        malformed("an object with an empty detail", "{\"detail\": \"\"}"),
        malformed("a number", "5"),
        malformed("an object with other types", "{\"session_id\": 5, \"status\": null}"),
        malformed("an object with a blank id", "{\"session_id\": \" \"}"),
        malformed("half a body with 206", e -> e.respond(206, HALF_A_BODY))
            .status(206)
            .detail(HALF_A_BODY),
        malformed("an empty body", e -> e.respond(200, "")),
        malformed("204", send(NO_CONTENT + "\r\n")).status(204));
  }

  /** The status is an error. */
  private static Stream<Fault> statuses() {
    Script notModified = send("HTTP/1.1 304 Not Modified\r\n\r\n");
    return Stream.of(
            statuses(ServerErrorException.class, 500, 502, 503, 504).map(Fault::retried),
            statuses(UnexpectedStatusException.class, 408).map(Fault::retried),
            statuses(RateLimitedException.class, 429).map(Fault::retried),
            statuses(ServerErrorException.class, 501, 505, 511, 599),
            statuses(UnexpectedStatusException.class, 301, 302, 303, 305, 307, 308),
            statuses(UnexpectedStatusException.class, 402, 405, 406, 409, 410, 413),
            statuses(UnexpectedStatusException.class, 418, 421, 425, 451, 499),
            statuses(RequestRejectedException.class, 400, 422),
            statuses(UnauthorizedException.class, 401),
            statuses(PermissionDeniedException.class, 403),
            statuses(SessionNotFoundException.class, 404),
            Stream.of(
                new Fault("status 304", UnexpectedStatusException.class, notModified).status(304)))
        .flatMap(Function.identity());
  }

  private static Stream<Fault> statuses(
      Class<? extends SessionLookupException> error, int... statuses) {
    return IntStream.of(statuses)
        .mapToObj(
            status -> {
              String body = "{\"detail\": \"because of " + status + "\"}";
              return error("status " + status, error, status, body).detail("because of " + status);
            });
  }

  private static Fault error(
      String name, Class<? extends SessionLookupException> error, int status, String body) {
    return new Fault(name, error, e -> e.respond(status, body)).status(status).detail(body);
  }

  /** Valid forms of Retry-After. */
  private static Stream<Fault> retryAfter() {
    return Stream.of(
        rateLimited("7", 7), rateLimited("0", 0), rateLimited("  3 \t", 3), rateLimited("007", 7));
  }

  private static Fault rateLimited(String retryAfter, int seconds) {
    String header = "Retry-After: " + retryAfter;
    return new Fault(header, RateLimitedException.class, e -> e.respond(429, "slow down", header))
        .status(429)
        .detail("slow down")
        .retried()
        .retryAfter(Duration.ofSeconds(seconds));
  }

  /** The body of an error response is unusual. */
  private static Stream<Fault> errorBodies() {
    String longDetail = "{\"detail\": \"" + MEGABYTE + "\"}";
    Script notGzip = e -> e.respond(501, "plain", GZIP);
    Script notUtf8 = e -> e.respond(501, new byte[] {'n', 'o', (byte) 0xff});
    return Stream.of(
        error("1 MB error body", ServerErrorException.class, 500, MEGABYTE)
            .detail(MEGABYTE.substring(0, 2_000))
            .retried(),
        error("1 MB detail", PermissionDeniedException.class, 403, longDetail)
            .detail(MEGABYTE.substring(0, 2_000)),
        new Fault("endless error body", UnauthorizedException.class, flood(head(401), MEGABYTE))
            .status(401)
            .detail(MEGABYTE.substring(0, 2_000))
            .closed(),
        new Fault("error without a body", SessionNotFoundException.class, e -> e.respond(404, ""))
            .status(404),
        new Fault("error body in corrupt gzip", ServerErrorException.class, notGzip).status(501),
        new Fault("error body in malformed UTF-8", ServerErrorException.class, notUtf8)
            .status(501)
            .detail("no\ufffd"),
        rejected("not JSON", "<html>no</html>"),
        rejected("detail that is a number", "{\"detail\": 7}"),
        rejected("detail that is a list of numbers", "{\"detail\": [7]}"),
        rejected("violation without a location", "{\"detail\": [{\"msg\": \"m\"}]}"),
        rejected("no object", "[[[[]]]]"),
        rejected("deep nesting", "[".repeat(5_000)).detail("[".repeat(2_000)));
  }

  private static Fault rejected(String what, String body) {
    return error("422 with " + what, RequestRejectedException.class, 422, body);
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
