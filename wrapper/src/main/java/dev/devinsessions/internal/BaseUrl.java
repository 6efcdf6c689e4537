package dev.devinsessions.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Which base URLs are sent a key. */
public final class BaseUrl {
  private static final Pattern ALLOWED =
      Pattern.compile(
          "(https://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)|http://(localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]))"
              + "(:[1-9]\\d{0,4})?(/[^?#@\\s]*)?",
          Pattern.CASE_INSENSITIVE);

  private BaseUrl() {}

  /**
   * The URL without a trailing slash.
   *
   * @throws IllegalArgumentException if it is none that a key may be sent to; the message does not
   *     repeat user info
   */
  public static String check(String baseUrl) {
    String url = baseUrl.replaceFirst("/+$", "");
    try {
      if (ALLOWED.matcher(url).matches()
          && new URI(url).getHost() != null
          && new URI(url).getPort() <= 65_535) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        String.format(
            "baseUrl is %s: give https://<host>, with a port and a path if need be but without user"
                + " info, query and fragment; http, which would show the key to the network, goes"
                + " to a loopback host only",
            baseUrl.contains("@") ? "a URL with user info" : baseUrl));
  }

  /**
   * Whether HTTP/2 can be agreed on in the TLS handshake; in plain text it would take an upgrade.
   */
  static boolean isTls(String baseUrl) {
    return baseUrl.regionMatches(true, 0, "https:", 0, 6);
  }
}
