package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.auto.value.AutoValue;
import dev.devinsessions.internal.DateTimes;
import dev.devinsessions.internal.JsonForm;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message in a session's transcript, from v1's {@code messages}. An immutable value. */
@AutoValue
public abstract class SessionMessage extends Value.Open<SessionMessage.Builder> {
  SessionMessage() {}

  /** {@return the id of the message} From {@code event_id}. */
  public abstract String eventId();

  /**
   * {@return the type, such as {@code initial_user_message}, {@code user_message} and {@code
   * devin_message} (other values are possible)} From {@code type}.
   */
  public abstract String type();

  /** {@return the text} From {@code message}. */
  public abstract String message();

  /** {@return the time at which it was sent, as raw text} From {@code timestamp}. */
  @JsonProperty("timestamp")
  public abstract String timestampText();

  /**
   * {@return when it was sent; empty if {@link #timestampText()} is not a date-time} A date-time
   * without an offset is in UTC.
   */
  public final Optional<Instant> timestamp() {
    return DateTimes.tryParse(timestampText());
  }

  /**
   * {@return where it came from, such as {@code web} (other values are possible)} From {@code
   * origin}.
   */
  public abstract Optional<String> origin();

  /** {@return the id of the user who sent it} From {@code user_id}. */
  public abstract Optional<String> userId();

  /** {@return the name of the user who sent it} From {@code username}. */
  public abstract Optional<String> username();

  /**
   * {@return a builder; {@code eventId}, {@code type}, {@code message} and {@code timestampText}
   * are required}
   */
  public static Builder builder() {
    return new AutoValue_SessionMessage.Builder();
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SessionMessage ofJson(Map<String, Object> json) throws IOException {
    return JsonForm.read(json, builder()).build();
  }

  /** {@return a summary without the text} */
  @Override
  public final String toString() {
    return "SessionMessage{eventId="
        + eventId()
        + ", type="
        + type()
        + ", timestamp="
        + timestampText()
        + "}";
  }

  /** Builds a {@link SessionMessage}. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder extends ValueBuilder<SessionMessage, Builder> {
    Builder() {}

    /**
     * {@return this builder}
     *
     * @param eventId {@link SessionMessage#eventId()}; required
     */
    public abstract Builder eventId(String eventId);

    /**
     * {@return this builder}
     *
     * @param type {@link SessionMessage#type()}; required
     */
    public abstract Builder type(String type);

    /**
     * {@return this builder}
     *
     * @param message {@link SessionMessage#message()}; required
     */
    public abstract Builder message(String message);

    /**
     * {@return this builder}
     *
     * @param timestampText {@link SessionMessage#timestampText()}; required
     */
    @JsonProperty("timestamp")
    public abstract Builder timestampText(String timestampText);

    /**
     * {@return this builder}
     *
     * @param origin {@link SessionMessage#origin()}; null for none
     */
    public abstract Builder origin(@Nullable String origin);

    /**
     * {@return this builder}
     *
     * @param userId {@link SessionMessage#userId()}; null for none
     */
    public abstract Builder userId(@Nullable String userId);

    /**
     * {@return this builder}
     *
     * @param username {@link SessionMessage#username()}; null for none
     */
    public abstract Builder username(@Nullable String username);
  }
}
