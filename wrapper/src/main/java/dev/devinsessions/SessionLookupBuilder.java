package dev.devinsessions;

import dev.devinsessions.internal.ApiKey;
import dev.devinsessions.internal.BaseUrl;
import dev.devinsessions.internal.DefaultSessionLookup;
import dev.devinsessions.internal.Settings;
import dev.devinsessions.internal.Timer;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Builds a {@link SessionLookup}. Each setter checks its value at once. Not thread-safe; it may be
 * used again after {@link #build()}.
 */
public final class SessionLookupBuilder {
  private static final Duration LONGEST_DURATION = Duration.ofDays(1);

  private final Settings settings = new Settings();

  SessionLookupBuilder() {}

  /**
   * The API key, sent to the host of {@link #baseUrl} alone and never shown in a message or log.
   * Required.
   *
   * @param apiKey {@code apk_user_...} (personal), {@code apk_...} (service) or another; printable
   *     ASCII without blanks
   * @return this builder
   * @throws IllegalArgumentException if it is blank or has other characters; the message does not
   *     repeat it
   */
  public SessionLookupBuilder apiKey(String apiKey) {
    settings.apiKey = new ApiKey(apiKey);
    return this;
  }

  /**
   * Sets the key from the environment variable {@code DEVIN_API_KEY} and, if it is set and not
   * blank, the base URL from {@code DEVIN_API_BASE_URL}. Can be combined with every other setter;
   * the last one wins.
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
   * Where the API is. Default {@code https://api.devin.ai}.
   *
   * @param baseUrl https, or http to a loopback host (to any host with {@link #allowPlainHttp}); a
   *     path prefix is kept, a trailing slash is harmless
   * @return this builder
   * @throws IllegalArgumentException if it is not an http or https URL, or has user info, a query
   *     or a fragment
   */
  public SessionLookupBuilder baseUrl(String baseUrl) {
    settings.baseUrl = BaseUrl.check(baseUrl);
    return this;
  }

  /**
   * Permits plain http to hosts other than loopback, for stub servers in a test network. Default
   * false. The API key then travels unencrypted.
   *
   * @param allowPlainHttp whether to permit it; checked by {@link #build()}
   * @return this builder
   */
  public SessionLookupBuilder allowPlainHttp(boolean allowPlainHttp) {
    settings.allowPlainHttp = allowPlainHttp;
    return this;
  }

  /**
   * Which APIs are called.
   *
   * @param strategy default {@link LookupStrategy#COMPLETE}
   * @return this builder
   */
  public SessionLookupBuilder strategy(LookupStrategy strategy) {
    settings.strategy = Objects.requireNonNull(strategy, "strategy");
    return this;
  }

  /**
   * Whether a response that deviates from its specification fails the lookup with a {@link
   * MalformedResponseException}. Default false: such a property is absent, and {@link
   * Session#deviations()} reports it.
   *
   * @param responseValidation whether to fail
   * @return this builder
   */
  public SessionLookupBuilder responseValidation(boolean responseValidation) {
    settings.responseValidation = responseValidation;
    return this;
  }

  /**
   * Time for a whole lookup: from the call until the value is mapped, with queueing, connecting,
   * every attempt, the waits between them, and reading and decoding the body. Default 60 seconds.
   *
   * @param deadline more than zero, one day at most
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public SessionLookupBuilder deadline(Duration deadline) {
    settings.deadline = inRange("deadline", deadline);
    return this;
  }

  /**
   * Time for one attempt: from sending it, connecting included, to the last byte of its body.
   * Default 20 seconds. Too little makes slow answers fail that a retry will not make faster.
   *
   * @param attemptTimeout more than zero, one day at most; what is left of the deadline bounds it
   *     too
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public SessionLookupBuilder attemptTimeout(Duration attemptTimeout) {
    settings.attemptTimeout = inRange("attemptTimeout", attemptTimeout);
    return this;
  }

  /**
   * How often a failed attempt is made again, for each API. Default 2.
   *
   * @param maxRetries 0 to 10
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public SessionLookupBuilder maxRetries(int maxRetries) {
    settings.maxRetries = (int) inRange("maxRetries", maxRetries, 0, 10);
    return this;
  }

  /**
   * How many requests are in flight at once for this lookup object; more callers wait their turn.
   * Default 32. More than the streams that the server allows on a connection brings nothing.
   *
   * @param maxConcurrency 1 to 1000
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public SessionLookupBuilder maxConcurrency(int maxConcurrency) {
    settings.maxConcurrency = (int) inRange("maxConcurrency", maxConcurrency, 1, 1_000);
    return this;
  }

  /**
   * How long a body may be, in bytes after decompression. Default 64 MiB. Every lookup under way
   * may need that much memory.
   *
   * @param maxResponseBytes 1 to 2,000,000,000
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public SessionLookupBuilder maxResponseBytes(long maxResponseBytes) {
    settings.maxResponseBytes = inRange("maxResponseBytes", maxResponseBytes, 1, 2_000_000_000);
    return this;
  }

  /**
   * Time between the looks of {@link SessionLookup#waitUntil}. Default 10 seconds.
   *
   * @param pollInterval more than zero, one day at most
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public SessionLookupBuilder pollInterval(Duration pollInterval) {
    settings.pollInterval = inRange("pollInterval", pollInterval);
    return this;
  }

  /**
   * Name of the calling tool, put into the header {@code User-Agent} before {@code
   * devin-sessions-java/<version>}. Default none.
   *
   * @param applicationName such as {@code acu-report/1.2}; 1 to 200 printable ASCII characters,
   *     blanks only inside
   * @return this builder
   * @throws IllegalArgumentException if it is something else
   */
  public SessionLookupBuilder applicationName(String applicationName) {
    if (!Objects.requireNonNull(applicationName, "applicationName")
        .matches("[!-~]([ -~]{0,198}[!-~])?")) {
      throw new IllegalArgumentException(
          "applicationName is not 1 to 200 printable ASCII characters, blanks only inside: give a name such as"
              + " acu-report/1.2");
    }
    settings.applicationName = applicationName;
    return this;
  }

  /**
   * The HTTP client to send with, such as one with a proxy, a CA or metrics. Default one of its
   * own. Every request goes through its {@code sendAsync}; {@link SessionLookup#close()} does not
   * close it.
   *
   * @param httpClient one that does not follow redirects: it would take the key to wherever they
   *     lead
   * @return this builder
   * @throws IllegalArgumentException if it follows redirects, or before JDK 24 if it has an {@link
   *     java.net.Authenticator}: the JDK then drops the key
   */
  public SessionLookupBuilder httpClient(HttpClient httpClient) {
    HttpClient.Redirect redirects =
        Objects.requireNonNull(httpClient, "httpClient").followRedirects();
    if (redirects == HttpClient.Redirect.ALWAYS || redirects == HttpClient.Redirect.NORMAL) {
      throw new IllegalArgumentException(
          "httpClient follows redirects, which would take the key to other hosts: build it with Redirect.NEVER");
    }
    if (httpClient.authenticator().isPresent() && Runtime.version().feature() < 24) {
      throw new IllegalArgumentException(
          "httpClient has an Authenticator, with which the JDK before version 24 drops the API key from requests:"
              + " use JDK 24 or later, or a client without an Authenticator");
    }
    settings.httpClient = httpClient;
    return this;
  }

  /** For tests with a clock of their own. */
  SessionLookupBuilder timer(Timer timer) {
    settings.timer = timer;
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
    if (settings.apiKey == null) {
      throw new IllegalStateException("apiKey is missing: set it, or call fromEnvironment()");
    }
    BaseUrl.checkTransport(settings.baseUrl, settings.allowPlainHttp);
    return new DefaultSessionLookup(settings.clone());
  }

  private static Duration inRange(String name, Duration value) {
    if (Objects.requireNonNull(value, name).isNegative()
        || value.isZero()
        || value.compareTo(LONGEST_DURATION) > 0) {
      throw new IllegalArgumentException(
          name + " is " + value + ": give more than zero, one day at most");
    }
    return value;
  }

  private static long inRange(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " is " + value + ": give " + least + " to " + most);
    }
    return value;
  }
}
