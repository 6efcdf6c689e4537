package dev.devinsessions.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an id or an address becomes the id that is sent. */
final class SessionIds {
  private static final String PREFIX = "devin-";
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  /** The path up to the id, the id, and further plain segments; then query and fragment. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i:https?)://[^/?#\\s]+(?:/[^/?#\\s]+)*?/sessions/([^/?#\\s]+)(?:/[A-Za-z0-9_-]+)*/?(?:[?#]\\S*)?");

  private static final int SHOWN_AT_MOST = 200;

  private SessionIds() {}

  /**
   * The id as the APIs take it, {@code devin-<bare>}.
   *
   * @param given an id, its bare part, or an address that holds one
   * @param key not to be quoted
   * @throws IllegalArgumentException if it is none of these
   */
  static String canonical(String given, ApiKey key) {
    String text = given.strip();
    Matcher address = ADDRESS.matcher(text);
    String id = address.matches() ? address.group(1) : text;
    String bare = id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id;
    if (!BARE.matcher(bare).matches()) {
      String safe = key.redact(given).replaceAll("\\p{Cntrl}", "?");
      String shown = safe.substring(0, Math.min(safe.length(), SHOWN_AT_MOST));
      throw new IllegalArgumentException(
          String.format(
              "\"%s\" is no session id: give devin-<id> or <id>, of 1 to 128 letters, digits, - and _,"
                  + " or an http(s) address whose path has /sessions/<id>",
              shown));
    }
    return PREFIX + bare;
  }
}
