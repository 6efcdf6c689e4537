package dev.devinsessions;

import dev.devinsessions.internal.DefaultSessionLookup;
import dev.devinsessions.internal.Settings;
import dev.devinsessions.internal.Timer;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Builds a {@link SessionLookup}. Each setter checks its value immediately. Not thread-safe. A
 * builder can be reused after {@link #build()}.
 */
public final class SessionLookupBuilder {
  private static final Duration LONGEST_DURATION = Duration.ofDays(1);

  private final Settings.Builder settings = Settings.builder();

  SessionLookupBuilder() {}

  /**
   * Sets the API key. Required. The key is sent only to the origin of {@link #baseUrl}, and is
   * redacted from messages and logs. A short key such as {@code test} is redacted only after {@code
   * Bearer}.
   *
   * @param apiKey {@code apk_user_...} (personal), {@code apk_...} (service) or another key;
   *     printable ASCII without spaces
   * @return this builder
   * @throws IllegalArgumentException if it is blank or contains other characters; the message does
   *     not repeat it
   */
  public SessionLookupBuilder apiKey(String apiKey) {
    settings.apiKey(apiKey);
    return this;
  }

  /**
   * Sets the key from the environment variable {@code DEVIN_API_KEY}, and the base URL from {@code
   * DEVIN_API_BASE_URL} if that is set and not blank. Can be combined with any other setter; the
   * last call wins.
   *
   * @return this builder
   * @throws IllegalStateException if {@code DEVIN_API_KEY} is not set
   * @throws IllegalArgumentException if a variable has an invalid value
   */
  public SessionLookupBuilder fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  SessionLookupBuilder fromEnvironment(Map<String, String> environment) {
    String key = environment.get("DEVIN_API_KEY");
    if (key == null) {
      throw new IllegalStateException(
          "the environment variable DEVIN_API_KEY is not set: set it to an API key");
    }
    String baseUrl = environment.get("DEVIN_API_BASE_URL");
    return baseUrl == null || baseUrl.isBlank() ? apiKey(key) : apiKey(key).baseUrl(baseUrl);
  }

  /**
   * Sets the URL of the API. Default {@code https://api.devin.ai}.
   *
   * @param baseUrl https, or http to a loopback host (to any host with {@link #allowPlainHttp}); a
   *     path prefix is kept, a trailing slash is ignored
   * @return this builder
   * @throws IllegalArgumentException if it is not an http or https URL, or has user info, a query
   *     or a fragment
   */
  public SessionLookupBuilder baseUrl(String baseUrl) {
    settings.baseUrl(baseUrl);
    return this;
  }

  /**
   * Permits plain http to hosts other than loopback, for stub servers on a test network. The API
   * key is then sent unencrypted. Default false.
   *
   * @param allowPlainHttp whether to permit it; checked by {@link #build()}
   * @return this builder
   */
  public SessionLookupBuilder allowPlainHttp(boolean allowPlainHttp) {
    settings.allowPlainHttp(allowPlainHttp);
    return this;
  }

  /**
   * Sets which APIs the lookup calls.
   *
   * @param strategy default {@link LookupStrategy#COMPLETE}
   * @return this builder
   */
  public SessionLookupBuilder strategy(LookupStrategy strategy) {
    settings.strategy(Objects.requireNonNull(strategy, "strategy"));
    return this;
  }

  /**
   * Sets whether a response with {@link Session#deviations() deviations} fails the lookup with a
   * {@link MalformedResponseException}. Default false.
   *
   * @param responseValidation whether to fail
   * @return this builder
   */
  public SessionLookupBuilder responseValidation(boolean responseValidation) {
    settings.responseValidation(responseValidation);
    return this;
  }

  /**
   * Sets the time limit of a whole lookup: from the call until the session is available, including
   * queueing, connecting, every attempt, the delays between them, and reading and decoding the
   * body. Default 60 seconds.
   *
   * @param deadline positive, at most one day
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public SessionLookupBuilder deadline(Duration deadline) {
    settings.deadline(inRange("deadline", deadline));
    return this;
  }

  /**
   * Sets the time limit of one attempt: from sending the request, including connecting, to the last
   * byte of the body. Default 20 seconds. If it is too short, slow responses fail, and retrying
   * does not help.
   *
   * @param attemptTimeout positive, at most one day; also limited by the time left until the
   *     deadline
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public SessionLookupBuilder attemptTimeout(Duration attemptTimeout) {
    settings.attemptTimeout(inRange("attemptTimeout", attemptTimeout));
    return this;
  }

  /**
   * Sets the maximum number of retries for each API. Default 2. A request that an HTTP/2 server
   * refuses without processing it is resent until the deadline, and does not count as a retry.
   *
   * @param maxRetries 0 to 10
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public SessionLookupBuilder maxRetries(int maxRetries) {
    settings.maxRetries((int) inRange("maxRetries", maxRetries, 0, 10));
    return this;
  }

  /**
   * Sets the maximum number of requests that a {@code SessionLookup} has in flight; others queue.
   * Default 32. A value above the number of HTTP/2 streams that the server allows has no additional
   * effect.
   *
   * @param maxConcurrency 1 to 1000
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public SessionLookupBuilder maxConcurrency(int maxConcurrency) {
    settings.maxConcurrency((int) inRange("maxConcurrency", maxConcurrency, 1, 1_000));
    return this;
  }

  /**
   * Sets the maximum size of a body, in bytes after decompression. Default 64 MiB. Every request in
   * flight may need several times that much memory.
   *
   * @param maxResponseBytes 1 to 2,000,000,000
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public SessionLookupBuilder maxResponseBytes(long maxResponseBytes) {
    settings.maxResponseBytes(inRange("maxResponseBytes", maxResponseBytes, 1, 2_000_000_000));
    return this;
  }

  /**
   * Sets the time between the polls of {@link SessionLookup#waitUntil}. Default 10 seconds.
   *
   * @param pollInterval positive, at most one day
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public SessionLookupBuilder pollInterval(Duration pollInterval) {
    settings.pollInterval(inRange("pollInterval", pollInterval));
    return this;
  }

  /**
   * Sets the name of the application, prepended to {@code devin-sessions-java/<version>} in the
   * {@code User-Agent} header. Default none.
   *
   * @param applicationName such as {@code acu-report/1.2}; 1 to 200 printable ASCII characters,
   *     without leading or trailing spaces
   * @return this builder
   * @throws IllegalArgumentException if it is anything else
   */
  public SessionLookupBuilder applicationName(String applicationName) {
    if (!Objects.requireNonNull(applicationName, "applicationName")
        .matches("[!-~]([ -~]{0,198}[!-~])?")) {
      throw new IllegalArgumentException(
          "applicationName must be 1 to 200 printable ASCII characters without leading or trailing spaces,"
              + " such as acu-report/1.2");
    }
    settings.applicationName(applicationName);
    return this;
  }

  /**
   * Sets the HTTP client that sends the requests, for example one with a proxy, a custom CA or
   * metrics. By default, the lookup creates its own. Each attempt calls {@code sendAsync} once and
   * keeps only the first response that the client receives, so the client must not resend requests.
   * {@link SessionLookup#close()} does not close the client.
   *
   * @param httpClient a client that does not follow redirects, because a redirect would send the
   *     key to another host
   * @return this builder
   * @throws IllegalArgumentException if it follows redirects, or if it has an {@link
   *     java.net.Authenticator} on a JDK before 24, which would drop the key from the requests
   */
  public SessionLookupBuilder httpClient(HttpClient httpClient) {
    HttpClient.Redirect redirects =
        Objects.requireNonNull(httpClient, "httpClient").followRedirects();
    if (redirects == HttpClient.Redirect.ALWAYS || redirects == HttpClient.Redirect.NORMAL) {
      throw new IllegalArgumentException(
          "httpClient follows redirects, which would send the key to other hosts: build it with Redirect.NEVER");
    }
    if (httpClient.authenticator().isPresent() && Runtime.version().feature() < 24) {
      throw new IllegalArgumentException(
          "httpClient has an Authenticator, which makes JDKs before 24 drop the API key from requests:"
              + " use JDK 24 or newer, or a client without an Authenticator");
    }
    settings.httpClient(httpClient);
    return this;
  }

  /** Tests pass a fake clock. */
  SessionLookupBuilder timer(Timer timer) {
    settings.timer(timer);
    return this;
  }

  /**
   * Builds the lookup, which must be closed.
   *
   * @return the lookup
   * @throws IllegalStateException if the key is missing
   * @throws IllegalArgumentException if the base URL is plain http to a host other than loopback,
   *     and {@link #allowPlainHttp} is not set
   */
  public SessionLookup build() {
    return new DefaultSessionLookup(settings.build());
  }

  private static Duration inRange(String name, Duration value) {
    if (Objects.requireNonNull(value, name).isNegative()
        || value.isZero()
        || value.compareTo(LONGEST_DURATION) > 0) {
      throw new IllegalArgumentException(
          name + " is " + value + ": it must be positive and at most one day");
    }
    return value;
  }

  private static long inRange(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is " + value + ": it must be from " + min + " to " + max);
    }
    return value;
  }
}
