package dev.devinsessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.Session;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bodies that were damaged at random, always in the same way: a session or an error that says why,
 * never anything else.
 */
@Timeout(120)
class DamagedResponsesTest {
  private static final int BODIES = 10_000;

  private static final List<String> SAMPLES =
      List.of(
          "v1/blocked-with-pull-request.json",
          "v1/required-properties-only.json",
          "v1/word-outside-the-specification.json",
          "v2/finished-with-analysis.json",
          "v2/running-without-analysis.json",
          "error-422.json");

  /** What JSON is made of, and what it is not. */
  private static final String[] SPLINTERS = {
    "null", "true", "0", "-1", "1e999", "1e999999999", "1.50", "[]", "{}", "[null]", "[[]]",
        "{\"\":null}", "\"\"", "\"\\u0000\"",
    "\"\\ud800\"", ",", ":", "\"", "\\", "{", "}", "[", "]", "\u0000", "\ufeff", "\ud83d\ude80",
        "\"additional_properties\":", "\"id\":",
    "\"status\":", "\"sources\":[\"v1\"],", "\"session_id\":null,", "\"2025-12-20T14:47:51Z\"",
        "\"9999999999-01-01T00:00:00Z\"", " "
  };

  @ParameterizedTest
  @EnumSource
  void readsOrRejectsADamagedResponse(ApiVersion api) throws Exception {
    SessionSource source = SessionSource.of(api, "https://localhost");
    List<byte[]> samples = samples();
    Random random = new Random(20_251_220);
    int sessions = 0;
    int refusals = 0;
    for (int i = 0; i < BODIES; i++) {
      byte[] body = mutated(samples, random);
      try {
        Session session = source.read(body, "devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c", false);
        assertNotNull(session.id());
        assertEquals(session, Session.fromJson(session.toJson()));
        sessions++;
      } catch (EOFException e) {
        fail("number " + i + ", taken for a cut-off answer: " + text(body), e);
      } catch (IOException refusal) {
        refusals++;
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        fail("number " + i + ": " + text(body), e);
      }
    }
    assertEquals(BODIES, sessions + refusals);
    assertTrue(
        sessions > BODIES / 100 && refusals > BODIES / 100,
        sessions + " sessions, " + refusals + " refusals");
  }

  private static List<byte[]> samples() throws IOException {
    List<byte[]> samples = new ArrayList<>();
    for (String sample : SAMPLES) {
      try (InputStream in =
          DamagedResponsesTest.class.getResourceAsStream("/responses/" + sample)) {
        samples.add(in.readAllBytes());
      }
    }
    return samples;
  }

  private static byte[] mutated(List<byte[]> samples, Random random) {
    byte[] body = samples.get(random.nextInt(samples.size())).clone();
    for (int times = 1 + random.nextInt(3); times > 0 && body.length > 0; times--) {
      int from = random.nextInt(body.length);
      int to = Math.min(body.length, from + 1 + random.nextInt(20));
      switch (random.nextInt(7)) {
        case 0: // a flipped bit
          body[from] ^= (byte) (1 << random.nextInt(8));
          break;
        case 1: // cut off
          body = Arrays.copyOf(body, from);
          break;
        case 2: // something missing
          body = spliced(body, from, to, new byte[0]);
          break;
        case 3: // something doubled
          body = spliced(body, to, to, Arrays.copyOfRange(body, from, to));
          break;
        case 4: // something that does not belong here
          body = spliced(body, from, random.nextBoolean() ? from : to, splinter(random));
          break;
        case 5: // a value of another kind
          body = withOtherValue(body, random);
          break;
        default: // a piece of another body
          byte[] other = samples.get(random.nextInt(samples.size()));
          int start = random.nextInt(other.length);
          body =
              spliced(
                  body,
                  from,
                  to,
                  Arrays.copyOfRange(other, start, Math.min(other.length, start + 60)));
      }
    }
    return body;
  }

  /** Puts a splinter where a property has its value, if there is one on the line. */
  private static byte[] withOtherValue(byte[] body, Random random) {
    String[] lines = text(body).split("\n", -1);
    int line = random.nextInt(lines.length);
    String splinter =
        SPLINTERS[random.nextInt(SPLINTERS.length)].replace("$", "\\$").replace("\\", "\\\\");
    lines[line] = lines[line].replaceFirst(": [^,{\\[]+", ": " + splinter);
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] splinter(Random random) {
    return SPLINTERS[random.nextInt(SPLINTERS.length)].getBytes(StandardCharsets.UTF_8);
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
