package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies with seeded random damage yield a session, or an error that names the problem. */
@Timeout(120)
class DamagedResponsesTest extends LookupTestCase {
  private static final int BODIES = 10_000;

  private static final List<byte[]> SAMPLES =
      Stream.of(
              "v1/blocked-with-pull-request.json",
              "v1/required-properties-only.json",
              "v1/word-outside-the-specification.json",
              "v2/finished-with-analysis.json",
              "v2/running-without-analysis.json",
              "error-422.json")
          .map(sample -> FakeApi.file(sample).getBytes(StandardCharsets.UTF_8))
          .collect(Collectors.toList());

  /** Fragments to insert, most of them JSON. */
  private static final String[] PIECES = {
    "null", "true", "0", "-1", "1e999", "1e999999999", "1.50", "[]", "{}", "[null]", "[[]]",
        "{\"\":null}", "\"\"", "\"\\u0000\"",
    "\"\\ud800\"", ",", ":", "\"", "\\", "{", "}", "[", "]", "\u0000", "\ufeff", "\ud83d\ude80",
        "\"additional_properties\":", "\"id\":",
    "\"status\":", "\"sources\":[\"v1\"],", "\"session_id\":null,", "\"2025-12-20T14:47:51Z\"",
        "\"9999999999-01-01T00:00:00Z\"", " "
  };

  @ParameterizedTest
  @EnumSource
  void readsOrRejectsADamagedResponse(ApiVersion api) {
    AtomicReference<byte[]> body = new AtomicReference<>();
    server.respond(api, exchange -> exchange.respond(200, body.get()));
    Random random = new Random(20_251_220);
    int sessions = 0;
    int rejected = 0;
    SessionLookupBuilder builder = FakeApi.lookupBuilder().apiKey(FakeApi.PERSONAL_KEY);
    SessionLookup lookup =
        open(builder.baseUrl(server.baseUrl()).strategy(LookupStrategy.valueOf(api.name())));
    for (int i = 0; i < BODIES; i++) {
      body.set(damaged(random));
      try {
        Session session = lookup.get(FakeApi.ID);
        assertEquals(FakeApi.ID, session.id());
        assertEquals(session, Session.fromJson(session.toJson()));
        sessions++;
      } catch (MalformedResponseException e) {
        rejected++;
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        fail("body " + i + ": " + text(body.get()), e);
      }
    }
    assertTrue(
        sessions > BODIES / 100 && rejected > BODIES / 100,
        sessions + " sessions, " + rejected + " rejected");
  }

  private static byte[] damaged(Random random) {
    byte[] body = SAMPLES.get(random.nextInt(SAMPLES.size())).clone();
    for (int times = 1 + random.nextInt(3); times > 0 && body.length > 0; times--) {
      int from = random.nextInt(body.length);
      int to = Math.min(body.length, from + 1 + random.nextInt(20));
      switch (random.nextInt(7)) {
        case 0: // a flipped bit
          body[from] ^= (byte) (1 << random.nextInt(8));
          break;
        case 1: // truncated
          body = Arrays.copyOf(body, from);
          break;
        case 2: // a deletion
          body = spliced(body, from, to, new byte[0]);
          break;
        case 3: // a repetition
          body = spliced(body, to, to, Arrays.copyOfRange(body, from, to));
          break;
        case 4: // an insertion
          body = spliced(body, from, random.nextBoolean() ? from : to, piece(random));
          break;
        case 5: // another value
          body = withOtherValue(body, random);
          break;
        default: // a piece of another body
          byte[] other = SAMPLES.get(random.nextInt(SAMPLES.size()));
          int start = random.nextInt(other.length - 60);
          body = spliced(body, from, to, Arrays.copyOfRange(other, start, start + 60));
      }
    }
    return body;
  }

  /** Replaces the value of a property, if the line has one. */
  private static byte[] withOtherValue(byte[] body, Random random) {
    String[] lines = text(body).split("\n", -1);
    int line = random.nextInt(lines.length);
    String piece = PIECES[random.nextInt(PIECES.length)].replace("$", "\\$").replace("\\", "\\\\");
    lines[line] = lines[line].replaceFirst(": [^,{\\[]+", ": " + piece);
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] piece(Random random) {
    return PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] spliced(byte[] body, int from, int to, byte[] with) {
    ByteArrayOutputStream spliced = new ByteArrayOutputStream();
    spliced.write(body, 0, from);
    spliced.writeBytes(with);
    spliced.write(body, to, body.length - to);
    return spliced.toByteArray();
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
