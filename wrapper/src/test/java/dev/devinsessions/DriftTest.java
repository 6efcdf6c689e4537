package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generates responses that deviate from the specifications. No lookup fails, no other value
 * changes, and each deviation is reported.
 */
@Timeout(300)
class DriftTest {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .setNodeFactory(new JsonNodeFactory(true));

  /** A response must have at least one of these. */
  private static final Set<String> IDENTITIES = Set.of("session_id", "status", "status_enum");

  private static final String EXTRA = "{\"a\": [1.50, null]}";

  /** The expected instant of each form; empty if it is not a date-time. */
  private static final Map<String, String> DATE_TIMES = new LinkedHashMap<>();

  static {
    String exact = "2025-12-20T14:47:51.845058Z";
    String seconds = "2025-12-20T14:47:51Z";
    String minutes = "2025-12-20T14:47:00Z";
    String midnight = "2025-12-20T00:00:00Z";
    DATE_TIMES.put("\"2025-12-20T14:47:51.845058Z\"", exact);
    DATE_TIMES.put("\"2025-12-20T14:47:51.845058+00:00\"", exact);
    DATE_TIMES.put("\"2025-12-20T14:47:51.845058\"", exact);
    DATE_TIMES.put("\"2025-12-20 14:47:51.845058\"", exact);
    DATE_TIMES.put("\"2025-12-20t14:47:51z\"", seconds);
    DATE_TIMES.put("\"2025-12-20T14:47:51+0000\"", seconds);
    DATE_TIMES.put("\"2025-12-20T15:47:51+01\"", seconds);
    DATE_TIMES.put("\"2025-12-20T09:17:51-05:30\"", seconds);
    DATE_TIMES.put("\"2025-12-20 14:47:51 +00:00\"", seconds);
    DATE_TIMES.put("\"2025-12-20T14:47:51 Z\"", seconds);
    DATE_TIMES.put("\"2025-12-20 14:47:51 UTC\"", seconds);
    DATE_TIMES.put("\"2025-12-20T14:47:51UTC\"", seconds);
    DATE_TIMES.put("\"2025-12-20T14:47:51Z[UTC]\"", seconds);
    DATE_TIMES.put("\"2025-12-20T15:47:51+01:00[Europe/Paris]\"", seconds);
    DATE_TIMES.put("\"2025-12-20T15:47:51[Europe/Paris]\"", seconds);
    DATE_TIMES.put("\"2025-12-20T15:47:51+01:00 [Europe/Paris]\"", seconds);
    DATE_TIMES.put("\"2025-12-20T14:47Z\"", minutes);
    DATE_TIMES.put("\"2025-12-20\"", midnight);
    DATE_TIMES.put("1766242071", seconds);
    DATE_TIMES.put("1766242071.845058", exact);
    DATE_TIMES.put("1766242071845.058", exact);
    DATE_TIMES.put("1.766242071E9", seconds);
    DATE_TIMES.put("\"1766242071\"", seconds);
    DATE_TIMES.put("\"1766242071845.058\"", exact);
    DATE_TIMES.put("0", "1970-01-01T00:00:00Z");
    DATE_TIMES.put("-1.5", "1969-12-31T23:59:58.500Z");
    DATE_TIMES.put("\"yesterday\"", "");
    DATE_TIMES.put("\"\"", "");
    DATE_TIMES.put("\" \"", "");
    DATE_TIMES.put("\"2025-13-20T14:47:51Z\"", "");
    DATE_TIMES.put("\"2025-12-20T14:47:51Z and more\"", "");
    DATE_TIMES.put("\"2025-02-30\"", "");
    DATE_TIMES.put("\"2025-02-30 14:47:51Z\"", "");
    DATE_TIMES.put("\"14:47:51\"", "");
    DATE_TIMES.put("\"Sat, 20 Dec 2025 14:47:51 GMT\"", "");
    DATE_TIMES.put("1766242071845058", "");
    DATE_TIMES.put("1E+999999999", "");
    DATE_TIMES.put("1E-999999999", "");
  }

  private static final Map<LookupStrategy, Session> USUAL = new EnumMap<>(LookupStrategy.class);
  private static FaultServer server;
  private static final Map<LookupStrategy, SessionLookup> TOLERANT =
      new EnumMap<>(LookupStrategy.class);
  private static final Map<LookupStrategy, SessionLookup> VALIDATING =
      new EnumMap<>(LookupStrategy.class);

  @BeforeAll
  static void start() throws Exception {
    server = new FaultServer();
    for (LookupStrategy strategy : LookupStrategy.values()) {
      TOLERANT.put(strategy, lookup(strategy, false));
      VALIDATING.put(strategy, lookup(strategy, true));
    }
  }

  private static SessionLookup lookup(LookupStrategy strategy, boolean validates) {
    return FakeApi.lookupBuilder()
        .apiKey(FakeApi.PERSONAL_KEY)
        .baseUrl(server.baseUrl())
        .strategy(strategy)
        .responseValidation(validates)
        .maxRetries(0)
        .build();
  }

  @AfterAll
  static void stop() throws Exception {
    TOLERANT.values().forEach(SessionLookup::close);
    VALIDATING.values().forEach(SessionLookup::close);
    server.close();
  }

  /** A change of one property of a response. */
  private static final class Change {
    final ApiVersion api;
    final String kind;
    final Specification.Property property;

    /** JSON, or empty to leave the property out. */
    final String value;

    /** The raw values, by path. */
    final Map<String, Optional<Object>> deviations = new TreeMap<>();

    Change(ApiVersion api, String kind, Specification.Property property, String value) {
      this.api = api;
      this.kind = kind;
      this.property = property;
      this.value = value;
    }

    Change deviates(String below, String raw) {
      deviations.put("$." + property.path + below, Optional.ofNullable(plain(raw)));
      return this;
    }

    void applyTo(ObjectNode response) {
      ObjectNode parent = (ObjectNode) Specification.parent(response, property);
      String name = Specification.name(property);
      if (kind.equals("extra property")) {
        parent.set(name + "_2", tree(EXTRA));
      } else if (value.isEmpty()) {
        parent.remove(name);
      } else {
        parent.set(name, tree(value));
      }
    }

    boolean isWithin(Change other) {
      boolean areIdentities =
          IDENTITIES.contains(property.path) && IDENTITIES.contains(other.property.path);
      return api == other.api && (areIdentities || property.path.startsWith(other.property.path));
    }

    @Override
    public String toString() {
      return api + " " + property + " = " + (value.isEmpty() ? "nothing" : value);
    }
  }

  static List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (ApiVersion api : ApiVersion.values()) {
      List<Specification.Property> all = Specification.of(api).properties();
      // What deviates from a union, a map or a recursive object depends on the generator.
      List<String> excluded =
          all.stream()
              .filter(
                  property ->
                      property.schema.type().startsWith("one of")
                          || (property.schema.type().equals("object") && !property.isObject()))
              .map(property -> property.path)
              .collect(Collectors.toList());
      all.removeIf(property -> excluded.stream().anyMatch(property.path::startsWith));
      for (Specification.Property property : all) {
        Change missing = new Change(api, "missing", property, "");
        changes.add(
            property.isRequired && !property.isNullable ? missing.deviates("", "null") : missing);
        Change isNull = new Change(api, "null", property, "null");
        changes.add(property.isNullable || isAny(property) ? isNull : isNull.deviates("", "null"));
        changes.add(new Change(api, "extra property", property, ""));
        for (String wrong : List.of("5", "-1.5", "true", "\"5\"", "{\"x\": 1}", "[[1]]")) {
          addWrongType(changes, all, new Change(api, "wrong type", property, wrong));
        }
        for (String empty : List.of("\"\"", "{}", "[]")) {
          addWrongType(changes, all, new Change(api, "empty", property, empty));
        }
        if (property.isArray()) {
          JsonNode good = Specification.parent(Specification.of(api).response(), property);
          String item = good.get(Specification.name(property)).get(0).toString();
          changes.add(new Change(api, "items", property, "[" + item + "," + item + "]"));
          String items = "[null, 5, " + item + ", true]";
          changes.add(
              new Change(api, "bad item", property, items)
                  .deviates("[0]", "null")
                  .deviates("[1]", "5")
                  .deviates("[3]", "true"));
        }
        if (isText(property) && !property.path.equals("session_id")) {
          changes.add(new Change(api, "unknown word", property, "\"移除中 🚀\""));
        }
        if (isDateTime(property)) {
          DATE_TIMES.forEach(
              (form, instant) -> {
                Change change = new Change(api, "date-time", property, form);
                changes.add(instant.isEmpty() ? change.deviates("", form) : change);
              });
        }
      }
    }
    return changes;
  }

  private static void addWrongType(
      List<Change> changes, List<Specification.Property> all, Change change) {
    Specification.Property property = change.property;
    JsonNode value = tree(change.value);
    if (isDateTime(property) && value.isNumber()) {
      return; // One of the forms of a date-time.
    }
    if (property.path.equals("session_id") && change.value.equals("\"5\"")) {
      return; // It names another session.
    }
    boolean fits =
        isAny(property)
            || (property.isObject() && value.isObject())
            || (property.isArray() && value.isArray())
            || (isText(property) && value.isTextual())
            || (property.schema.type().equals("boolean") && value.isBoolean())
            || (property.schema.type().matches("number|integer") && value.isNumber());
    if (!fits || (property.path.equals("session_id") && value.asText().isEmpty())) {
      change.deviates("", change.value);
    } else if (property.isArray() && value.size() > 0) {
      change.deviates("[0]", value.get(0).toString());
    } else if (property.isObject()) {
      String below = property.path + ".";
      for (Specification.Property each : all) {
        if (each.path.startsWith(below)
            && each.path.indexOf('.', below.length()) < 0
            && each.isRequired
            && !each.isNullable) {
          change.deviates("." + Specification.name(each), "null");
        }
      }
    }
    changes.add(change);
  }

  private static boolean isAny(Specification.Property property) {
    return !property.isObject() && property.schema.type().startsWith("any");
  }

  private static boolean isDateTime(Specification.Property property) {
    return property.schema.format().equals("date-time");
  }

  private static boolean isText(Specification.Property property) {
    return property.schema.type().equals("string") && !isDateTime(property);
  }

  @ParameterizedTest
  @EnumSource
  void completeResponsesDoNotDeviate(LookupStrategy strategy) {
    assertEquals(List.of(), usual(strategy).deviations());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void keepsEverythingElseAfterADeviation(Change change) {
    for (LookupStrategy strategy : LookupStrategy.values()) {
      if (isCalled(change.api, strategy)) {
        assertEquals("", problem(strategy, List.of(change)));
      }
    }
  }

  @Test
  void keepsEverythingElseAfterSeveralDeviations() {
    Random random = new Random(20_251_220);
    List<Change> all = changes();
    LookupStrategy[] strategies = LookupStrategy.values();
    for (int i = 0; i < 2_000; ) {
      List<Change> changes = new ArrayList<>();
      for (int many = 2 + random.nextInt(2); many > 0; many--) {
        changes.add(all.get(random.nextInt(all.size())));
      }
      LookupStrategy strategy = strategies[random.nextInt(strategies.length)];
      if (areIndependent(changes)
          && changes.stream().allMatch(change -> isCalled(change.api, strategy))) {
        assertEquals("", problem(strategy, changes));
        i++;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1/blocked-with-pull-request.json",
        "v1/required-properties-only.json",
        "v1/word-outside-the-specification.json",
        "../demo/__files/v1/finished.json",
        "v2/finished-with-analysis.json",
        "v2/running-without-analysis.json",
        "../demo/__files/v2/finished.json"
      })
  void samplesDoNotDeviate(String file) {
    ApiVersion api = file.contains("v1/") ? ApiVersion.V1 : ApiVersion.V2_ENTERPRISE;
    LookupStrategy strategy = LookupStrategy.valueOf(api.name());
    ObjectNode sample = (ObjectNode) tree(FakeApi.file(file));
    Map<ApiVersion, ObjectNode> responses = Map.of(api, sample.put("session_id", FakeApi.ID));
    Session session = get(TOLERANT, strategy, responses);
    assertEquals(List.of(), session.deviations());
    assertEquals(session, get(VALIDATING, strategy, responses));
  }

  /** Whether no change contains another, and an id or a status is left. */
  private static boolean areIndependent(List<Change> changes) {
    return changes.stream()
        .allMatch(one -> changes.stream().filter(one::isWithin).count() == 1); // Within itself.
  }

  private static boolean isCalled(ApiVersion api, LookupStrategy strategy) {
    boolean joins = strategy == LookupStrategy.COMPLETE || strategy == LookupStrategy.BEST_EFFORT;
    boolean isJoined = api == ApiVersion.V1 || api == ApiVersion.V2_ENTERPRISE;
    return strategy.name().equals(api.name()) || (joins && isJoined);
  }

  /** The session read from complete responses. */
  private static Session usual(LookupStrategy strategy) {
    return USUAL.computeIfAbsent(strategy, any -> get(TOLERANT, strategy, completeResponses()));
  }

  private static Map<ApiVersion, ObjectNode> completeResponses() {
    Map<ApiVersion, ObjectNode> responses = new EnumMap<>(ApiVersion.class);
    for (ApiVersion api : ApiVersion.values()) {
      responses.put(api, Specification.of(api).response());
    }
    return responses;
  }

  /** Describes the first problem of the session read from changed responses; empty if none. */
  private static String problem(LookupStrategy strategy, List<Change> changes) {
    Map<ApiVersion, ObjectNode> responses = completeResponses();
    String name = strategy + " " + changes;
    Session usual = usual(strategy);
    assumeTrue(usual.deviations().isEmpty(), "completeResponsesDoNotDeviate fails");
    Map<String, String> before = leaves(tree(usual.toJson()));
    Set<String> changeable = new HashSet<>();
    Map<String, Optional<Object>> expected = new TreeMap<>();
    for (Change change : changes) {
      ObjectNode response = responses.get(change.api);
      JsonNode value =
          Specification.parent(response, change.property).get(Specification.name(change.property));
      changeable.addAll(leaves(value).values());
      changeable.addAll(valuesAt(change.property, before));
      change.applyTo(response);
      change.deviations.forEach((path, raw) -> expected.put(change.api + path, raw));
    }
    changeable.add("unknown"); // The status of an unknown word.
    Session session = get(TOLERANT, strategy, responses);
    Map<String, Optional<Object>> actual = new TreeMap<>();
    session.deviations().forEach(each -> actual.put(each.apiVersion() + each.path(), each.value()));
    if (!actual.equals(expected)) {
      return name + " deviates by " + actual + ", not " + expected;
    }
    Map<String, String> after = leaves(((ObjectNode) tree(session.toJson())).without("deviations"));
    Set<String> known = new HashSet<>(before.values());
    known.addAll(Set.of("", "unknown", FakeApi.ID));
    responses.values().stream()
        .flatMap(response -> leaves(response).values().stream())
        .flatMap(leaf -> Stream.of(leaf, ifEpochSeconds(leaf)))
        .forEach(known::add);
    changes.forEach(change -> known.add(DATE_TIMES.getOrDefault(change.value, "")));
    for (String leaf : before.keySet()) {
      if (!after.containsKey(leaf) && !changeable.contains(before.get(leaf))) {
        return name + " loses " + leaf + ": " + session.toJson();
      }
    }
    if (!known.containsAll(after.values())) {
      return name + " invents values: " + session.toJson();
    }
    for (Change change : changes) {
      if (change.kind.equals("extra property")
          && !session.toJson().contains("_2\":{\"a\":[1.50,null]}")) {
        return name + " loses the extra property: " + session.toJson();
      }
      boolean isRead = change.deviations.isEmpty() && change.kind.equals("date-time");
      if (isRead
          && strategy.name().equals(change.api.name())
          && !after.containsValue(DATE_TIMES.get(change.value))) {
        return name + " is not read: " + session.toJson();
      }
    }
    if (!Session.fromJson(session.toJson()).equals(session)) {
      return name + " is not equal after a round trip";
    }
    return validationProblem(name, session, strategy, responses);
  }

  /** The date-time of a whole number; else empty. */
  private static String ifEpochSeconds(String leaf) {
    return leaf.matches("[0-9]{1,6}") ? Instant.ofEpochSecond(Long.parseLong(leaf)).toString() : "";
  }

  private static String validationProblem(
      String name,
      Session tolerant,
      LookupStrategy strategy,
      Map<ApiVersion, ObjectNode> responses) {
    boolean deviates = !tolerant.deviations().isEmpty();
    try {
      Session session = get(VALIDATING, strategy, responses);
      boolean isGap = strategy == LookupStrategy.BEST_EFFORT && !session.gaps().isEmpty();
      return (deviates ? isGap : session.equals(tolerant)) ? "" : name + " differs if validated";
    } catch (MalformedResponseException e) {
      boolean isNamed =
          tolerant.deviations().stream()
              .filter(deviation -> deviation.apiVersion() == e.apiVersion().orElseThrow())
              .allMatch(deviation -> e.getMessage().contains(deviation.path()));
      return deviates && isNamed ? "" : name + " is not named by " + e.getMessage();
    }
  }

  private static Session get(
      Map<LookupStrategy, SessionLookup> lookups,
      LookupStrategy strategy,
      Map<ApiVersion, ObjectNode> responses) {
    responses.forEach(
        (api, response) -> {
          String body = response.toString();
          server.respond(api, exchange -> exchange.respond(200, body));
        });
    return lookups.get(strategy).get(FakeApi.ID);
  }

  private static Set<String> valuesAt(Specification.Property property, Map<String, String> leaves) {
    String path = "/" + property.path.replaceAll("\\[[0-9]+]", "[]").replace('.', '/') + " = ";
    return leaves.keySet().stream()
        .filter(leaf -> leaf.startsWith(path))
        .map(leaves::get)
        .collect(Collectors.toSet());
  }

  /** All scalars of a value, by path and text. */
  private static Map<String, String> leaves(JsonNode value) {
    Map<String, String> leaves = new HashMap<>();
    try (JsonParser parser = value.traverse()) {
      for (JsonToken next = parser.nextToken(); next != null; next = parser.nextToken()) {
        if (next.isScalarValue()) {
          String path = parser.getParsingContext().pathAsPointer().toString();
          String text = parser.getText();
          leaves.put(path.replaceAll("/[0-9]+", "[]") + " = " + text, text);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return leaves;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  private static Object plain(String json) {
    return JSON.convertValue(tree(json), Object.class);
  }
}
