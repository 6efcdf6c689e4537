package dev.devinsessions.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON. Holds the Jackson settings that all mappers share. */
public final class Json {
  /**
   * The maximum nesting depth of a value. Below Jackson 3's limit of 500, so that an application
   * can nest a session in its own JSON.
   */
  static final int MAX_DEPTH = 450;

  /** Writes JSON, reads error responses, and makes deep copies. */
  static final ObjectMapper MAPPER = strict(MAX_DEPTH).build();

  private static final Pattern START_OF_JSON_TEXT = Pattern.compile("\\s*[{\\[\"]");

  private Json() {}

  public static String write(Object form) {
    try {
      return MAPPER.writeValueAsString(form);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values could not be written as JSON", e);
    }
  }

  /**
   * Returns an unmodifiable deep copy. Each number gets the type it would have when read from JSON,
   * so that equal values stay equal.
   *
   * @throws IllegalArgumentException if something in it cannot be written as JSON, contains itself,
   *     or is nested more than 450 levels deep
   */
  public static @Nullable Object copyOf(@Nullable Object value) {
    return copyOf(value, MAX_DEPTH);
  }

  /** The same for each property of an object. */
  public static Map<String, Object> copyOf(Map<String, Object> properties) {
    return copyOf(properties, MAX_DEPTH);
  }

  private static @Nullable Object copyOf(@Nullable Object value, int depth) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || survivesRoundTrip(value)) {
      return value;
    }
    if (depth == 0 && (value instanceof List || value instanceof Map)) {
      throw new IllegalArgumentException(
          "nested more than " + MAX_DEPTH + " levels deep, or contains itself");
    }
    if (value instanceof List) {
      List<@Nullable Object> copy = new ArrayList<>();
      ((List<?>) value).forEach(item -> copy.add(copyOf(item, depth - 1)));
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof Map
        && ((Map<?, ?>) value).keySet().stream().allMatch(String.class::isInstance)) {
      return copyOf((Map<?, ?>) value, depth);
    }
    try {
      Object plain = MAPPER.readValue(MAPPER.writeValueAsBytes(value), Object.class);
      return plain instanceof Number ? plain : copyOf(plain, depth);
    } catch (IOException | StackOverflowError e) { // Before 2.16, Jackson has no write-depth limit.
      throw new IllegalArgumentException("cannot be written as JSON: " + e, e);
    }
  }

  /** Whether a number would be read back with the same type and value. */
  private static boolean survivesRoundTrip(Object value) {
    return value instanceof Integer
        || (value instanceof Long && ((Long) value).intValue() != (Long) value)
        || (value instanceof BigDecimal && ((BigDecimal) value).scale() != 0);
  }

  private static Map<String, Object> copyOf(Map<?, ?> properties, int depth) {
    if (properties.isEmpty()) {
      return Map.of();
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    properties.forEach(
        (name, item) -> {
          if (!(name instanceof String)) {
            throw new IllegalArgumentException("cannot be written as JSON: a key is " + name);
          }
          copy.put((String) name, copyOf(item, depth - 1));
        });
    return Collections.unmodifiableMap(copy);
  }

  /** Reads JSON of any form, or returns a missing node if the text is not JSON. */
  static JsonNode readTree(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }

  /**
   * Converts a plain value to a type.
   *
   * @throws IllegalArgumentException if it cannot be converted
   */
  public static <T> T bind(Object value, Class<T> type) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    try {
      return convert(value, type);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      String what =
          e instanceof JsonProcessingException
              ? describe((JsonProcessingException) e)
              : e.getMessage();
      throw new IllegalArgumentException(
          "structured output cannot be converted to " + type.getName() + ": " + what, e);
    }
  }

  private static <T> T convert(Object value, Class<T> type) throws JsonProcessingException {
    if (value instanceof String && START_OF_JSON_TEXT.matcher((String) value).lookingAt()) {
      try {
        return Binding.MAPPER.readValue((String) value, type);
      } catch (JsonProcessingException e) {
        if (!readTree(((String) value).getBytes(StandardCharsets.UTF_8)).isMissingNode()) {
          throw e;
        } // Otherwise it is not JSON, but text such as "[WIP] Fix the build".
      }
    }
    return Binding.MAPPER.convertValue(value, type);
  }

  /**
   * Describes an error with its JSON path: {@code $.messages[3].event_id: Cannot deserialize ...}.
   */
  static String describe(JsonProcessingException error) {
    StringBuilder path = new StringBuilder("$");
    if (error instanceof JsonMappingException) {
      for (JsonMappingException.Reference step : ((JsonMappingException) error).getPath()) {
        path.append(
            step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
      }
    }
    return describe(path.toString(), error);
  }

  static String describe(String path, JsonProcessingException error) {
    JsonLocation location = error.getLocation();
    String what = path + ": " + error.getOriginalMessage();
    return location == null || location.getLineNr() < 1
        ? what
        : what + " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  static JsonMapper.Builder strict(int maxDepth) {
    return JsonMapper.builder(factory(maxDepth, StreamReadConstraints.DEFAULT_MAX_NUM_LEN))
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS);
  }

  /** String values may have any length, because the whole text is already in memory. */
  static JsonFactory factory(int maxDepth, int maxNumberLength) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(maxNumberLength)
                .maxNestingDepth(maxDepth)
                .build())
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build();
  }

  /** A separate class, loaded only when structured output is converted. */
  private static final class Binding {
    static final ObjectMapper MAPPER =
        strict(StreamReadConstraints.DEFAULT_MAX_DEPTH)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new JavaTimeModule())
            .build();
  }
}
