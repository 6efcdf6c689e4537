package dev.devinsessions;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The data of a {@link SessionLookupException}. Applications can construct exceptions from it in
 * their tests. An immutable value.
 */
@AutoValue
public abstract class FailureDetails {
  FailureDetails() {}

  /** {@return the message of the exception} */
  public abstract String message();

  /** {@return the value of {@link SessionLookupException#sessionId()}} */
  public abstract String sessionId();

  /** {@return the value of {@link SessionLookupException#apiVersion()}} */
  public abstract Optional<ApiVersion> apiVersion();

  /** {@return the value of {@link SessionLookupException#statusCode()}} */
  public abstract OptionalInt statusCode();

  /** {@return the value of {@link SessionLookupException#attempts()}} */
  public abstract int attempts();

  /** {@return the value of {@link SessionLookupException#requestId()}} */
  public abstract Optional<String> requestId();

  /** {@return the value of {@link SessionLookupException#detail()}} */
  public abstract Optional<String> detail();

  /** {@return the value of {@link SessionLookupException#isRetryable()}} */
  public abstract boolean retryable();

  /** {@return the cause of the exception} */
  public abstract Optional<Throwable> cause();

  /**
   * {@return a builder; {@code message} and {@code sessionId} are required, {@code attempts} is 0
   * and {@code retryable} is false by default}
   */
  public static Builder builder() {
    return new AutoValue_FailureDetails.Builder().attempts(0).retryable(false);
  }

  /** {@return a builder initialized with this data} */
  public abstract Builder toBuilder();

  /** Builds {@link FailureDetails}. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /**
     * Sets the message of the exception.
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
     * @param statusCode default none
     * @return this builder
     */
    public abstract Builder statusCode(OptionalInt statusCode);

    /**
     * Sets {@link SessionLookupException#statusCode()}.
     *
     * @param statusCode the HTTP status
     * @return this builder
     */
    public abstract Builder statusCode(int statusCode);

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
     * Sets the cause of the exception.
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
