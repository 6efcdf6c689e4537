package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.auto.value.AutoValue;
import dev.devinsessions.internal.ApiKey;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a session in its canonical form. Use it to remove duplicates and to check input before
 * a lookup. An immutable value, ordered by its text. In JSON, an id is a string.
 */
@AutoValue
public abstract class SessionId implements Comparable<SessionId> {
  private static final String PREFIX = "devin-";
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  /** Repeats only single characters, because repeated groups overflow the stack on long input. */
  private static final Pattern URL =
      Pattern.compile(
          "(?i:https?)://[^/?#\\s]++(?>[^?#\\s]*?/sessions/)([A-Za-z0-9_-]++)(?:/[A-Za-z0-9_/-]*+)?(?:[?#]\\S*+)?");

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Z}&&[^ ]]");
  private static final int MAX_QUOTED = 200;

  SessionId() {}

  /** {@return the id in the form {@code devin-<bare>}, as sent to the APIs} */
  @JsonValue
  public abstract String value();

  /**
   * Parses an id or a URL.
   *
   * @param idOrUrl {@code devin-<bare>}, {@code <bare>} with 1 to 128 characters of {@code A-Z a-z
   *     0-9 _ -}, or an http(s) URL whose path contains {@code /sessions/<id>}; surrounding
   *     whitespace and byte order marks are ignored
   * @return the canonical id
   * @throws IllegalArgumentException if it is none of these; the message quotes at most 200
   *     characters, and nothing that looks like an API key
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static SessionId parse(String idOrUrl) {
    String text = trim(Objects.requireNonNull(idOrUrl, "idOrUrl"));
    String id = text.contains("://") ? idOfUrl(text) : text;
    boolean hasPrefix = id.startsWith(PREFIX);
    if (!BARE.matcher(id).region(hasPrefix ? PREFIX.length() : 0, id.length()).matches()) {
      throw new IllegalArgumentException(
          quote(idOrUrl)
              + " is not a valid session id: use devin-<id> or <id> (1 to 128 letters, digits, - and"
              + " _), or an http(s) URL whose path contains /sessions/<id>");
    }
    return new AutoValue_SessionId(hasPrefix ? id : PREFIX + id);
  }

  /** The id in a URL; the text itself if it is not the URL of a session. */
  private static String idOfUrl(String text) {
    Matcher url = URL.matcher(text);
    return url.matches() ? url.group(1) : text;
  }

  private static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
  }

  private static String quote(String text) {
    if (ApiKey.mayOccurIn(text)) {
      return "Text that looks like an API key";
    }
    String start = text.substring(0, Math.min(text.length(), MAX_QUOTED));
    return '"'
        + INVISIBLE
            .matcher(start)
            .replaceAll(match -> String.format("\\\\u%04x", match.group().codePointAt(0)))
        + '"';
  }

  @Override
  public final int compareTo(SessionId other) {
    return value().compareTo(other.value());
  }

  /** {@return {@link #value()}} */
  @Override
  public final String toString() {
    return value();
  }
}
