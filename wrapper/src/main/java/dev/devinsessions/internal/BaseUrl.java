package dev.devinsessions.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** The URL of the API, to which the key may be sent. */
final class BaseUrl {
  private static final Pattern ALLOWED =
      Pattern.compile(
          "https?://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:[1-9]\\d{0,4})?(/[^?#@\\s]*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  private final URI url;

  /**
   * Checks a URL, and removes trailing slashes.
   *
   * @throws IllegalArgumentException if it is not valid; the message repeats neither user info nor
   *     anything that looks like an API key
   */
  BaseUrl(String baseUrl) {
    String trimmed = Objects.requireNonNull(baseUrl, "baseUrl").replaceFirst("/+$", "");
    try {
      url = new URI(ALLOWED.matcher(trimmed).matches() ? trimmed : "");
    } catch (URISyntaxException e) {
      throw invalid(baseUrl, "without user info, query or fragment");
    }
    if (url.getHost() == null || url.getPort() > 65_535) {
      throw invalid(baseUrl, "without user info, query or fragment");
    }
  }

  /**
   * Checks that the key is not sent over a network unencrypted unless the application permits it.
   *
   * @throws IllegalArgumentException if it would be sent over a network unencrypted
   */
  void checkTransport(boolean allowPlainHttp) {
    if (!allowPlainHttp && !isTls() && !isLoopback()) {
      throw invalid(
          toString(),
          "because plain http would send the key unencrypted; use allowPlainHttp(true) only on a test network");
    }
  }

  /** Whether the host is a loopback host, which the key reaches without a network. */
  boolean isLoopback() {
    return LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether the scheme is https. */
  boolean isTls() {
    return url.getScheme().equalsIgnoreCase("https");
  }

  private static IllegalArgumentException invalid(String url, String why) {
    return new IllegalArgumentException(
        String.format(
            "baseUrl is %s: use https://<host>[:<port>][/<path>] %s",
            url.contains("@")
                ? "a URL with an @"
                : ApiKey.mayOccurIn(url) ? "text that looks like an API key" : url,
            why));
  }

  /** The URL without a trailing slash. */
  @Override
  public String toString() {
    return url.toString();
  }
}
