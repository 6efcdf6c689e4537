package dev.devinsessions.generated;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Reads a response for the generated models. A method for a type reads the current value, and
 * returns null if it is of a different type.
 */
public interface ModelReader {
  /**
   * Moves to the next property of the current object.
   *
   * @return null at the end of the object
   */
  String nextName() throws IOException;

  /**
   * @param isNullable whether the specification allows null
   */
  <V> V read(boolean isNullable, Item<V> item) throws IOException;

  /**
   * Checks a required property. Called at the end of its object.
   *
   * @return the value, or its replacement if it is null
   */
  <V> V required(String name, V value) throws IOException;

  String required(String name, String value) throws IOException;

  /**
   * Adds a property with any value.
   *
   * @param properties the properties so far; replaced by a new map if empty
   */
  Map<String, Object> add(String name, Map<String, Object> properties) throws IOException;

  /** Any JSON, as plain Java. */
  Object any() throws IOException;

  String text() throws IOException;

  BigDecimal number() throws IOException;

  Boolean bool() throws IOException;

  Instant dateTime() throws IOException;

  <V> V object(Item<V> model) throws IOException;

  <V> List<V> list(Item<V> item) throws IOException;

  <V> Map<String, V> map(Item<V> item) throws IOException;

  static <V> Item<List<V>> listOf(Item<V> item) {
    return reader -> reader.list(item);
  }

  static <V> Item<Map<String, V>> mapOf(Item<V> item) {
    return reader -> reader.map(item);
  }

  /** Reads one value. */
  interface Item<V> {
    V read(ModelReader reader) throws IOException;
  }
}
