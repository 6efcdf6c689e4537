package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devinsessions.specs.Spec;
import dev.devinsessions.specs.SpecDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares what the wrapper does with what the specifications say. */
class SpecificationCoverageTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  private static Session get(ApiVersion api, JsonNode response) {
    API.respond(api, response.toString());
    LookupStrategy strategy = LookupStrategy.valueOf(api.name());
    try (SessionLookup lookup = API.lookup(FakeApi.PERSONAL_KEY).strategy(strategy).build()) {
      return lookup.get(FakeApi.ID);
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrapperImplementsTheSpecification(ApiVersion api) {
    assertEquals("", String.join("\n", SpecificationGaps.of(API, api, Specification.of(api))));
  }

  @Test
  void everySpecificationHasAnApiVersion() {
    Set<String> files = new TreeSet<>(Specification.FOLDER.lookupPaths().keySet());
    files.removeIf(file -> file.endsWith(".zh.yaml"));
    Stream.of(ApiVersion.values()).map(Specification::fileName).forEach(files::remove);
    assertEquals(Set.of(), files, "see \"Adding a third API\" in generated-client/README.md");
  }

  @Test
  void reportsWhatTheWrapperLacks() throws IOException {
    // Not specs/: a change there must not break this test.
    Path page =
        Path.of(
            System.getProperty("specs.directory"),
            "../generated-client/src/test/resources/pages/v1-get-session.md");
    String yaml = Files.readString(page).replaceAll("(?s).*?\n(openapi: .*)````\n*", "$1");
    String parameters = "      parameters:\n";
    String changed =
        yaml.replace("                - resumed\n", "                - no_such_status\n")
            .replace(
                "        snapshot_id:\n",
                "        labels: {type: object, additionalProperties: {type: string}}\n"
                    + "        origin: {oneOf: [{properties: {app: {type: string}}},"
                    + " {properties: {branch: {type: string}}}]}\n"
                    + "        snapshot_id:\n")
            .replace("        '422':\n", "        '202': {description: Later}\n        '422':\n")
            .replace("servers: []", "servers: [{url: 'https://api.devin.ai/beta'}]")
            .replace(
                "      scheme: bearer\n      type: http\n",
                "      in: header\n      name: X-Key\n      type: apiKey\n")
            .replace(
                parameters,
                parameters + "        - {in: query, name: include, schema: {type: string}}\n")
            .replace(
                "paths:\n",
                "paths:\n  /v1/sessions: {post: {responses: {'200': {description: Fine}}}}\n");
    List<String> expected =
        List.of(
            "v1.yaml: `GET /beta/v1/sessions/{session_id}` is not what the wrapper sends, ",
            "v1.yaml: security `key in header X-Key` is not how requests are authorized: update Transport.java",
            "v1.yaml: success `202` is read like 200: handle it in ApiCall.java",
            "v1.yaml: operation `POST /v1/sessions` is not used: generate it (FILTER in generated-client/pom.xml)",
            "v1.yaml: parameter `query include` is never sent: add it to api.mustache and SessionSource.java",
            "v1.yaml: word `no_such_status` of `status_enum` has no status: add it in SessionStatus.java",
            "v1.yaml: property `labels` does not reach Session: add an accessor labels() and its setter to Session.java",
            "v1.yaml: property `origin.app` does not reach Session: add an accessor app() and its setter to SessionMessage.java, PullRequest",
            "v1.yaml: property `origin.branch` does not reach Session: add an accessor branch()");

    Specification specification =
        new Specification(Spec.parse(changed), "/v1/sessions/{session_id}");
    List<String> gaps = SpecificationGaps.of(API, ApiVersion.V1, specification);

    for (String gap : expected) {
      assertTrue(
          gaps.stream().anyMatch(each -> each.startsWith(gap)), gap + "\nis not in\n" + gaps);
    }
  }

  @Test
  void translatedEditionsHaveTheSameStructure() {
    Map<String, String> paths = Specification.FOLDER.lookupPaths();
    List<String> drift = new ArrayList<>();
    for (String translated : paths.keySet()) {
      String english = translated.replace(".zh.yaml", ".yaml");
      if (!translated.equals(english)) {
        SpecDiff.between(
                Specification.FOLDER.read(english),
                paths.get(english),
                Specification.FOLDER.read(translated),
                paths.get(translated))
            .stream()
            .filter(change -> change.isStructural() || !change.isTranslated())
            .map(change -> change.compare("GET " + paths.get(english), english, translated))
            .forEach(drift::add);
      }
    }
    assertEquals(
        "",
        String.join("\n", drift),
        "import the page that lags behind: make import-spec PAGE=...");
  }

  @ParameterizedTest
  @EnumSource
  void completeResponseSurvivesAJsonRoundTrip(ApiVersion api) {
    Specification specification = Specification.of(api);
    Session session = get(api, specification.response());
    assertTrue(specification.properties().size() > 10, "read: " + specification.properties());
    assertEquals(session, Session.fromJson(session.toJson()));
  }

  @ParameterizedTest
  @EnumSource
  void keepsExtraPropertiesAtEveryLevel(ApiVersion api) {
    Specification specification = Specification.of(api);
    // An object that does not reach Session loses its extra properties too, and is already reported
    // as a gap.
    assumeTrue(SpecificationGaps.of(API, api, specification).isEmpty());
    ObjectNode response = specification.response();
    List<String> extras = new ArrayList<>();
    addExtras(response, extras);
    String json = get(api, response).toJson();
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
      ((ObjectNode) node).putObject(name).putArray("a").add(1).addNull();
    }
  }
}
