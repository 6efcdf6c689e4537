package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the wrapper against the specifications: what they name arrives, what they require is insisted on. */
class SpecificationCoverageTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  private static Session get(ApiVersion api, JsonNode answer) {
    API.answer(api, answer.toString());
    LookupStrategy strategy = api == ApiVersion.V1 ? LookupStrategy.V1 : LookupStrategy.V2_ENTERPRISE;
    try (SessionLookup lookup = API.lookup(FakeApi.PERSONAL_KEY).strategy(strategy).build()) {
      return lookup.get(FakeApi.ID);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPropertyOfTheResponseReachesTheSession(ApiVersion api) {
    Specification specification = Specification.of(api);
    ObjectNode answer = specification.answer();
    Session session = get(api, answer);
    String json = session.toJson();
    List<String> lost = new ArrayList<>();
    for (Specification.Property property : specification.properties()) {
      JsonNode value = Specification.parent(answer, property).get(Specification.name(property));
      JsonNode sentinel = value.isArray() ? value.get(0) : value;
      // v1 says what a session does twice; status_enum is the one that is read.
      boolean isRead = !(api == ApiVersion.V1 && property.path.equals("status"));
      if (isRead && sentinel.isValueNode() && !json.contains(sentinel.asText())) {
        lost.add(property.path);
      }
    }
    if (!lost.isEmpty()) {
      fail(
          "of " + api + ", these properties of the specification do not reach Session: " + lost
              + ". Add an accessor to Session (or the nested value) of the same name in camelCase; the mapping finds it"
              + " by name, else teach " + (api == ApiVersion.V1 ? "V1Mapping" : "V2EnterpriseMapping") + ".");
    }
    assertTrue(specification.properties().size() > 15, "the specification was not read: " + specification.properties());
    assertEquals(session, Session.fromJson(json));
  }

  @ParameterizedTest
  @EnumSource
  void anExtraPropertyIsKeptAtEveryLevel(ApiVersion api) {
    ObjectNode answer = Specification.of(api).answer();
    List<String> extras = new ArrayList<>();
    addExtras(answer, extras);
    String json = get(api, answer).toJson();
    extras.forEach(extra -> assertTrue(json.contains("\"" + extra + "\":{\"a\":[1,null]}"), extra + " is not in " + json));
    assertTrue(extras.size() >= 3, extras.toString());
  }

  private static void addExtras(JsonNode node, List<String> extras) {
    node.forEach(child -> addExtras(child, extras));
    if (node.isObject()) {
      String name = "extra_" + extras.size();
      extras.add(name);
      ((ObjectNode) node).set(name, new ObjectMapper().createObjectNode().set("a", array()));
    }
  }

  private static ArrayNode array() {
    return new ObjectMapper().createArrayNode().add(1).addNull();
  }

  static Stream<Arguments> properties() {
    return Stream.of(ApiVersion.values())
        .flatMap(api -> Specification.of(api).properties().stream().map(property -> Arguments.of(api, property)));
  }

  @ParameterizedTest
  @MethodSource("properties")
  void aMissingPropertyFailsOnlyWhereItIsRequired(ApiVersion api, Specification.Property property) {
    ObjectNode answer = Specification.of(api).answer();
    ((ObjectNode) Specification.parent(answer, property)).remove(Specification.name(property));
    assertOutcome(api, answer, property, property.isRequired);
  }

  @ParameterizedTest
  @MethodSource("properties")
  void nullFailsOnlyWhereAValueIsRequired(ApiVersion api, Specification.Property property) {
    ObjectNode answer = Specification.of(api).answer();
    ((ObjectNode) Specification.parent(answer, property)).putNull(Specification.name(property));
    assertOutcome(api, answer, property, property.isRequired && !property.isNullable);
  }

  @ParameterizedTest
  @MethodSource("properties")
  void aValueOfTheWrongTypeFails(ApiVersion api, Specification.Property property) {
    boolean isAnything = property.schema.isEmpty();
    for (String wrong : new String[] {"5", "true", "1.5", "\"text\"", "{\"x\": 1}", "[[1]]"}) {
      boolean isRight =
          isAnything
              || (property.isObject() && wrong.startsWith("{"))
              || (property.schema.path("type").asText().equals("number") && wrong.matches("[0-9.]+"))
              || (property.schema.path("type").asText().equals("string")
                  && wrong.startsWith("\"")
                  && !property.schema.has("format"))
              || (property.schema.has("enum") && wrong.startsWith("\""));
      if (!isRight) {
        ObjectNode answer = Specification.of(api).answer();
        ((ObjectNode) Specification.parent(answer, property)).set(Specification.name(property), json(wrong));
        assertOutcome(api, answer, property, true);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("properties")
  void anItemThatIsNullFails(ApiVersion api, Specification.Property property) {
    if (property.isArray()) {
      ObjectNode answer = Specification.of(api).answer();
      ((ArrayNode) Specification.parent(answer, property).get(Specification.name(property))).addNull();
      String message = assertOutcome(api, answer, property, true);
      assertTrue(message.contains(property.path + "[1]"), message);
    }
  }

  private static String assertOutcome(
      ApiVersion api, JsonNode answer, Specification.Property property, boolean isMalformed) {
    try {
      Session session = get(api, answer);
      if (isMalformed) {
        fail(property + " went through: " + session.toJson());
      }
      return "";
    } catch (MalformedResponseException e) {
      assertTrue(isMalformed, e.getMessage());
      assertTrue(e.getMessage().contains("$." + property.path), e.getMessage());
      assertEquals(api, e.apiVersion().orElseThrow());
      assertEquals(200, e.statusCode().orElseThrow());
      return e.getMessage();
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
