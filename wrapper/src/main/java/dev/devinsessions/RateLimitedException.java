package dev.devinsessions;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the API limits the request rate (429), after any retries.
 *
 * <p>Wait for {@link #retryAfter()} and send fewer requests.
 */
public final class RateLimitedException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /** Null if the header is missing or invalid. */
  private final @Nullable Duration retryAfter;

  /**
   * Creates an exception.
   *
   * @param details its data
   * @param retryAfter see {@link #retryAfter()}; null for none
   */
  public RateLimitedException(FailureDetails details, @Nullable Duration retryAfter) {
    super(details);
    this.retryAfter = retryAfter;
  }

  /**
   * {@return how long to wait, from the {@code Retry-After} header, or what remains of a pause that
   * an earlier 429 started; empty if the header is missing or invalid}
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
