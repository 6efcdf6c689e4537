package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.auto.value.AutoValue;
import dev.devinsessions.internal.DateTimes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message of a session's transcript. An immutable value. From v1's {@code messages}. */
@AutoValue
public abstract class SessionMessage {
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

  /** {@return every JSON property of the message that the specification does not name} */
  public abstract Map<String, Object> additionalProperties();

  /**
   * {@return a builder with nothing set; {@code eventId}, {@code type}, {@code message} and {@code
   * timestampText} are required}
   */
  public static Builder builder() {
    return new AutoValue_SessionMessage.Builder().additionalProperties(Map.of());
  }

  /** {@return a builder that starts with the values of this one} */
  public abstract Builder toBuilder();

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
     * Sets {@link SessionMessage#eventId()}.
     *
     * @param eventId required
     * @return this builder
     */
    public abstract Builder eventId(String eventId);

    /**
     * Sets {@link SessionMessage#type()}.
     *
     * @param type required
     * @return this builder
     */
    public abstract Builder type(String type);

    /**
     * Sets {@link SessionMessage#message()}.
     *
     * @param message required
     * @return this builder
     */
    public abstract Builder message(String message);

    /**
     * Sets {@link SessionMessage#timestampText()}.
     *
     * @param timestampText required
     * @return this builder
     */
    public abstract Builder timestampText(String timestampText);

    /**
     * Sets {@link SessionMessage#origin()}.
     *
     * @param origin null for none
     * @return this builder
     */
    public abstract Builder origin(@Nullable String origin);

    /**
     * Sets {@link SessionMessage#userId()}.
     *
     * @param userId null for none
     * @return this builder
     */
    public abstract Builder userId(@Nullable String userId);

    /**
     * Sets {@link SessionMessage#username()}.
     *
     * @param username null for none
     * @return this builder
     */
    public abstract Builder username(@Nullable String username);
  }
}
