package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.Session;
import dev.devinsessions.SessionStatus;
import dev.devinsessions.generated.ModelReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Context;
import org.mapstruct.MapperConfig;
import org.mapstruct.NullValueCheckStrategy;
import org.mapstruct.NullValueMappingStrategy;
import org.mapstruct.ReportingPolicy;

/**
 * Maps the response of an API to a session.
 *
 * @param <T> the generated model of the response
 */
@MapperConfig(
    unmappedTargetPolicy = ReportingPolicy.IGNORE,
    nullValueCheckStrategy = NullValueCheckStrategy.ALWAYS,
    nullValueIterableMappingStrategy = NullValueMappingStrategy.RETURN_DEFAULT)
abstract class Mapping<T> {
  private final ApiVersion api;
  private final ModelReader.Item<T> model;

  Mapping(ApiVersion api, ModelReader.Item<T> model) {
    this.api = api;
    this.model = model;
  }

  /**
   * Reads a response.
   *
   * @param sessionId the canonical id that was requested
   * @param validates whether a deviation fails the lookup
   * @throws IOException if it is malformed; the message says what is wrong, and where
   */
  final Session read(byte[] body, String sessionId, boolean validates) throws IOException {
    ResponseContext context = new ResponseContext(api, sessionId);
    T response = ResponseReader.read(body, model, context);
    Session session = response == null ? null : session(response, context);
    if (session == null || (validates && context.count() > 0)) {
      throw new IOException(context.toString());
    }
    return session;
  }

  abstract Session session(T response, @Context ResponseContext context) throws IOException;

  SessionStatus status(String word) {
    return SessionStatus.ofWord(word);
  }

  // MapStruct calls these for properties whose type in the specification differs from their type in
  // Session.

  @Nullable Instant instant(String text, @Context ResponseContext context) {
    return context.check(DateTimes.tryParse(text), "a date-time", text);
  }

  @Nullable Instant instant(BigDecimal epoch, @Context ResponseContext context) {
    return context.check(DateTimes.ofEpoch(epoch), "a date-time", epoch);
  }

  @Nullable BigDecimal number(String text, @Context ResponseContext context) {
    return context.check(tryParse(text), "a number", text);
  }

  private static Optional<BigDecimal> tryParse(String number) {
    try {
      return number.length() > ResponseReader.MAX_DIGITS
          ? Optional.empty()
          : Optional.of(new BigDecimal(number));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /** Does not copy, because the builders do. */
  Map<String, Object> additionalProperties(Map<String, Object> additionalProperties) {
    return additionalProperties;
  }
}
