package dev.devinsessions.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The API key. Redacts the key from messages and stack traces. */
public final class ApiKey {
  private static final String REDACTED = "[redacted: contains the API key]";

  /** A string that contains this many consecutive letters and digits of the key is redacted. */
  private static final int PART_LENGTH = 16;

  /** A character escaped for JSON, a URL or HTML, possibly more than once. */
  private static final Pattern ESCAPE =
      Pattern.compile(
          "(?<!\\\\)\\\\++u(\\p{XDigit}{4})|%(?:25)*(\\p{XDigit}{2})"
              + "|&(?:amp;)*#[xX](\\p{XDigit}{1,4});|&(?:amp;)*#(\\d{1,4});");

  private final String key;

  /** False for a key such as "test", which may occur in ordinary text, unlike "Bearer test". */
  private final boolean isDistinctive;

  private final List<String> parts;

  /**
   * Checks a key.
   *
   * @throws IllegalArgumentException if it cannot be sent in a header; the message does not repeat
   *     it
   */
  ApiKey(String key) {
    if (!Objects.requireNonNull(key, "apiKey").matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "apiKey is blank, or contains whitespace (a trailing line break?), a control character"
              + " or a non-ASCII character: pass only the key");
    }
    this.key = key;
    isDistinctive = plain(key).length() >= PART_LENGTH || mayOccurIn(key);
    String distinctive = plain(isDistinctive ? key : authorization());
    int length = Math.min(PART_LENGTH, distinctive.length());
    parts =
        IntStream.rangeClosed(0, distinctive.length() - length)
            .mapToObj(start -> distinctive.substring(start, start + length))
            .collect(Collectors.toList());
  }

  /** Whether the key can use v1 only. */
  boolean isServiceKey() {
    return key.startsWith("apk_") && !key.startsWith("apk_user_");
  }

  /** Whether a string may contain any API key. */
  public static boolean mayOccurIn(String text) {
    return text.contains("apk_") || text.contains("cog_");
  }

  /** The value of the {@code Authorization} header. */
  String authorization() {
    return "Bearer " + key;
  }

  /**
   * Whether the key was probably passed by mistake instead of a session id: the id contains it, or
   * is a long part of it. A valid id may share some characters with the key.
   */
  boolean wasPassedAs(String id) {
    return (isDistinctive && id.contains(key))
        || (id.strip().length() >= PART_LENGTH && key.contains(id.strip()));
  }

  /** Whether a string contains a long part of the key, or a short key after {@code Bearer}. */
  boolean occursIn(String text) {
    return parts.stream().anyMatch(plain(text)::contains);
  }

  /** Returns the string, or a placeholder if the key occurs in it. */
  String redact(String text) {
    return occursIn(text) ? REDACTED : text;
  }

  /**
   * Returns the error, or a replacement if the key occurs in its stack trace. The JDK quotes
   * invalid headers, and a decorated client may quote anything.
   */
  Throwable redact(Throwable error) {
    StringWriter everything = new StringWriter();
    error.printStackTrace(new PrintWriter(everything, true));
    if (!occursIn(everything.toString())) {
      return error;
    }
    IOException copy = new IOException(error.getClass().getName() + ": " + REDACTED);
    copy.setStackTrace(error.getStackTrace());
    return copy;
  }

  /** Unescapes a string, and keeps only its letters and digits, which most escaping preserves. */
  private static String plain(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(escape -> Matcher.quoteReplacement(unescape(escape)))
        .replaceAll("[^A-Za-z0-9]", "");
  }

  private static String unescape(MatchResult escape) {
    String decimal = escape.group(4);
    Stream<String> hex = IntStream.rangeClosed(1, 3).mapToObj(escape::group);
    int code =
        decimal != null
            ? Integer.parseInt(decimal)
            : Integer.parseInt(hex.filter(Objects::nonNull).findFirst().orElseThrow(), 16);
    return String.valueOf((char) code);
  }

  @Override
  public String toString() {
    return "[API key]";
  }
}
