package dev.devinsessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * What the specifications name and the wrapper does not carry yet: a line a gap, which says what to
 * do and in which file. The wrapper is asked what it makes of an answer in which every property has
 * a value of its own.
 */
final class SpecificationGaps {
  /** Known, and not wanted. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          // v1 says what a session does twice; status_enum is the one that is read.
          "v1.yaml: property `status`");

  private static final Set<String> STATUS_PROPERTIES = Set.of("status", "status_enum");

  private final ApiVersion api;
  private final String fileName;
  private final String mapping;
  private final Specification specification;
  private final List<String> gaps = new ArrayList<>();

  private SpecificationGaps(ApiVersion api) {
    this.api = api;
    fileName = Specification.fileName(api);
    mapping = Specification.camelCase("_" + api.name().toLowerCase(Locale.ROOT)) + "Mapping.java";
    specification = Specification.of(api);
  }

  /** Prints the gaps of every specification in the folder that {@code -Dspecs.directory} names. */
  public static void main(String[] arguments) {
    for (ApiVersion api : ApiVersion.values()) {
      of(api).forEach(System.out::println);
    }
  }

  static List<String> of(ApiVersion api) {
    SpecificationGaps gaps = new SpecificationGaps(api);
    gaps.findOperationsAndParameters();
    gaps.findStatusWords();
    try {
      Session session = lookUp(api, Map.of(api, specificationAnswer(api)));
      gaps.findProperties(session);
      gaps.findWhatMergingDrops(session);
      gaps.findNullness();
    } catch (MalformedResponseException e) {
      gaps.add(
          "an answer with every property",
          "is refused: "
              + e.getMessage()
              + ": see typeMappings in generated-client/pom.xml, or teach "
              + gaps.mapping);
    }
    return gaps.gaps;
  }

  private void add(String what, String gap) {
    if (!LEFT_OUT.contains(fileName + ": " + what)) {
      gaps.add(fileName + ": " + what + " " + gap);
    }
  }

  private void findOperationsAndParameters() {
    String orLeaveOut = ", or name it in LEFT_OUT of SpecificationGaps.java";
    for (String operation : specification.operations()) {
      if (!operation.equals("GET " + specification.lookupPath())) {
        add(
            "operation `" + operation + "`",
            "is used by nothing: let generated-client/pom.xml generate it (FILTER) and SessionSource.java call it"
                + orLeaveOut);
      }
    }
    for (String parameter : specification.furtherParameters()) {
      add(
          "parameter `" + parameter + "`",
          "is never sent: teach api.mustache and SessionSource.java" + orLeaveOut);
    }
  }

  private void findStatusWords() {
    for (Specification.Property property : specification.properties()) {
      if (STATUS_PROPERTIES.contains(property.path)) {
        for (String word : specification.words(property)) {
          if (SessionStatus.ofWord(word) == SessionStatus.UNKNOWN) {
            add(
                "word `" + word + "` of `" + property.path + "`",
                "has no status of its own: add it in SessionStatus.java, and to the table in SessionStatusTest.java");
          }
        }
      }
    }
  }

  private void findProperties(Session session) {
    ObjectNode answer = specification.answer();
    String json = session.toJson();
    for (Specification.Property property : specification.properties()) {
      String name = Specification.name(property);
      JsonNode value = firstLeaf(Specification.parent(answer, property).get(name));
      boolean arrives =
          value.isObject()
              || (value.isBoolean()
                  ? json.contains("\"" + name + "\":true")
                  : json.contains(value.asText()))
              || (value.isInt() && json.contains(Instant.ofEpochSecond(value.asInt()).toString()));
      if (!arrives) {
        add(
            "property `" + property.path + "`",
            "does not reach Session: add an accessor "
                + Specification.camelCase(name)
                + "() and its setter to "
                + (property.path.contains(".") ? "the nested value" : "Session.java")
                + ", which the mapping finds by its name; otherwise teach "
                + mapping);
      }
    }
  }

  /** What only this API knows must be in the session that several of them are joined into. */
  private void findWhatMergingDrops(Session session) {
    Map<ApiVersion, JsonNode> answers =
        Map.of(
            ApiVersion.V1, specificationAnswer(ApiVersion.V1),
            ApiVersion.V2_ENTERPRISE, specificationAnswer(ApiVersion.V2_ENTERPRISE));
    if (!answers.containsKey(api)) {
      return;
    }
    Session merged = lookUp(LookupStrategy.COMPLETE, answers);
    Set<String> lost = names(session);
    lost.removeAll(names(merged));
    lost.forEach(
        name ->
            add(
                "property `" + name + "`",
                "is lost when sessions are joined: teach MergedSession.java"));
  }

  /** What the specification allows to be missing or null must not fail the lookup. */
  private void findNullness() {
    for (Specification.Property property : specification.properties()) {
      boolean mayBeNull = property.isNullable || !property.isRequired;
      if (mayBeNull && !(isAccepted(property, true) && isAccepted(property, false))) {
        add(
            "property `" + property.path + "`",
            "may be missing or null, which a Session refuses: make its accessor Optional in "
                + (property.path.contains(".") ? "the nested value" : "Session.java")
                + ", or give it a default in "
                + mapping);
      }
    }
  }

  private boolean isAccepted(Specification.Property property, boolean asNull) {
    ObjectNode answer = specification.answer();
    ObjectNode parent = (ObjectNode) Specification.parent(answer, property);
    if (asNull) {
      parent.putNull(Specification.name(property));
    } else if (!property.isRequired) {
      parent.remove(Specification.name(property));
    }
    try {
      lookUp(api, Map.of(api, answer));
      return true;
    } catch (MalformedResponseException e) {
      return false;
    }
  }

  private static JsonNode firstLeaf(JsonNode value) {
    return value.isArray() ? firstLeaf(value.get(0)) : value;
  }

  private static Set<String> names(Session session) {
    try {
      Set<String> names = new TreeSet<>();
      new ObjectMapper().readTree(session.toJson()).fieldNames().forEachRemaining(names::add);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode specificationAnswer(ApiVersion api) {
    return Specification.of(api).answer();
  }

  private static Session lookUp(ApiVersion api, Map<ApiVersion, JsonNode> answers) {
    return lookUp(LookupStrategy.valueOf(api.name()), answers);
  }

  private static Session lookUp(LookupStrategy strategy, Map<ApiVersion, JsonNode> answers) {
    StubHttpClient client =
        new StubHttpClient(
            request -> {
              for (Map.Entry<ApiVersion, JsonNode> answer : answers.entrySet()) {
                if (request.uri().getPath().matches(FakeApi.path(answer.getKey()) + "[^/]+")) {
                  return CompletableFuture.completedFuture(
                      StubHttpClient.Answer.of(200, answer.getValue().toString()));
                }
              }
              throw new IllegalArgumentException("asked for " + request.uri());
            });
    try (SessionLookup lookup =
        FakeApi.lookupBuilder()
            .apiKey(FakeApi.PERSONAL_KEY)
            .httpClient(client)
            .strategy(strategy)
            .maxRetries(0)
            .build()) {
      return lookup.get(FakeApi.ID);
    }
  }
}
