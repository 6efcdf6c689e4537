package dev.devinsessions.internal;

import dev.devinsessions.LookupStrategy;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The checked settings of a lookup object. The setters of {@code SessionLookupBuilder} document
 * them.
 */
public final class Settings implements Cloneable {
  /** Never null in a lookup object, because {@code build()} checks it. */
  @SuppressWarnings("NullAway.Init")
  public ApiKey apiKey;

  public String baseUrl = "https://api.devin.ai";
  public LookupStrategy strategy = LookupStrategy.COMPLETE;
  public boolean allowPlainHttp;
  public boolean responseValidation;
  public Duration deadline = Duration.ofSeconds(60);
  public Duration attemptTimeout = Duration.ofSeconds(20);
  public int maxRetries = 2;
  public int maxConcurrency = 32;
  public long maxResponseBytes = 64L << 20;
  public Duration pollInterval = Duration.ofSeconds(10);
  public String applicationName = "";
  public @Nullable HttpClient httpClient;

  /** Null for the real timer. Tests set a fake. */
  public @Nullable Timer timer;

  @Override
  public Settings clone() {
    try {
      return (Settings) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
