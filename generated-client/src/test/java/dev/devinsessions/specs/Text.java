package dev.devinsessions.specs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How values of a page are shown: on one line, of bounded length, without anything a terminal or
 * Markdown acts on.
 */
final class Text {
  /** Sorted keys: two maps that are equal are shown alike. */
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

  private static final int CONTEXT = 40;

  private Text() {}

  /** A value of the tree: text as it is, everything else as compact JSON. */
  static String of(Object value) {
    if (value instanceof String) {
      return (String) value;
    }
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The start of a text on one line. */
  static String excerpt(String text, int maxLength) {
    StringBuilder line = new StringBuilder();
    text.codePoints().limit(maxLength).forEach(c -> line.append(printable(c)));
    return text.codePointCount(0, text.length()) > maxLength
        ? line.append('…').toString()
        : line.toString();
  }

  /** The part of a text that shows where it differs from another one, as Markdown code. */
  static String code(String text, String other, int maxLength) {
    int same = 0;
    while (same < text.length()
        && same < other.length()
        && text.charAt(same) == other.charAt(same)) {
      same++;
    }
    int start =
        text.length() <= maxLength
            ? 0
            : Math.max(0, Math.min(same, text.length() - maxLength) - CONTEXT);
    if (start > 0 && Character.isLowSurrogate(text.charAt(start))) {
      start--;
    }
    return code((start > 0 ? "…" : "") + excerpt(text.substring(start), maxLength));
  }

  /** A text as Markdown code, whatever backticks it has. */
  static String code(String text) {
    String fence = "`";
    while (text.contains(fence)) {
      fence += "`";
    }
    boolean padded = text.isEmpty() || text.startsWith("`") || text.endsWith("`");
    return padded ? fence + " " + text + " " + fence : fence + text + fence;
  }

  static String sha256(byte[] bytes) {
    try {
      StringBuilder hex = new StringBuilder();
      for (byte b : MessageDigest.getInstance("SHA-256").digest(bytes)) {
        hex.append(String.format("%02x", b));
      }
      return hex.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String printable(int c) {
    if (c == '\n' || c == '\t' || c == ' ') {
      return " ";
    }
    // Escape sequences would reach the terminal, and invisible characters would make two different
    // words look alike.
    int type = Character.getType(c);
    boolean hidden =
        type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    return hidden ? String.format("\\u%04x", c) : Character.toString(c);
  }
}
