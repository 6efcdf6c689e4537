package dev.devinsessions;

import dev.devinsessions.internal.Json;
import java.util.Map;

/** What the builders of all values have in common. */
abstract class ValueBuilder<V, B extends ValueBuilder<V, B>> {
  /**
   * Sets the JSON properties that the specification does not name.
   *
   * @param additionalProperties default none
   * @return this builder
   */
  public abstract B additionalProperties(Map<String, Object> additionalProperties);

  abstract Map<String, Object> additionalProperties();

  abstract V autoBuild();

  /** Replaces collections by unmodifiable copies. */
  void copyCollections() {
    if (!additionalProperties().isEmpty()) {
      additionalProperties(Json.copyOf(additionalProperties()));
    }
  }

  /**
   * Builds the value.
   *
   * @return the value
   * @throws IllegalStateException if a required property is missing; the message names it
   * @throws IllegalArgumentException if a property holds what JSON cannot; the message says where
   */
  public V build() {
    copyCollections();
    return autoBuild();
  }
}
