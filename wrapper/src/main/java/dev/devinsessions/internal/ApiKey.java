package dev.devinsessions.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The key, and how it is kept out of everything that people read. */
public final class ApiKey {
  /** What a key gives access to; told from its prefix. */
  enum Kind {
    /** v1, and v2 where its owner is an enterprise admin. */
    PERSONAL,
    /** v1 alone. */
    SERVICE,
    /** Only the server knows. */
    OTHER
  }

  private static final String REDACTED = "[API key]";

  /** So much of a key gives it away; more than its prefix. */
  private static final int TELLING_CHARACTERS = 16;

  /** A character as it is, or escaped for JSON, a URL or HTML, even several times. */
  private static final Pattern CHARACTER =
      Pattern.compile(
          "\\\\+u(?<json>\\p{XDigit}{4})|%(?:25){0,3}(?<url>\\p{XDigit}{2})"
              + "|&(?:amp;){0,3}#(?:[xX](?<html>\\p{XDigit}{1,4})|(?<decimal>\\d{1,5}));"
              + "|\\\\*(?<plain>.)",
          Pattern.DOTALL);

  private final String key;
  private final int tellingLength;
  private final Set<String> tellingParts = new HashSet<>();

  /**
   * Checks a key.
   *
   * @throws IllegalArgumentException if it cannot be sent in a header; the message does not repeat
   *     it
   */
  public ApiKey(String key) {
    if (!key.matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "apiKey is blank, or has white space (a line break at its end?), a control character or one outside ASCII:"
              + " give the key alone");
    }
    this.key = key;
    tellingLength = Math.min(TELLING_CHARACTERS, key.length());
    addParts(key);
    addParts(new Unescaped(key).text.toString());
  }

  Kind kind() {
    if (key.startsWith("apk_user_")) {
      return Kind.PERSONAL;
    }
    return key.startsWith("apk_") ? Kind.SERVICE : Kind.OTHER;
  }

  /** The value of the header {@code Authorization}. */
  String authorization() {
    return "Bearer " + key;
  }

  private void addParts(String spelling) {
    for (int from = 0; from + tellingLength <= spelling.length(); from++) {
      tellingParts.add(spelling.substring(from, from + tellingLength));
    }
  }

  /** Whether a text holds the key, or so much of its start that it was meant to. */
  boolean isIn(String text) {
    return text.contains(key.substring(0, tellingLength));
  }

  /** The text without the key, and without any telling part of it, however it is escaped. */
  String redact(String text) {
    Unescaped unescaped = new Unescaped(text);
    StringBuilder redacted = new StringBuilder();
    int end = 0;
    for (int at = 0; at < unescaped.text.length(); at++) {
      int endOfPart = Math.min(at + tellingLength, unescaped.text.length());
      if (tellingParts.contains(unescaped.text.substring(at, endOfPart))) {
        redacted.append(at < end ? "" : REDACTED);
        end = endOfPart;
      }
      if (at >= end) {
        redacted.append(text, unescaped.starts.get(at), unescaped.starts.get(at + 1));
      }
    }
    return redacted.toString();
  }

  /**
   * The error itself where neither it nor anything it refers to shows the key; otherwise a stand-in
   * that tells the same without it. The JDK quotes ill-formed headers, and a decorated client may
   * say anything.
   */
  Throwable redact(Throwable error) {
    StringWriter everything = new StringWriter();
    error.printStackTrace(new PrintWriter(everything, true));
    if (redact(everything.toString()).equals(everything.toString())) {
      return error;
    }
    IOException standIn = new IOException(redact(error.toString()));
    standIn.setStackTrace(error.getStackTrace());
    return standIn;
  }

  /** A text as it was before it was escaped, and where each of its characters starts. */
  private static final class Unescaped {
    final StringBuilder text = new StringBuilder();
    final List<Integer> starts = new ArrayList<>();

    Unescaped(String escaped) {
      Matcher character = CHARACTER.matcher(escaped);
      while (character.find()) {
        starts.add(character.start());
        text.append(character(character));
      }
      starts.add(escaped.length());
    }

    private static char character(Matcher spelt) {
      if (spelt.group("plain") != null) {
        return spelt.group("plain").charAt(0);
      }
      if (spelt.group("decimal") != null) {
        return (char) Integer.parseInt(spelt.group("decimal"));
      }
      Stream<String> hex = Stream.of("json", "url", "html").map(spelt::group);
      return (char) Integer.parseInt(hex.filter(Objects::nonNull).findFirst().orElseThrow(), 16);
    }
  }

  @Override
  public String toString() {
    return REDACTED;
  }
}
