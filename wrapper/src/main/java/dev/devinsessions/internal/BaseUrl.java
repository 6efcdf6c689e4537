package dev.devinsessions.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which base URLs are sent a key. */
public final class BaseUrl {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)\\]", Pattern.CASE_INSENSITIVE);

  private BaseUrl() {}

  /**
   * The URL without a trailing slash.
   *
   * @throws IllegalArgumentException if it is none that a key may be sent to; the message does not repeat user info
   */
  public static String check(String baseUrl) {
    URI uri;
    try {
      uri = new URI(baseUrl);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("baseUrl is no URL: " + e.getReason() + " at position " + e.getIndex());
    }
    if (uri.getRawUserInfo() != null || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
      throw new IllegalArgumentException("baseUrl has user info before the host: give it without");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException("baseUrl is " + baseUrl + ": give https://<host>, such as https://api.devin.ai");
    }
    if (scheme.equals("http") && !LOOPBACK.matcher(uri.getHost()).matches()) {
      throw new IllegalArgumentException(
          "baseUrl is " + baseUrl + ": http would show the key to the network; give https, or a loopback host");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("baseUrl is " + baseUrl + ": give it without query and fragment");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw new IllegalArgumentException("baseUrl is " + baseUrl + ": give a port from 1 to 65535");
    }
    return baseUrl.replaceFirst("/+$", "");
  }

  /** Whether HTTP/2 can be agreed on in the TLS handshake; in plain text it would take an upgrade. */
  static boolean isTls(String baseUrl) {
    return baseUrl.regionMatches(true, 0, "https:", 0, 6);
  }
}
