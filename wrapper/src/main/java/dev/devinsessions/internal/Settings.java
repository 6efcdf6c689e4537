package dev.devinsessions.internal;

import com.google.auto.value.AutoValue;
import dev.devinsessions.LookupStrategy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

/**
 * The checked settings of a {@code SessionLookup}. The setters of {@code SessionLookupBuilder}
 * document them. Immutable.
 */
@AutoValue
public abstract class Settings {
  Settings() {}

  abstract ApiKey apiKey();

  abstract BaseUrl baseUrl();

  abstract boolean allowPlainHttp();

  abstract LookupStrategy strategy();

  abstract boolean responseValidation();

  abstract Duration deadline();

  abstract Duration attemptTimeout();

  abstract int maxRetries();

  abstract int maxConcurrency();

  abstract long maxResponseBytes();

  abstract Duration pollInterval();

  abstract String applicationName();

  abstract Optional<HttpClient> httpClient();

  /** Empty for the real timer. Tests set a fake. */
  abstract Optional<Timer> timer();

  public static Builder builder() {
    return new AutoValue_Settings.Builder()
        .baseUrl("https://api.devin.ai")
        .allowPlainHttp(false)
        .strategy(LookupStrategy.COMPLETE)
        .responseValidation(false)
        .deadline(Duration.ofSeconds(60))
        .attemptTimeout(Duration.ofSeconds(20))
        .maxRetries(2)
        .maxConcurrency(32)
        .maxResponseBytes(64L << 20)
        .pollInterval(Duration.ofSeconds(10))
        .applicationName("");
  }

  /** Checks the key and the URL; the builder of the lookup checks the rest. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    public Builder apiKey(String apiKey) {
      return apiKey(new ApiKey(apiKey));
    }

    public Builder baseUrl(String baseUrl) {
      return baseUrl(new BaseUrl(baseUrl));
    }

    abstract Builder apiKey(ApiKey apiKey);

    abstract Builder baseUrl(BaseUrl baseUrl);

    public abstract Builder allowPlainHttp(boolean allowPlainHttp);

    public abstract Builder strategy(LookupStrategy strategy);

    public abstract Builder responseValidation(boolean responseValidation);

    public abstract Builder deadline(Duration deadline);

    public abstract Builder attemptTimeout(Duration attemptTimeout);

    public abstract Builder maxRetries(int maxRetries);

    public abstract Builder maxConcurrency(int maxConcurrency);

    public abstract Builder maxResponseBytes(long maxResponseBytes);

    public abstract Builder pollInterval(Duration pollInterval);

    public abstract Builder applicationName(String applicationName);

    public abstract Builder httpClient(HttpClient httpClient);

    public abstract Builder timer(Timer timer);

    abstract Optional<ApiKey> apiKey();

    abstract Settings autoBuild();

    /**
     * Builds the settings.
     *
     * @throws IllegalStateException if the key is missing
     * @throws IllegalArgumentException if the key would be sent over a network unencrypted without
     *     permission
     */
    public Settings build() {
      if (apiKey().isEmpty()) {
        throw new IllegalStateException("apiKey is missing: set it, or call fromEnvironment()");
      }
      Settings settings = autoBuild();
      settings.baseUrl().checkTransport(settings.allowPlainHttp());
      return settings;
    }
  }
}
