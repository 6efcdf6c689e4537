package dev.devinsessions.internal;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.devinsessions.Session;
import dev.devinsessions.SessionStatus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of the public values, derived from their accessors and builders: each property
 * under the accessor's name in snake case, or as {@code @JsonProperty} says, in alphabetical order;
 * then the additional ones.
 */
public final class JsonForm {
  /**
   * The accessor of all values, and in JSON the place of those additional properties whose names
   * are taken.
   */
  private static final String ADDITIONAL = "additional_properties";

  private static final Map<Class<?>, Map<String, Method>> ACCESSORS = new ConcurrentHashMap<>();

  private final Map<String, @Nullable Object> properties = new LinkedHashMap<>();

  /** An empty form, for Jackson 2 or 3 to fill. */
  public JsonForm() {}

  @JsonAnySetter
  void set(String name, @Nullable Object value) {
    properties.put(name, value);
  }

  /** Typed, because a mapper without further settings would read a double and lose digits. */
  @JsonProperty("acus_consumed")
  void setAcusConsumed(@Nullable BigDecimal value) {
    properties.put("acus_consumed", value);
  }

  private static Map<String, Method> accessors(Class<?> type) {
    return ACCESSORS.computeIfAbsent(type, JsonForm::findAccessors);
  }

  private static Map<String, Method> findAccessors(Class<?> type) {
    Map<String, Method> accessors = new TreeMap<>();
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isAbstract(method.getModifiers()) && !method.getName().equals("toBuilder")) {
        JsonProperty given = method.getAnnotation(JsonProperty.class);
        String name = method.getName().replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
        accessors.put(given == null ? name : given.value(), method);
      }
    }
    return accessors;
  }

  /** Writes a value as maps, lists, strings, numbers and booleans. */
  public static Map<String, Object> write(Object value) {
    Map<String, Object> form = new LinkedHashMap<>();
    Map<String, Object> taken = new LinkedHashMap<>();
    Map<String, Method> accessors = accessors(value.getClass().getSuperclass());
    accessors.forEach(
        (name, accessor) -> {
          Object property = call(accessor, value);
          if (!name.equals(ADDITIONAL)
              && !property.equals(Optional.empty())
              && !property.equals(Map.of())) {
            form.put(name, plain(property));
          }
        });
    Map<?, ?> additional =
        (Map<?, ?>) call(Objects.requireNonNull(accessors.get(ADDITIONAL)), value);
    additional.forEach(
        (name, item) -> (accessors.containsKey(name) ? taken : form).put((String) name, item));
    if (!taken.isEmpty()) {
      form.put(ADDITIONAL, taken);
    }
    return form;
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if this is not its form; the message says where
   */
  public <V> V read(Class<V> type) {
    return type.cast(readValue(type, properties, "$"));
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Optional) {
      return plain(((Optional<?>) value).orElse(null));
    }
    if (value instanceof Enum) {
      return jsonName((Enum<?>) value);
    }
    if (value instanceof Instant) {
      return value.toString();
    }
    if (value instanceof Collection) {
      List<@Nullable Object> items = new ArrayList<>();
      ((Collection<?>) value).forEach(item -> items.add(plain(item)));
      return items;
    }
    if (value instanceof Map) {
      Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
      ((Map<?, ?>) value).forEach((key, item) -> entries.put(plain(key), plain(item)));
      return entries;
    }
    return value != null && isValue(value.getClass().getSuperclass()) ? write(value) : value;
  }

  private static Object readValue(Class<?> type, Map<?, ?> form, String path) {
    Map<Object, @Nullable Object> rest = new LinkedHashMap<>(form);
    Object builder = call(method(type, "builder", 0), null);
    Class<?> builderType = method(type, "toBuilder", 0).getReturnType();
    Object taken = rest.remove(ADDITIONAL);
    accessors(type)
        .forEach(
            (name, accessor) -> {
              Object json = rest.remove(name);
              if (json != null) {
                Method setter = method(builderType, accessor.getName(), 1);
                Type property = setter.getGenericParameterTypes()[0];
                call(setter, builder, read(property, json, path + "." + name));
              }
            });
    if (taken != null) {
      Map<?, ?> additional = cast(Map.class, taken, path + "." + ADDITIONAL);
      rest.putAll(additional);
    }
    try {
      call(method(builderType, "additionalProperties", 1), builder, rest);
      return call(method(builderType, "build", 0), builder);
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }

  private static Object read(Type type, Object json, String path) {
    if (type instanceof ParameterizedType) {
      Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
      if (arguments.length == 2) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        Map<?, ?> object = cast(Map.class, json, path);
        object.forEach(
            (key, item) ->
                entries.put(
                    read(arguments[0], key, path), read(arguments[1], item, path + "." + key)));
        return entries;
      }
      List<Object> items = new ArrayList<>();
      for (Object item : cast(List.class, json, path)) {
        items.add(read(arguments[0], item, path + "[" + items.size() + "]"));
      }
      return ((ParameterizedType) type).getRawType() == Set.class ? new HashSet<>(items) : items;
    }
    if (type instanceof WildcardType) {
      return read(((WildcardType) type).getUpperBounds()[0], json, path);
    }
    Class<?> target = (Class<?>) type;
    if (target == Instant.class) {
      return DateTimes.tryParse(cast(String.class, json, path))
          .orElseThrow(() -> wrong(path, "a date-time"));
    }
    if (target.isEnum()) {
      for (Object constant : target.getEnumConstants()) {
        if (jsonName((Enum<?>) constant).equals(json)) {
          return constant;
        }
      }
      if (target == SessionStatus.class) {
        return SessionStatus.UNKNOWN;
      }
    }
    return isValue(target)
        ? readValue(target, cast(Map.class, json, path), path)
        : cast(target, json, path);
  }

  private static boolean isValue(Class<?> type) {
    return type.getPackage() == Session.class.getPackage() && !type.isEnum();
  }

  private static String jsonName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <T> T cast(Class<T> type, @Nullable Object json, String path) {
    if (!type.isInstance(json)) {
      throw wrong(path, "of the type " + type.getSimpleName());
    }
    return type.cast(json);
  }

  private static IllegalArgumentException wrong(String path, String expected) {
    return new IllegalArgumentException(path + " is not " + expected);
  }

  private static Method method(Class<?> type, String name, int parameters) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == parameters) {
        method.setAccessible(true); // Some are inherited from a class that is not public.
        return method;
      }
    }
    throw new IllegalStateException(type + " has no method " + name);
  }

  private static Object call(Method method, @Nullable Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw (RuntimeException) e.getCause();
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
