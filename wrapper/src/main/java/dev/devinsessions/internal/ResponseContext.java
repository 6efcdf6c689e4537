package dev.devinsessions.internal;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.devinsessions.ApiVersion;
import dev.devinsessions.Deviation;
import dev.devinsessions.Session;
import dev.devinsessions.SessionId;
import dev.devinsessions.SessionStatus;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Condition;
import org.mapstruct.SourcePropertyName;

/** A response being read: its API, session id and deviations. Not thread-safe. */
final class ResponseContext {
  private static final int MAX_NAMED = 10;

  private static final String ID_PATH = "$.session_id";

  private final ApiVersion api;
  private final String sessionId;
  private final Map<String, Deviation> byPath = new LinkedHashMap<>();
  private int count;
  private String property = "";

  ResponseContext(ApiVersion api, String sessionId) {
    this.api = api;
    this.sessionId = sessionId;
  }

  void add(String path, String problem, @Nullable Object value) {
    count++;
    Deviation.Builder deviation = Deviation.builder().apiVersion(api).path(path);
    byPath.put(path, deviation.problem(problem).value(value).build());
  }

  /** MapStruct calls this before it maps a property. Remembers the name for {@link #check}. */
  @Condition
  boolean isPresent(Object value, @SourcePropertyName String name) {
    property = name;
    return value != null;
  }

  /** Returns the converted value; if there is none, reports the property and returns null. */
  <T> @Nullable T check(Optional<T> converted, String expected, Object value) {
    if (converted.isEmpty()) {
      add("$." + new SnakeCaseStrategy().translate(property), "is not " + expected, value);
    }
    return converted.orElse(null);
  }

  /** Does nothing if the value was already reported: it is missing because it deviates. */
  void addMissing(String path) {
    if (!byPath.containsKey(path)) {
      add(path, "is missing", null);
    }
  }

  /** The number of deviations so far. Each occurrence of a repeated property counts. */
  int count() {
    return count;
  }

  /**
   * Sets the properties that every session has.
   *
   * @throws IOException if the response is for another session, or has neither a valid id nor a
   *     status
   */
  void complete(Session.Builder session, @Nullable String id, @Nullable String status)
      throws IOException {
    if (!isRequested(id) && status == null) {
      throw new IOException("$ has neither a valid session id nor a status");
    }
    session
        .id(sessionId)
        .status(status == null ? SessionStatus.UNKNOWN : SessionStatus.ofWord(status))
        .statusText(status)
        .sources(Set.of(api))
        .deviations(List.copyOf(byPath.values()));
  }

  /**
   * Whether an id is the requested one; false if it is missing or invalid. An invalid id is
   * reported.
   *
   * @throws IOException if it is the id of another session
   */
  private boolean isRequested(@Nullable String id) throws IOException {
    if (id == null) {
      return false;
    }
    try {
      if (!SessionId.parse(id).value().equals(sessionId)) {
        throw new IOException(ID_PATH + " is " + id + ", the id of another session");
      }
      return true;
    } catch (IllegalArgumentException e) {
      add(ID_PATH, "is not a valid session id", id);
      return false;
    }
  }

  /** For example, {@code $.tags is null; $.messages[3].event_id is missing}. */
  @Override
  public String toString() {
    String first =
        byPath.values().stream()
            .limit(MAX_NAMED)
            .map(deviation -> deviation.path() + " " + deviation.problem())
            .collect(Collectors.joining("; "));
    int others = byPath.size() - MAX_NAMED;
    return others > 0 ? first + "; and " + others + " more" : first;
  }
}
