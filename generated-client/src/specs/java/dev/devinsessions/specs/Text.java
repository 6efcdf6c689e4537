package dev.devinsessions.specs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Formats values of a page. Excerpts are on one line, short, and safe in a terminal. */
public final class Text {
  /** Sorts keys, so that equal maps have equal text. */
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

  private static final int MAX_VALUE = 160;
  private static final int CONTEXT = 40;

  private Text() {}

  /** A value of the tree: text as it is, everything else as compact JSON. */
  static String of(Object value) {
    return value instanceof String ? (String) value : JSON.valueToTree(value).toString();
  }

  /** The start of a string on one line, without invisible or terminal control characters. */
  static String excerpt(String text, int maxLength) {
    int length = text.codePointCount(0, text.length());
    String start = text.substring(0, text.offsetByCodePoints(0, Math.min(length, maxLength)));
    String line =
        Pattern.compile("\\p{C}")
            .matcher(start.replaceAll("\\s", " "))
            .replaceAll(c -> String.format("\\\\u%04x", c.group().codePointAt(0)));
    return length > maxLength ? line + '…' : line;
  }

  /** The part of a string that shows where it differs from another one, as Markdown code. */
  static String code(String text, String other) {
    int same = Math.max(0, Arrays.mismatch(text.toCharArray(), other.toCharArray()));
    int last = Math.max(0, text.length() - MAX_VALUE);
    int start = last == 0 ? 0 : Math.max(0, Math.min(same, last) - CONTEXT);
    return code((start > 0 ? "…" : "") + excerpt(text.substring(start), MAX_VALUE));
  }

  /** A string as Markdown code. A backtick in it would end the code. */
  static String code(String text) {
    return "`" + text.replace('`', '\'') + "`";
  }

  static String sha256(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return String.format("%064x", new BigInteger(1, sum));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
