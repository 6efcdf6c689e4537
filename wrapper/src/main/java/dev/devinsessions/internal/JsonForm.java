package dev.devinsessions.internal;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.introspect.DefaultAccessorNamingStrategy;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of the public values. A property is named after its accessor, in snake case, or as
 * given by {@code @JsonProperty}. Properties are in alphabetical order, followed by the additional
 * ones.
 *
 * <p>Values are written from accessors and read by builders, one level at a time: nested values and
 * enums have their own annotations.
 */
public final class JsonForm {
  /**
   * The JSON name of {@code additionalProperties()}, also used for the object that holds additional
   * properties whose names clash with an accessor.
   */
  private static final String ADDITIONAL = "additional_properties";

  private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

  /** Treats each builder method with one parameter as a setter. */
  private static final ObjectMapper BUILDERS =
      Json.strict(StreamReadConstraints.DEFAULT_MAX_DEPTH)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.INFER_PROPERTY_MUTATORS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .accessorNaming(new DefaultAccessorNamingStrategy.Provider().withSetterPrefix(""))
          .propertyNamingStrategy(SNAKE_CASE)
          .addModule(
              new SimpleModule()
                  .addDeserializer(
                      Instant.class, new StdDelegatingDeserializer<>(new InstantReader())))
          .build()
          .setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SKIP));

  private static final ClassValue<Map<String, Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
          return findAccessors(type);
        }
      };

  private static final class InstantReader extends StdConverter<String, Instant> {
    @Override
    public Instant convert(String text) {
      return DateTimes.tryParse(text)
          .orElseThrow(() -> new IllegalArgumentException("not a date-time: " + text));
    }
  }

  /** The properties of a session. The field keeps {@code acus_consumed} from becoming a double. */
  public static final class SessionProperties {
    @JsonProperty("acus_consumed")
    private @Nullable BigDecimal acusConsumed;

    @JsonAnySetter private final Map<String, @Nullable Object> others = new LinkedHashMap<>();

    /** All properties. */
    public Map<String, @Nullable Object> all() {
      others.put("acus_consumed", acusConsumed);
      return others;
    }
  }

  private JsonForm() {}

  private static Map<String, Method> findAccessors(Class<?> type) {
    Map<String, Method> accessors = new TreeMap<>();
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      for (Method method : owner.getDeclaredMethods()) {
        if (Modifier.isAbstract(method.getModifiers()) && !method.getName().equals("toBuilder")) {
          JsonProperty given = method.getAnnotation(JsonProperty.class);
          String name = given == null ? SNAKE_CASE.translate(method.getName()) : given.value();
          method.setAccessible(true); // Some accessors or their classes are not public.
          accessors.put(name, method);
        }
      }
    }
    return accessors;
  }

  /**
   * Returns the properties of a value, omitting absent ones.
   *
   * @param value an instance of an AutoValue class
   */
  public static Map<String, Object> of(Object value) {
    Map<String, Method> accessors = ACCESSORS.get(value.getClass().getSuperclass());
    Map<String, Object> form = new LinkedHashMap<>();
    accessors.forEach(
        (name, accessor) -> {
          Object property = call(accessor, value);
          Object plain = property.equals(Map.of()) ? null : plain(property);
          if (plain != null) {
            form.put(name, plain);
          }
        });
    Map<?, ?> additional = (Map<?, ?>) form.remove(ADDITIONAL);
    if (additional != null) {
      Map<String, Object> clashing = new LinkedHashMap<>();
      additional.forEach(
          (name, property) ->
              (accessors.containsKey(name) ? clashing : form).put((String) name, property));
      if (!clashing.isEmpty()) {
        form.put(ADDITIONAL, clashing);
      }
    }
    return form;
  }

  private static Object call(Method accessor, Object value) {
    try {
      return accessor.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object plain(Object property) {
    if (property instanceof Optional) {
      return ((Optional<?>) property).map(JsonForm::plain).orElse(null);
    }
    if (property instanceof OptionalInt) {
      OptionalInt number = (OptionalInt) property;
      return number.isPresent() ? number.getAsInt() : null;
    }
    return property instanceof Instant ? property.toString() : property;
  }

  /**
   * Sets the properties of a builder, except those that are null. A missing string becomes empty,
   * because some mappers omit empty strings; but a session must have an id.
   *
   * @throws IOException if a property has the wrong type; an unchecked exception would lose the
   *     path in the enclosing values
   */
  public static <B> B read(Map<String, Object> properties, B builder) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(properties);
    Class<?> type = builder.getClass().getSuperclass().getEnclosingClass();
    ACCESSORS
        .get(type)
        .forEach(
            (name, accessor) -> {
              if (accessor.getReturnType() == String.class && !name.equals("session_id")) {
                all.putIfAbsent(name, "");
              }
            });
    return BUILDERS.updateValue(builder, all);
  }

  /**
   * Reads a JSON object.
   *
   * @throws IllegalArgumentException if it is not a valid JSON form of the type; the message names
   *     the path
   */
  public static <V> V parse(String json, Class<V> type) {
    try {
      return Optional.ofNullable(BUILDERS.readValue(Objects.requireNonNull(json, "json"), type))
          .orElseThrow(() -> new IllegalArgumentException("$ is null, not a JSON object"));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          type.getSimpleName() + " cannot be read from JSON: " + Json.describe(e), e);
    }
  }
}
