package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.Session;
import dev.devinsessions.SessionStatus;
import dev.devinsessions.generated.ModelReader;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
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

  /** Used if the specification no longer declares a property as a date-time. */
  @Nullable Instant instant(String text, @Context ResponseContext context) {
    return DateTimes.tryParse(text)
        .orElseGet(
            () -> {
              context.addText("is not a date-time", text);
              return null;
            });
  }

  /** Does not copy, because the builders do. */
  Map<String, Object> additionalProperties(Map<String, Object> additionalProperties) {
    return additionalProperties;
  }
}
