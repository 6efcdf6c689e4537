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

/** A message of a session's transcript. An immutable value. From v1's {@code messages}. */
@AutoValue
public abstract class SessionMessage extends Value.Open<SessionMessage.Builder> {
  SessionMessage() {}

  /** {@return the id of the message} From {@code event_id}. */
  public abstract String eventId();

  /**
   * {@return who speaks, an open word: {@code initial_user_message}, {@code user_message} and
   * {@code devin_message} have been seen} From {@code type}.
   */
  public abstract String type();

  /** {@return the text} From {@code message}. */
  public abstract String message();

  /** {@return when it was sent, as the API spelt it} From {@code timestamp}. */
  @JsonProperty("timestamp")
  public abstract String timestampText();

  /**
   * {@return when it was sent; empty where {@link #timestampText()} is no date-time} Without an
   * offset it is UTC.
   */
  public final Optional<Instant> timestamp() {
    return DateTimes.tryParse(timestampText());
  }

  /** {@return where it came from, an open word such as {@code web}} From {@code origin}. */
  public abstract Optional<String> origin();

  /** {@return the id of the user who sent it} From {@code user_id}. */
  public abstract Optional<String> userId();

  /** {@return the name of the user who sent it} From {@code username}. */
  public abstract Optional<String> username();

  /**
   * {@return a builder with nothing set; {@code eventId}, {@code type}, {@code message} and {@code
   * timestampText} are required}
   */
  public static Builder builder() {
    return new AutoValue_SessionMessage.Builder();
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SessionMessage ofJson(Map<String, Object> json) throws IOException {
    return JsonForm.read(json, builder()).build();
  }

  /** Names the message without its text. */
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
