package dev.devinsessions.internal;

import dev.devinsessions.SessionStatus;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mapstruct.MapperConfig;
import org.mapstruct.NullValueMappingStrategy;
import org.mapstruct.ReportingPolicy;

/** What both mappings have in common. */
@MapperConfig(
    unmappedTargetPolicy = ReportingPolicy.IGNORE,
    nullValueIterableMappingStrategy = NullValueMappingStrategy.RETURN_DEFAULT)
abstract class Mapping {
  /**
   * Checks a decoded answer.
   *
   * @param missingProperty says where the first required property is missing, or null
   * @throws IOException if the answer is null or lacks one
   */
  static <T> void requireAll(@Nullable T answer, Function<T, @Nullable String> missingProperty) throws IOException {
    String missing = answer == null ? "" : missingProperty.apply(answer);
    if (missing != null) {
      throw new IOException((missing.isEmpty() ? "$" : "$." + missing) + " is missing or null");
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
