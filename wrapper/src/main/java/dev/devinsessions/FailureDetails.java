package dev.devinsessions;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SessionLookupException} is made of; for tools that fake a {@link SessionLookup} in
 * their tests. An immutable value.
 */
@AutoValue
public abstract class FailureDetails implements Serializable {
  private static final long serialVersionUID = 1L;

  FailureDetails() {}

  abstract String message();

  abstract String sessionId();

  abstract @Nullable ApiVersion apiVersion();

  abstract @Nullable Integer statusCode();

  abstract int attempts();

  abstract @Nullable String requestId();

  abstract @Nullable String detail();

  abstract boolean retryable();

  abstract @Nullable Throwable cause();

  /**
   * {@return a builder with no attempts, not retryable; {@code message} and {@code sessionId} are
   * required}
   */
  public static Builder builder() {
    return new AutoValue_FailureDetails.Builder().attempts(0).retryable(false);
  }

  /** {@return a builder that starts with the values of this one} */
  public abstract Builder toBuilder();

  /** Builds {@link FailureDetails}. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /**
     * Sets the text of the exception.
     *
     * @param message required
     * @return this builder
     */
    public abstract Builder message(String message);

    /**
     * Sets {@link SessionLookupException#sessionId()}.
     *
     * @param sessionId required
     * @return this builder
     */
    public abstract Builder sessionId(String sessionId);

    /**
     * Sets {@link SessionLookupException#apiVersion()}.
     *
     * @param apiVersion null for none
     * @return this builder
     */
    public abstract Builder apiVersion(@Nullable ApiVersion apiVersion);

    /**
     * Sets {@link SessionLookupException#statusCode()}.
     *
     * @param statusCode null for none
     * @return this builder
     */
    public abstract Builder statusCode(@Nullable Integer statusCode);

    /**
     * Sets {@link SessionLookupException#attempts()}.
     *
     * @param attempts default 0
     * @return this builder
     */
    public abstract Builder attempts(int attempts);

    /**
     * Sets {@link SessionLookupException#requestId()}.
     *
     * @param requestId null for none
     * @return this builder
     */
    public abstract Builder requestId(@Nullable String requestId);

    /**
     * Sets {@link SessionLookupException#detail()}.
     *
     * @param detail null for none
     * @return this builder
     */
    public abstract Builder detail(@Nullable String detail);

    /**
     * Sets {@link SessionLookupException#isRetryable()}.
     *
     * @param retryable default false
     * @return this builder
     */
    public abstract Builder retryable(boolean retryable);

    /**
     * Sets the exception's cause.
     *
     * @param cause null for none
     * @return this builder
     */
    public abstract Builder cause(@Nullable Throwable cause);

    /**
     * Builds the value.
     *
     * @return the value
     * @throws IllegalStateException if a required property is missing; the message names it
     */
    public abstract FailureDetails build();
  }
}
