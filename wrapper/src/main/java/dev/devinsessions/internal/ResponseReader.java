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
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a response tolerantly. A property that deviates from the specification is null in the
 * generated model and reported to a {@link ResponseContext}. Thread-safe.
 */
final class ResponseReader<T> {
  private static final long NON_ASCII = 0x8080808080808080L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final ObjectMapper MAPPER =
      Json.strict(Json.MAX_DEPTH)
          .disable(MapperFeature.INFER_PROPERTY_MUTATORS) // Setting fields is faster.
          .addModule(
              new SimpleModule()
                  .addDeserializer(Instant.class, new InstantReader())
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
      while (i < body.length - 1 - Long.BYTES && ((long) LONGS.get(body, i) & NON_ASCII) == 0) {
        i += Long.BYTES;
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

  /**
   * Reports the current value, of whatever type, and skips it.
   *
   * @return null, which the property becomes
   */
  private static @Nullable Object deviate(
      JsonParser parser, DeserializationContext context, String problem) throws IOException {
    String path = ResponseContext.path(parser);
    response(context).add(path, problem, context.readValue(parser, Object.class));
    return null;
  }

  private static ResponseContext response(DeserializationContext context) {
    return (ResponseContext) Objects.requireNonNull(context.getAttribute(ResponseContext.class));
  }

  /** Makes each deserializer tolerant, except that of {@code Object}. */
  private static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription type, JsonDeserializer<?> deserializer) {
      return type.getBeanClass() == Object.class ? deserializer : new Tolerant(deserializer);
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

  /** Checks a value before it is read, because failed coercions reach no problem handler. */
  private static final class Tolerant extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    /** An array, because this loop runs for every value, and an iterator would be allocated. */
    private final SettableBeanProperty[] required;

    private final LogicalType type;
    private final boolean dropsNulls;

    Tolerant(JsonDeserializer<?> delegatee) {
      super(delegatee);
      type = Objects.requireNonNull(delegatee.logicalType());
      List<SettableBeanProperty> properties = new ArrayList<>();
      if (delegatee instanceof BeanDeserializerBase) {
        ((BeanDeserializerBase) delegatee).properties().forEachRemaining(properties::add);
      }
      properties.removeIf(property -> !property.isRequired());
      required = properties.toArray(new SettableBeanProperty[0]);
      dropsNulls =
          delegatee instanceof ContainerDeserializerBase
              && ((ContainerDeserializerBase<?>) delegatee).getContentDeserializer()
                  instanceof Tolerant;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegatee) {
      return new Tolerant(delegatee);
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String expected = expected(parser.currentToken());
      if (expected != null) {
        return deviate(parser, context, "is " + name(parser.currentToken()) + ", not " + expected);
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

    /** Called where the specification does not allow null; also after {@link #deserialize}. */
    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
      JsonParser parser = context.getParser();
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        response(context).add(ResponseContext.path(parser), "is null", null);
      }
      return null;
    }

    /** The generated model asks for an empty value in place of a null that is allowed. */
    @Override
    public AccessPattern getEmptyAccessPattern() {
      return AccessPattern.ALWAYS_NULL;
    }

    /** The expected type, or null if the token has it. */
    private @Nullable String expected(JsonToken token) {
      switch (type) {
        case Textual:
          return token == JsonToken.VALUE_STRING ? null : "a string";
        case Integer:
        case Float:
          return token.isNumeric() ? null : "a number";
        case Boolean:
          return token.isBoolean() ? null : "a boolean";
        case Collection:
          return token == JsonToken.START_ARRAY ? null : "an array";
        case POJO:
        case Map:
          return token == JsonToken.START_OBJECT ? null : "an object";
        default:
          return null;
      }
    }

    private static String name(JsonToken token) {
      switch (token) {
        case START_OBJECT:
          return "an object";
        case START_ARRAY:
          return "an array";
        case VALUE_STRING:
          return "a string";
        default:
          return token.isNumeric() ? "a number" : "a boolean";
      }
    }
  }

  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonToken token = parser.currentToken();
      Optional<Instant> instant = Optional.empty();
      if (token == JsonToken.VALUE_STRING) {
        instant = DateTimes.tryParse(parser.getText());
      } else if (token.isNumeric()) {
        instant = DateTimes.ofEpoch(parser.getDecimalValue());
      }
      return instant.isPresent()
          ? instant.get()
          : (Instant) deviate(parser, context, "is not a date-time");
    }
  }
}
