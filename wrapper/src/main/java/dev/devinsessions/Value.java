package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.devinsessions.internal.JsonForm;
import java.util.Map;

/**
 * The base class of the values that have the JSON form described in the package documentation. Each
 * value has its own {@code JsonCreator}, because creators are not inherited.
 *
 * @param <B> the builder of the value
 */
abstract class Value<B> {
  Value() {}

  /** {@return a builder initialized with the properties of this value} */
  public abstract B toBuilder();

  @JsonValue
  final Map<String, Object> toJsonForm() {
    return JsonForm.of(this);
  }

  /** A value that also keeps the JSON properties that the specification does not name. */
  abstract static class Open<B> extends Value<B> {
    Open() {}

    /**
     * {@return the JSON properties that the specification does not name; v2's value if both APIs
     * sent the property}
     */
    public abstract Map<String, Object> additionalProperties();
  }
}
