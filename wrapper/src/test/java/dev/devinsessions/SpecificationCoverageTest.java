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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the wrapper against the specifications: what they name arrives, what they require is
 * insisted on.
 */
class SpecificationCoverageTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  private static Session get(ApiVersion api, JsonNode answer) {
    API.answer(api, answer.toString());
    LookupStrategy strategy = LookupStrategy.valueOf(api.name());
    try (SessionLookup lookup = API.lookup(FakeApi.PERSONAL_KEY).strategy(strategy).build()) {
      return lookup.get(FakeApi.ID);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theWrapperCarriesAllThatTheSpecificationNames(ApiVersion api) {
    assertEquals("", String.join("\n", SpecificationGaps.of(api)));
  }

  @ParameterizedTest
  @EnumSource
  void aFullAnswerSurvivesTheRoundTripThroughJson(ApiVersion api) {
    Specification specification = Specification.of(api);
    Session session = get(api, specification.answer());
    assertTrue(
        specification.properties().size() > 10,
        "the specification was not read: " + specification.properties());
    assertEquals(session, Session.fromJson(session.toJson()));
  }

  @ParameterizedTest
  @EnumSource
  void anExtraPropertyIsKeptAtEveryLevel(ApiVersion api) {
    ObjectNode answer = Specification.of(api).answer();
    List<String> extras = new ArrayList<>();
    addExtras(answer, extras);
    String json = get(api, answer).toJson();
    extras.forEach(
        extra ->
            assertTrue(
                json.contains("\"" + extra + "\":{\"a\":[1,null]}"), extra + " is not in " + json));
    assertTrue(extras.size() >= 2, extras.toString());
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
        .flatMap(
            api ->
                Specification.of(api).properties().stream()
                    .map(property -> Arguments.of(api, property)));
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
    String type = property.schema.path("type").asText();
    boolean isText =
        type.equals("string") && !property.schema.path("format").asText().equals("date-time");
    boolean isChecked = property.isObject() || Set.of("string", "number", "array").contains(type);
    for (String wrong : new String[] {"5", "true", "1.5", "\"text\"", "{\"x\": 1}", "[[1]]"}) {
      boolean isRight =
          (property.isObject() && wrong.startsWith("{"))
              || (type.equals("number") && wrong.matches("[0-9.]+"))
              || (isText && wrong.startsWith("\""));
      if (isChecked && !isRight) {
        ObjectNode answer = Specification.of(api).answer();
        ((ObjectNode) Specification.parent(answer, property))
            .set(Specification.name(property), json(wrong));
        assertOutcome(api, answer, property, true);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("properties")
  void anItemThatIsNullFails(ApiVersion api, Specification.Property property) {
    if (property.isArray()) {
      ObjectNode answer = Specification.of(api).answer();
      ((ArrayNode) Specification.parent(answer, property).get(Specification.name(property)))
          .addNull();
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
