package dev.devinsessions.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

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

  private final String key;
  private final String start;

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
    start = key.substring(0, Math.min(TELLING_CHARACTERS, key.length()));
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

  /**
   * The text without the key, and without any part of it that begins as it does: quotes are cut and
   * escaped.
   */
  String redact(String text) {
    StringBuilder redacted = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf(start); at >= 0; at = text.indexOf(start, from)) {
      redacted.append(text, from, at).append(REDACTED);
      from = at + start.length();
      while (from < text.length()
          && from - at < key.length()
          && text.charAt(from) == key.charAt(from - at)) {
        from++;
      }
    }
    return redacted.append(text, from, text.length()).toString();
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

  @Override
  public String toString() {
    return REDACTED;
  }
}
