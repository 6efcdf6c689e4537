package dev.devinsessions.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** Validates base URLs, to which the API key may be sent. */
public final class BaseUrl {
  private static final Pattern ALLOWED =
      Pattern.compile(
          "https?://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:[1-9]\\d{0,4})?(/[^?#@\\s]*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  private BaseUrl() {}

  /**
   * The URL without a trailing slash.
   *
   * @throws IllegalArgumentException if it is not valid; the message does not repeat user info
   */
  public static String check(String baseUrl) {
    String url = Objects.requireNonNull(baseUrl, "baseUrl").replaceFirst("/+$", "");
    try {
      if (ALLOWED.matcher(url).matches()
          && new URI(url).getHost() != null
          && new URI(url).getPort() <= 65_535) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Thrown below.
    }
    throw invalid(baseUrl, "without user info, query or fragment");
  }

  /**
   * Checks that the key is not sent unencrypted unless the application permits it.
   *
   * @param url a checked URL
   * @throws IllegalArgumentException if it would be sent unencrypted
   */
  static void checkTransport(String url, boolean allowPlainHttp) {
    if (!allowPlainHttp && !isTls(url) && !isLoopback(url)) {
      throw invalid(
          url,
          "because plain http would send the key unencrypted; allowPlainHttp(true) permits it in a test network");
    }
  }

  /** Whether the host is a loopback host, which needs no name resolution over the network. */
  static boolean isLoopback(String url) {
    String host = URI.create(url).getHost().toLowerCase(Locale.ROOT);
    return LOOPBACK.matcher(host).matches();
  }

  private static IllegalArgumentException invalid(String url, String why) {
    return new IllegalArgumentException(
        String.format(
            "baseUrl is %s: use https://<host>[:<port>][/<path>] %s",
            url.contains("@") ? "a URL with user info" : url, why));
  }

  /** Whether the TLS handshake can negotiate HTTP/2. Plain HTTP would need an upgrade. */
  static boolean isTls(String baseUrl) {
    return baseUrl.regionMatches(true, 0, "https:", 0, 6);
  }
}
