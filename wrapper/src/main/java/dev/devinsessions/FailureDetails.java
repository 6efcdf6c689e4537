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
   * A builder with no attempts, not retryable; {@code message} and {@code sessionId} are required.
   */
  public static Builder builder() {
    return new AutoValue_FailureDetails.Builder().attempts(0).retryable(false);
  }

  /** A builder that starts with the values of this one. */
  public abstract Builder toBuilder();

  /** Builds {@link FailureDetails}. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /** Sets the text of the exception; required. */
    public abstract Builder message(String message);

    /** Sets {@link SessionLookupException#sessionId()}; required. */
    public abstract Builder sessionId(String sessionId);

    /** Sets {@link SessionLookupException#apiVersion()}; null for none. */
    public abstract Builder apiVersion(@Nullable ApiVersion apiVersion);

    /** Sets {@link SessionLookupException#statusCode()}; null for none. */
    public abstract Builder statusCode(@Nullable Integer statusCode);

    /** Sets {@link SessionLookupException#attempts()}; default 0. */
    public abstract Builder attempts(int attempts);

    /** Sets {@link SessionLookupException#requestId()}; null for none. */
    public abstract Builder requestId(@Nullable String requestId);

    /** Sets {@link SessionLookupException#detail()}; null for none. */
    public abstract Builder detail(@Nullable String detail);

    /** Sets {@link SessionLookupException#isRetryable()}; default false. */
    public abstract Builder retryable(boolean retryable);

    /** Sets the exception's cause; null for none. */
    public abstract Builder cause(@Nullable Throwable cause);

    /**
     * Builds the value.
     *
     * @throws IllegalStateException if a required property is missing; the message names it
     */
    public abstract FailureDetails build();
  }
}
