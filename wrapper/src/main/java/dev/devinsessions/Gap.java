package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.google.auto.value.AutoValue;
import dev.devinsessions.internal.JsonForm;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;

/** Why one API did not contribute to a {@link Session}. An immutable value. */
@AutoValue
public abstract class Gap extends Value<Gap.Builder> {
  Gap() {}

  /** {@return why the API did not contribute} */
  public abstract GapReason reason();

  /** {@return a description of the problem; the API key is redacted} */
  public abstract String message();

  /** {@return the HTTP status of the response; empty if there was none} */
  public abstract OptionalInt statusCode();

  abstract boolean retryable();

  /** {@return whether repeating the same lookup later may fill the gap} */
  public final boolean isRetryable() {
    return retryable();
  }

  /**
   * {@return a builder; {@code reason} and {@code message} are required, {@code retryable} is false
   * by default}
   */
  public static Builder builder() {
    return new AutoValue_Gap.Builder().retryable(false);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Gap ofJson(Map<String, Object> json) throws IOException {
    return JsonForm.read(json, builder()).build();
  }

  /** Builds a {@link Gap}. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /**
     * {@return this builder}
     *
     * @param reason {@link Gap#reason()}; required
     */
    public abstract Builder reason(GapReason reason);

    /**
     * {@return this builder}
     *
     * @param message {@link Gap#message()}; required
     */
    public abstract Builder message(String message);

    /**
     * {@return this builder}
     *
     * @param statusCode {@link Gap#statusCode()}; default empty
     */
    public abstract Builder statusCode(OptionalInt statusCode);

    /**
     * {@return this builder}
     *
     * @param statusCode {@link Gap#statusCode()}
     */
    public abstract Builder statusCode(int statusCode);

    /**
     * {@return this builder}
     *
     * @param retryable {@link Gap#isRetryable()}; default false
     */
    public abstract Builder retryable(boolean retryable);

    /**
     * {@return the gap}
     *
     * @throws IllegalStateException if a required property is missing; the message names it
     */
    public abstract Gap build();
  }
}
