package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.devinsessions.internal.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The base class of the builders of {@link Value.Open} values. */
abstract class ValueBuilder<V, B extends ValueBuilder<V, B>> {
  /**
   * Sets the JSON properties that the specification does not name.
   *
   * @param additionalProperties default none
   * @return this builder
   */
  public abstract B additionalProperties(Map<String, Object> additionalProperties);

  private Map<String, Object> unknown = Map.of();

  abstract Optional<Map<String, Object>> additionalProperties();

  @JsonAnySetter
  final void unknownProperty(String name, @Nullable Object value) {
    if (unknown.isEmpty()) { // Created lazily, because a transcript may have many messages.
      unknown = new LinkedHashMap<>();
    }
    unknown.put(name, value);
  }

  abstract V autoBuild();

  /**
   * Builds the value.
   *
   * @return the value
   * @throws IllegalStateException if a required property is missing; the message names it
   * @throws IllegalArgumentException if a property cannot be written as JSON
   */
  public V build() {
    Map<String, Object> additional = additionalProperties().orElse(Map.of());
    if (!unknown.isEmpty()) {
      additional = new LinkedHashMap<>(unknown);
      additionalProperties().ifPresent(additional::putAll);
    }
    additionalProperties(Json.copyOf(additional));
    return autoBuild();
  }
}
