package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares the wrapper with the specifications: every property that they name reaches a session.
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
}
