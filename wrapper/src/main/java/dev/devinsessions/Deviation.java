package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.google.auto.value.AutoValue;
import dev.devinsessions.internal.Json;
import dev.devinsessions.internal.JsonForm;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place where a response deviated from its specification, for example a property of the wrong
 * type. The property is absent from the {@link Session} (a required string of a nested value is
 * empty instead); the deviation keeps the value that the API sent. An immutable value.
 */
@AutoValue
public abstract class Deviation extends Value<Deviation.Builder> {
  Deviation() {}

  /** {@return the API whose response deviated} */
  public abstract ApiVersion apiVersion();

  /** {@return the JSON path of the property, such as {@code $.messages[3].event_id}} */
  public abstract String path();

  /** {@return what is wrong, such as {@code is missing} or {@code is not a string}} */
  public abstract String problem();

  /**
   * {@return the value as the API sent it, as plain Java like {@link Session#structuredOutput()};
   * empty if it is missing or null}
   */
  public abstract Optional<Object> value();

  /** {@return a builder; {@code apiVersion}, {@code path} and {@code problem} are required} */
  public static Builder builder() {
    return new AutoValue_Deviation.Builder();
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Deviation ofJson(Map<String, Object> json) throws IOException {
    return JsonForm.read(json, builder()).build();
  }

  /** Omits the value, which may be the text of a message. */
  @Override
  public final String toString() {
    return apiVersion() + " " + path() + " " + problem();
  }

  /** Builds a {@link Deviation}. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /**
     * {@return this builder}
     *
     * @param apiVersion {@link Deviation#apiVersion()}; required
     */
    public abstract Builder apiVersion(ApiVersion apiVersion);

    /**
     * {@return this builder}
     *
     * @param path {@link Deviation#path()}; required
     */
    public abstract Builder path(String path);

    /**
     * {@return this builder}
     *
     * @param problem {@link Deviation#problem()}; required
     */
    public abstract Builder problem(String problem);

    /**
     * {@return this builder}
     *
     * @param value {@link Deviation#value()}; null for none
     */
    public abstract Builder value(@Nullable Object value);

    abstract Deviation autoBuild();

    abstract Optional<Object> value();

    /**
     * {@return the deviation}
     *
     * @throws IllegalStateException if a required property is missing; the message names it
     * @throws IllegalArgumentException if the value cannot be written as JSON
     */
    public Deviation build() {
      value(value().map(Json::copyOf).orElse(null));
      return autoBuild();
    }
  }
}
