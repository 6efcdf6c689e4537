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

/** The API key, and the one place that keeps it out of everything that people read. */
public final class ApiKey {
  private static final String WITHHELD = "[withheld: it quotes the API key]";

  /** So many letters and digits of a key in a row are a quote; ordinary text never has them. */
  private static final int QUOTE_LENGTH = 16;

  /** A character escaped for JSON, a URL or HTML, perhaps several times over. */
  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\+u(\\p{XDigit}{4})|%(?:25)*(\\p{XDigit}{2})"
              + "|&(?:amp;)*#[xX](\\p{XDigit}{1,4});|&(?:amp;)*#(\\d{1,4});");

  private final String key;
  private final List<String> quotes;

  /**
   * Checks a key.
   *
   * @throws IllegalArgumentException if it cannot be sent in a header; the message does not repeat
   *     it
   */
  public ApiKey(String key) {
    if (!Objects.requireNonNull(key, "apiKey").matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "apiKey is blank, or contains white space (a line break at its end?), a control character"
              + " or a character outside ASCII: pass the key alone");
    }
    this.key = key;
    String plain = plain(key);
    quotes =
        plain.length() < QUOTE_LENGTH
            ? List.of(plain(authorization())) // A word such as "test": only the header quotes it.
            : IntStream.rangeClosed(0, plain.length() - QUOTE_LENGTH)
                .mapToObj(start -> plain.substring(start, start + QUOTE_LENGTH))
                .collect(Collectors.toList());
  }

  /** Whether the key can use v1 only. */
  boolean isServiceKey() {
    return key.startsWith("apk_") && !key.startsWith("apk_user_");
  }

  /** The value of the header {@code Authorization}. */
  String authorization() {
    return "Bearer " + key;
  }

  /** Whether a text contains the key, or enough of it to be worth stealing, escaped or not. */
  boolean isQuotedIn(String text) {
    String plain = plain(text);
    for (String quote : quotes) { // No stream: this runs for every lookup.
      if (plain.contains(quote)) {
        return true;
      }
    }
    return false;
  }

  /** The text itself, or a remark in its place if it quotes the key. */
  String redact(String text) {
    return isQuotedIn(text) ? WITHHELD : text;
  }

  /**
   * The error itself, or a stand-in if the error or anything it refers to quotes the key: the JDK
   * quotes invalid headers, and a decorated client may say anything.
   */
  Throwable redact(Throwable error) {
    StringWriter everything = new StringWriter();
    error.printStackTrace(new PrintWriter(everything, true));
    if (!isQuotedIn(everything.toString())) {
      return error;
    }
    IOException standIn = new IOException(error.getClass().getName() + ": " + WITHHELD);
    standIn.setStackTrace(error.getStackTrace());
    return standIn;
  }

  /** Letters and digits alone: every way to escape a key changes only what is between them. */
  private static String plain(String text) {
    String unescaped = mayHaveEscapes(text) ? unescape(text) : text;
    StringBuilder plain = new StringBuilder(unescaped.length());
    for (int i = 0; i < unescaped.length(); i++) {
      char next = unescaped.charAt(i);
      if (isLetterOrDigit(next)) {
        plain.append(next);
      }
    }
    return plain.toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Every lookup checks its session id, which never has any. */
  private static boolean mayHaveEscapes(String text) {
    return text.indexOf('\\') >= 0 || text.indexOf('%') >= 0 || text.indexOf('&') >= 0;
  }

  private static String unescape(String text) {
    return ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(unescape(escape)));
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
