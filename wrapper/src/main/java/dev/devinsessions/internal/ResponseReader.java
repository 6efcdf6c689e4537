package dev.devinsessions.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.devinsessions.generated.ModelReader;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a response tolerantly. A value that deviates from the specification is reported to a {@link
 * ResponseContext} and becomes null in the generated model (a required string of a nested value
 * becomes empty). Lists and maps leave it out. Not thread-safe.
 */
final class ResponseReader implements ModelReader {
  private static final long NON_ASCII = 0x8080808080808080L;
  private static final int STRIDE = 4 * Long.BYTES;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** Longer numbers take too long to parse, but must not fail the response. */
  static final int MAX_DIGITS = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;

  private static final JsonFactory FACTORY = Json.factory(Json.MAX_DEPTH, Integer.MAX_VALUE);

  private final JsonParser parser;
  private final ResponseContext context;

  private ResponseReader(JsonParser parser, ResponseContext context) {
    this.parser = parser;
    this.context = context;
  }

  /**
   * Reads the body of a response.
   *
   * @return null if it is not a JSON object, which is also reported
   * @throws IOException if it is not JSON in UTF-8, or is too deeply nested; the cause is an
   *     EOFException if it may be truncated
   */
  static <T> @Nullable T read(byte[] body, Item<T> model, ResponseContext context)
      throws IOException {
    checkUtf8(body);
    try (JsonParser parser = FACTORY.createParser(body)) {
      try {
        if (parser.nextToken() == null) {
          throw new IOException("$ is empty", new EOFException());
        }
        T response = new ResponseReader(parser, context).object(model);
        if (parser.nextToken() != null) {
          throw new IOException("$ is followed by another value");
        }
        return response;
      } catch (JsonProcessingException e) {
        boolean mayBeTruncated =
            !parser.getParsingContext().inRoot()
                && parser.currentLocation().getByteOffset() >= body.length;
        throw new IOException(
            Json.describe(path(parser), e), mayBeTruncated ? new EOFException() : e);
      }
    }
  }

  /** Rejects UTF-16, UTF-32, overlong forms and code points above U+10FFFF, unlike Jackson. */
  private static void checkUtf8(byte[] body) throws CharConversionException {
    if (body.length > 1 && (body[0] == 0 || body[1] == 0)) {
      throw new CharConversionException("$ is not UTF-8");
    }
    for (int i = 0; i < body.length - 1; i++) {
      while (i < body.length - 1 - STRIDE && isAscii(body, i)) {
        i += STRIDE;
      }
      int start = body[i] & 0xff;
      int next = body[i + 1] & 0xff;
      if (start == 0xc0
          || start == 0xc1
          || (start == 0xe0 && next < 0xa0)
          || (start == 0xf0 && next < 0x90)
          || (start == 0xf4 && next > 0x8f)
          || start > 0xf4) {
        throw new CharConversionException("$: invalid UTF-8 at byte " + i);
      }
    }
  }

  /** Tests four longs at once: one at a time is measurably slower for large bodies. */
  private static boolean isAscii(byte[] body, int i) {
    long bits =
        (long) LONGS.get(body, i)
            | (long) LONGS.get(body, i + Long.BYTES)
            | (long) LONGS.get(body, i + 2 * Long.BYTES)
            | (long) LONGS.get(body, i + 3 * Long.BYTES);
    return (bits & NON_ASCII) == 0;
  }

  @Override
  public @Nullable String nextName() throws IOException {
    String name = parser.nextFieldName();
    if (name != null) {
      parser.nextToken();
    }
    return name;
  }

  @Override
  public <V> @Nullable V read(boolean isNullable, Item<V> item) throws IOException {
    return isNullable && parser.hasToken(JsonToken.VALUE_NULL) ? null : item.read(this);
  }

  @Override
  public <V> @Nullable V required(String name, @Nullable V value) {
    if (value == null) {
      context.addMissing(path(parser) + "." + name);
    }
    return value;
  }

  /**
   * A required string that is missing from a nested value becomes empty; one that is missing from
   * the session stays null.
   */
  @Override
  public @Nullable String required(String name, @Nullable String value) {
    Object present = required(name, (Object) value);
    return present == null && !parser.getParsingContext().inRoot() ? "" : value;
  }

  @Override
  public @Nullable Object any() throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT:
        return map(ModelReader::any);
      case START_ARRAY:
        return list(ModelReader::any);
      case VALUE_STRING:
        return parser.getText();
      case VALUE_NULL:
        return null;
      case VALUE_TRUE:
      case VALUE_FALSE:
        return parser.getBooleanValue();
      default:
        return check(numberOrNull(), "a number in range");
    }
  }

  @Override
  public @Nullable String text() throws IOException {
    return check(parser.hasToken(JsonToken.VALUE_STRING) ? parser.getText() : null, "a string");
  }

  @Override
  public @Nullable BigDecimal number() throws IOException {
    return check(numberOrNull() == null ? null : parser.getDecimalValue(), "a number");
  }

  /** Null if it is not a number, is out of range, or would take too long to parse. */
  private @Nullable Number numberOrNull() throws IOException {
    if (!parser.currentToken().isNumeric() || parser.getTextLength() > MAX_DIGITS) {
      return null;
    }
    try {
      return parser.hasToken(JsonToken.VALUE_NUMBER_INT)
          ? parser.getNumberValue()
          : parser.getDecimalValue();
    } catch (JsonParseException | NumberFormatException exponentOutOfRange) {
      return null;
    }
  }

  @Override
  public @Nullable Boolean bool() throws IOException {
    return check(parser.currentToken().isBoolean() ? parser.getBooleanValue() : null, "a boolean");
  }

  @Override
  public @Nullable Instant dateTime() throws IOException {
    Optional<Instant> dateTime = Optional.empty();
    if (parser.hasToken(JsonToken.VALUE_STRING)) {
      dateTime = DateTimes.tryParse(parser.getText());
    } else if (numberOrNull() != null) {
      dateTime = DateTimes.ofEpoch(parser.getDecimalValue());
    }
    return check(dateTime.orElse(null), "a date-time");
  }

  @Override
  public <V> @Nullable V object(Item<V> model) throws IOException {
    return check(parser.hasToken(JsonToken.START_OBJECT) ? model.read(this) : null, "an object");
  }

  @Override
  public <V> @Nullable List<V> list(Item<V> item) throws IOException {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      return this.<List<V>>check(null, "an array");
    }
    List<V> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int before = context.count();
      V value = item.read(this);
      if (!deviates(value, before)) {
        list.add(value);
      }
    }
    return list;
  }

  @Override
  public <V> @Nullable Map<String, V> map(Item<V> item) throws IOException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      return this.<Map<String, V>>check(null, "an object");
    }
    Map<String, V> map = new LinkedHashMap<>();
    for (String name = nextName(); name != null; name = nextName()) {
      put(map, name, item);
    }
    return map;
  }

  @Override
  public Map<String, Object> add(String name, Map<String, Object> properties) throws IOException {
    Map<String, Object> all = properties.isEmpty() ? new LinkedHashMap<>() : properties;
    put(all, name, ModelReader::any);
    return all;
  }

  private <V> void put(Map<String, V> map, String name, Item<V> item) throws IOException {
    int before = context.count();
    V value = item.read(this);
    if (!deviates(value, before)) {
      map.put(name, value);
    }
  }

  /** Whether a value is null because it deviates; such a value is left out. */
  private boolean deviates(@Nullable Object value, int countBefore) {
    return value == null && context.count() > countBefore;
  }

  /** Reports the current value if it could not be read as expected. */
  private <V> @Nullable V check(@Nullable V value, String expected) throws IOException {
    if (value == null) {
      String path = path(parser);
      boolean isNull = parser.hasToken(JsonToken.VALUE_NULL);
      Object raw = parser.currentToken().isNumeric() ? numberOrNull() : any();
      context.add(
          path,
          isNull ? "is null" : "is not " + expected,
          raw == null && !isNull ? parser.getText() : raw);
    }
    return value;
  }

  /** The path of the current value. */
  private static String path(JsonParser parser) {
    StringBuilder path = new StringBuilder();
    JsonStreamContext context = parser.getParsingContext();
    JsonToken token = parser.currentToken();
    if (token != null && token.isStructStart()) {
      context = context.getParent();
    }
    for (; !context.inRoot(); context = context.getParent()) {
      path.insert(
          0,
          context.inArray()
              ? "[" + context.getCurrentIndex() + "]"
              : "." + context.getCurrentName());
    }
    return path.insert(0, "$").toString();
  }
}
