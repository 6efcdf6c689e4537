package dev.devinsessions;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SessionLookupException} is made of; for tools that fake a {@link SessionLookup} in their tests. An
 * immutable value.
 */
@AutoValue
public abstract class FailureDetails {
  FailureDetails() {}

  /** Text of the exception. */
  public abstract String message();

  /** See {@link SessionLookupException#sessionId()}. */
  public abstract String sessionId();

  /** See {@link SessionLookupException#apiVersion()}. */
  public abstract Optional<ApiVersion> apiVersion();

  /** See {@link SessionLookupException#statusCode()}. */
  public abstract OptionalInt statusCode();

  /** See {@link SessionLookupException#attempts()}. */
  public abstract int attempts();

  /** See {@link SessionLookupException#requestId()}. */
  public abstract Optional<String> requestId();

  /** See {@link SessionLookupException#detail()}. */
  public abstract Optional<String> detail();

  /** See {@link SessionLookupException#isRetryable()}. */
  public abstract boolean retryable();

  /** The exception's cause. */
  public abstract Optional<Throwable> cause();

  /** A builder with no attempts, not retryable; {@code message} and {@code sessionId} are required. */
  public static Builder builder() {
    return new AutoValue_FailureDetails.Builder().attempts(0).retryable(false);
  }

  /** A builder that starts with the values of this one. */
  public abstract Builder toBuilder();

  /** Builds {@link FailureDetails}. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /** Sets {@link FailureDetails#message()}; required. */
    public abstract Builder message(String message);

    /** Sets {@link FailureDetails#sessionId()}; required. */
    public abstract Builder sessionId(String sessionId);

    /** Sets {@link FailureDetails#apiVersion()}; null for none. */
    public abstract Builder apiVersion(@Nullable ApiVersion apiVersion);

    /** Sets {@link FailureDetails#statusCode()}; default none. */
    public abstract Builder statusCode(int statusCode);

    /** Sets {@link FailureDetails#attempts()}; default 0. */
    public abstract Builder attempts(int attempts);

    /** Sets {@link FailureDetails#requestId()}; null for none. */
    public abstract Builder requestId(@Nullable String requestId);

    /** Sets {@link FailureDetails#detail()}; null for none. */
    public abstract Builder detail(@Nullable String detail);

    /** Sets {@link FailureDetails#retryable()}; default false. */
    public abstract Builder retryable(boolean retryable);

    /** Sets {@link FailureDetails#cause()}; null for none. */
    public abstract Builder cause(@Nullable Throwable cause);

    /**
     * Builds the value.
     *
     * @throws IllegalStateException if a required property is missing; the message names it
     */
    public abstract FailureDetails build();
  }
}
