package dev.devinsessions.internal;

import dev.devinsessions.Session;
import dev.devinsessions.SessionStatus;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mapstruct.MapperConfig;
import org.mapstruct.NullValueCheckStrategy;
import org.mapstruct.NullValueMappingStrategy;
import org.mapstruct.ReportingPolicy;

/** What both mappings have in common. */
@MapperConfig(
    unmappedTargetPolicy = ReportingPolicy.IGNORE,
    nullValueCheckStrategy = NullValueCheckStrategy.ALWAYS,
    nullValueIterableMappingStrategy = NullValueMappingStrategy.RETURN_DEFAULT)
abstract class Mapping {
  /**
   * Checks and maps a decoded answer.
   *
   * @param missingProperty says where the first required property is missing, or null
   * @throws IOException if the answer is null, or lacks one or what a session cannot do without
   */
  static <T> Session read(
      @Nullable T answer,
      Function<T, @Nullable String> missingProperty,
      Function<T, Session> mapping)
      throws IOException {
    String missing = answer == null ? "" : missingProperty.apply(answer);
    if (missing != null) {
      throw new IOException((missing.isEmpty() ? "$" : "$." + missing) + " is missing or null");
    }
    try {
      return mapping.apply(answer);
    } catch (IllegalStateException e) {
      // The specification may allow to leave out what the builders require.
      throw new IOException(e.getMessage(), e);
    }
  }

  SessionStatus status(String word) {
    return SessionStatus.ofWord(word);
  }

  /** Builders copy what there is to copy. */
  Map<String, Object> additionalProperties(Map<String, Object> additionalProperties) {
    return additionalProperties;
  }
}
