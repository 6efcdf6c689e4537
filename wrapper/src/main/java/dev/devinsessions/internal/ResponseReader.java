package dev.devinsessions.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.std.ContainerDeserializerBase;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.util.AccessPattern;
import java.io.CharConversionException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a response tolerantly. A property that deviates from the specification is null in the
 * generated model and reported to a {@link ResponseContext}. Thread-safe.
 */
final class ResponseReader<T> {
  private static final long NON_ASCII = 0x8080808080808080L;
  private static final int STRIDE = 4 * Long.BYTES;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final ObjectMapper MAPPER =
      Json.strict(Json.MAX_DEPTH)
          .disable(MapperFeature.INFER_PROPERTY_MUTATORS) // Setting fields is faster.
          .addModule(
              new SimpleModule()
                  .addDeserializer(
                      String.class, new Scalar<>(String.class, "a string", ResponseReader::text))
                  .addDeserializer(
                      BigDecimal.class,
                      new Scalar<>(BigDecimal.class, "a number", ResponseReader::number))
                  .addDeserializer(
                      Boolean.class,
                      new Scalar<>(Boolean.class, "a boolean", ResponseReader::truth))
                  .addDeserializer(
                      Instant.class,
                      new Scalar<>(Instant.class, "a date-time", ResponseReader::dateTime))
                  .setDeserializerModifier(new Modifier()))
          .build();

  private final ObjectReader reader;

  ResponseReader(Class<T> model) {
    reader = MAPPER.readerFor(model);
  }

  /**
   * Reads the body of a response.
   *
   * @return null if it is not a JSON object, which is also reported
   * @throws JsonEOFException if it ends too early
   * @throws IOException if it is not JSON in UTF-8, or nested too deep
   */
  @Nullable T read(byte[] body, ResponseContext context) throws IOException {
    checkUtf8(body);
    try {
      return reader.withAttribute(ResponseContext.class, context).readValue(body);
    } catch (JsonMappingException e) {
      throw e.getCause() instanceof JsonEOFException ? (JsonEOFException) e.getCause() : e;
    }
  }

  /** Rejects overlong forms and bytes beyond Unicode. Jackson checks the rest. */
  private static void checkUtf8(byte[] body) throws CharConversionException {
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

  private static @Nullable String text(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
  }

  private static @Nullable BigDecimal number(JsonParser parser) throws IOException {
    return parser.currentToken().isNumeric() ? parser.getDecimalValue() : null;
  }

  private static @Nullable Boolean truth(JsonParser parser) throws IOException {
    return parser.currentToken().isBoolean() ? parser.getBooleanValue() : null;
  }

  private static @Nullable Instant dateTime(JsonParser parser) throws IOException {
    String text = text(parser);
    BigDecimal number = number(parser);
    return text != null
        ? DateTimes.tryParse(text).orElse(null)
        : number != null ? DateTimes.ofEpoch(number).orElse(null) : null;
  }

  /**
   * Reports the current value, of whatever type, and skips it.
   *
   * @return null, which the property becomes
   */
  private static @Nullable Object deviate(
      JsonParser parser, DeserializationContext context, String expected) throws IOException {
    String path = ResponseContext.path(parser);
    response(context).add(path, "is not " + expected, context.readValue(parser, Object.class));
    return null;
  }

  /**
   * Reports null where the specification does not allow it. Jackson also asks for missing items of
   * constructors, where the token is another one.
   */
  private static @Nullable Object deviateIfNull(DeserializationContext context) {
    JsonParser parser = context.getParser();
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      response(context).add(ResponseContext.path(parser), "is null", null);
    }
    return null;
  }

  private static ResponseContext response(DeserializationContext context) {
    return (ResponseContext) Objects.requireNonNull(context.getAttribute(ResponseContext.class));
  }

  /** Reads the current token, or returns null if it is of another type. */
  private interface Read<V> {
    @Nullable V from(JsonParser parser) throws IOException;
  }

  /**
   * Reads a value that is neither an object nor an array. Replaces Jackson's deserializers: their
   * failed coercions reach no problem handler, and wrapping them costs time.
   */
  private static final class Scalar<V> extends StdScalarDeserializer<V> {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final transient Read<V> read;

    Scalar(Class<V> type, String expected, Read<V> read) {
      super(type);
      this.expected = expected;
      this.read = read;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      V value = read.from(parser);
      return value == null ? (V) deviate(parser, context, expected) : value;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V getNullValue(DeserializationContext context) {
      return (V) deviateIfNull(context);
    }

    /** Called for a null that the specification allows. */
    @Override
    public AccessPattern getEmptyAccessPattern() {
      return AccessPattern.ALWAYS_NULL;
    }
  }

  /** Makes each deserializer of an object or an array tolerant. */
  private static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription type, JsonDeserializer<?> deserializer) {
      return deserializer instanceof BeanDeserializerBase
          ? new Tolerant(deserializer)
          : deserializer;
    }

    @Override
    public JsonDeserializer<?> modifyCollectionDeserializer(
        DeserializationConfig config,
        CollectionType type,
        BeanDescription description,
        JsonDeserializer<?> deserializer) {
      return new Tolerant(deserializer);
    }

    @Override
    public JsonDeserializer<?> modifyMapDeserializer(
        DeserializationConfig config,
        MapType type,
        BeanDescription description,
        JsonDeserializer<?> deserializer) {
      return new Tolerant(deserializer);
    }
  }

  /** Checks an object or array before it is read. */
  private static final class Tolerant extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    /** An array, because this loop runs for every value, and an iterator would be allocated. */
    private final SettableBeanProperty[] required;

    private final boolean isArray;
    private final boolean dropsNulls;

    Tolerant(JsonDeserializer<?> delegatee) {
      super(delegatee);
      isArray = delegatee.logicalType() == LogicalType.Collection;
      List<SettableBeanProperty> properties = new ArrayList<>();
      if (delegatee instanceof BeanDeserializerBase) {
        ((BeanDeserializerBase) delegatee).properties().forEachRemaining(properties::add);
      }
      properties.removeIf(property -> !property.isRequired());
      required = properties.toArray(new SettableBeanProperty[0]);
      JsonDeserializer<?> items =
          delegatee instanceof ContainerDeserializerBase
              ? ((ContainerDeserializerBase<?>) delegatee).getContentDeserializer()
              : null;
      dropsNulls = items instanceof Tolerant || items instanceof Scalar;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegatee) {
      return new Tolerant(delegatee);
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.currentToken() != (isArray ? JsonToken.START_ARRAY : JsonToken.START_OBJECT)) {
        return deviate(parser, context, isArray ? "an array" : "an object");
      }
      Object value = _delegatee.deserialize(parser, context);
      if (dropsNulls) { // Items that deviate.
        (value instanceof Map ? ((Map<?, ?>) value).values() : (Collection<?>) value)
            .removeIf(Objects::isNull);
      }
      for (SettableBeanProperty property : required) {
        if (property.getMember().getValue(value) == null) {
          onMissing(property, value, parser, context);
        }
      }
      return value;
    }

    private static void onMissing(
        SettableBeanProperty property,
        Object bean,
        JsonParser parser,
        DeserializationContext context)
        throws IOException {
      response(context).addMissing(ResponseContext.path(parser) + "." + property.getName());
      if (property.getType().hasRawClass(String.class) && !parser.getParsingContext().inRoot()) {
        property.set(bean, ""); // What a nested value requires; nothing of a session but its id.
      }
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
      return deviateIfNull(context);
    }

    @Override
    public AccessPattern getEmptyAccessPattern() {
      return AccessPattern.ALWAYS_NULL;
    }
  }
}
