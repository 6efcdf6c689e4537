package dev.devinsessions;

import dev.devinsessions.internal.Json;
import java.util.Map;
import java.util.Optional;

/** What the builders of all values have in common. */
abstract class ValueBuilder<V, B extends ValueBuilder<V, B>> {
  /**
   * Sets the JSON properties that the specification does not name.
   *
   * @param additionalProperties default none
   * @return this builder
   */
  public abstract B additionalProperties(Map<String, Object> additionalProperties);

  abstract Optional<Map<String, Object>> additionalProperties();

  abstract V autoBuild();

  /**
   * Builds the value.
   *
   * @return the value
   * @throws IllegalStateException if a required property is missing; the message names it
   * @throws IllegalArgumentException if a property holds what JSON cannot; the message says where
   */
  public V build() {
    additionalProperties(additionalProperties().map(Json::copyOf).orElse(Map.of()));
    return autoBuild();
  }
}
