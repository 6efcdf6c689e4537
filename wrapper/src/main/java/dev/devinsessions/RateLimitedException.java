package dev.devinsessions;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Too many requests (429), even after the retries.
 *
 * <p>Wait for {@link #retryAfter()}, or longer, and ask less often.
 */
public final class RateLimitedException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /** How long the server wants us to wait; null for none. */
  private final @Nullable Duration retryAfter;

  /**
   * An exception with these details.
   *
   * @param details what is known of the failure
   * @param retryAfter see {@link #retryAfter()}; null for none
   */
  public RateLimitedException(FailureDetails details, @Nullable Duration retryAfter) {
    super(details);
    this.retryAfter = retryAfter;
  }

  /**
   * {@return how long the server wants us to wait, from its answer on; empty where it did not say,
   * or said nonsense}
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
