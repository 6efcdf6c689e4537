package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.devinsessions.internal.JsonForm;
import java.util.Map;

/**
 * What all values have in common: the JSON form that {@link Session#toJson()} documents. Each value
 * is read by a {@code JsonCreator} of its own, since those are not inherited.
 *
 * @param <B> the builder of the value
 */
abstract class Value<B> {
  Value() {}

  /** {@return a builder that starts with the values of this one} */
  public abstract B toBuilder();

  @JsonValue
  final Map<String, Object> toJsonForm() {
    return JsonForm.of(this);
  }

  /** A value that keeps the JSON properties which the specification does not name. */
  abstract static class Open<B> extends Value<B> {
    Open() {}

    /**
     * {@return every JSON property that the specification does not name; v2's if both APIs sent it}
     */
    public abstract Map<String, Object> additionalProperties();
  }
}
