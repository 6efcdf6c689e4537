package dev.devinsessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds where the wrapper differs from a specification: one line for each place, with the file to
 * edit. Looks up a session whose properties all have different values.
 */
final class SpecificationGaps {
  /** Properties that are left out on purpose. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          // v1 has two status properties; status_enum is read.
          "v1.yaml: property `status`");

  private static final String OR_LEAVE_OUT = ", or add it to LEFT_OUT in SpecificationGaps.java";

  private final FakeApi server;
  private final ApiVersion api;
  private final Specification specification;
  private final List<HttpRequest> requests = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();

  private SpecificationGaps(FakeApi server, ApiVersion api, Specification specification) {
    this.server = server;
    this.api = api;
    this.specification = specification;
  }

  static List<String> of(FakeApi server, ApiVersion api, Specification specification) {
    SpecificationGaps gaps = new SpecificationGaps(server, api, specification);
    gaps.find();
    return gaps.gaps;
  }

  private void find() {
    Session session = lookUp(LookupStrategy.valueOf(api.name()), Map.of(api, specification));
    findRequest(requests.get(0));
    for (String operation : specification.otherOperations()) {
      add(
          "operation `" + operation + "`",
          "is not used: generate it (FILTER in generated-client/pom.xml) and call it in SessionSource.java"
              + OR_LEAVE_OUT);
    }
    for (String parameter : specification.otherParameters()) {
      add(
          "parameter `" + parameter + "`",
          "is never sent: add it to api.mustache and SessionSource.java" + OR_LEAVE_OUT);
    }
    findStatusWords();
    findProperties(session);
    findWhatJoiningDrops(session);
  }

  private void add(String what, String gap) {
    String file = Specification.fileName(api);
    if (!LEFT_OUT.contains(file + ": " + what)) {
      gaps.add(file + ": " + what + " " + gap);
    }
  }

  /** Compares requests and statuses of the specification with those of the wrapper. */
  private void findRequest(HttpRequest request) {
    String sent = request.method() + " " + request.uri().getPath();
    String url = specification.lookup().serverPrefix() + specification.lookupPath();
    if (!sent.matches(
        specification.lookup().method() + " " + url.replaceAll("\\{[^/]+}", "[^/]+"))) {
      add(
          "`" + specification.lookup().method() + " " + url + "`",
          "is not what the wrapper sends, `"
              + sent
              + "`: see lookup.* in generated-client/pom.xml, and the default of baseUrl");
    }
    Set<String> ways = specification.lookup().security();
    if (ways.stream().noneMatch(way -> isAuthorized(request, way))) {
      add(
          "security `" + String.join(" or ", ways) + "`",
          "is not how requests are authorized: update Transport.java");
    }
    for (String status : specification.lookup().successes()) {
      if (!status.matches("200|2XX")) {
        add(
            "success `" + status + "`",
            "is read like 200: handle it in ApiCall.java" + OR_LEAVE_OUT);
      }
    }
  }

  private static boolean isAuthorized(HttpRequest request, String way) {
    if (way.startsWith("key in header ")) {
      return request.headers().firstValue(way.substring("key in header ".length())).isPresent();
    }
    String authorization = request.headers().firstValue("Authorization").orElse("");
    return way.equals("none")
        || way.startsWith("http ")
            && authorization.regionMatches(
                true, 0, way.substring("http ".length()), 0, way.length() - 5);
  }

  private void findStatusWords() {
    for (Specification.Property property : specification.properties()) {
      if (property.path.startsWith("status")) {
        for (String word : property.words()) {
          if (SessionStatus.ofWord(word) == SessionStatus.UNKNOWN) {
            add(
                "word `" + word + "` of `" + property.path + "`",
                "has no status: add it in SessionStatus.java, and to the table in SessionStatusTest.java"
                    + OR_LEAVE_OUT);
          }
        }
      }
    }
  }

  private void findProperties(Session session) {
    ObjectNode response = specification.response();
    // A value that is only here, or in the additional properties, has not reached its accessor.
    Session.Builder read = session.toBuilder().deviations(List.of());
    String json = read.additionalProperties(Map.of()).build().toJson();
    for (Specification.Property property : specification.properties()) {
      String name = Specification.name(property);
      JsonNode value = firstLeaf(Specification.parent(response, property).get(name));
      boolean arrives =
          value.isBoolean()
              ? json.contains("\"" + name + "\":true")
              : json.contains(value.asText())
                  || (value.isInt()
                      && json.contains(Instant.ofEpochSecond(value.asInt()).toString()));
      if (!arrives && !hasNestedProperties(property)) {
        add(
            "property `" + property.path + "`",
            "does not reach Session: add an accessor "
                + Specification.camelCase(name)
                + "() and its setter to "
                + (property.path.contains(".")
                    ? "SessionMessage.java, PullRequest.java or SessionAnalysis.java"
                    : "Session.java")
                + ", which the mapping finds by its name; if renamed, add a nameMapping to"
                + " generated-client/pom.xml or edit "
                + (api == ApiVersion.V2_ENTERPRISE ? "V2Enterprise" : api.name())
                + "Mapping.java"
                + OR_LEAVE_OUT);
      }
    }
  }

  /** Whether the property contains others, which are checked one by one. */
  private boolean hasNestedProperties(Specification.Property property) {
    return specification.properties().stream()
        .anyMatch(other -> other.path.matches(Pattern.quote(property.path) + "[.\\[].*"));
  }

  /** Properties that only this API has must survive a join. */
  private void findWhatJoiningDrops(Session session) {
    Map<ApiVersion, Specification> joined =
        Map.of(
            ApiVersion.V1, Specification.of(ApiVersion.V1),
            ApiVersion.V2_ENTERPRISE, Specification.of(ApiVersion.V2_ENTERPRISE));
    if (joined.containsKey(api)) {
      Set<String> lost = names(session);
      lost.removeAll(names(lookUp(LookupStrategy.COMPLETE, joined)));
      lost.forEach(
          name ->
              add(
                  "property `" + name + "`",
                  "is lost when sessions are joined: update JoinedSession.java"));
    }
  }

  private static JsonNode firstLeaf(JsonNode value) {
    return value.isContainerNode() && !value.isEmpty() ? firstLeaf(value.iterator().next()) : value;
  }

  private static Set<String> names(Session session) {
    try {
      Set<String> names = new TreeSet<>();
      String json = session.toBuilder().additionalProperties(Map.of()).build().toJson();
      new ObjectMapper().readTree(json).fieldNames().forEachRemaining(names::add);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Session lookUp(LookupStrategy strategy, Map<ApiVersion, Specification> responses) {
    responses.forEach(
        (each, response) ->
            server.stubFor(
                WireMock.any(
                        responses.size() == 1
                            ? WireMock.anyUrl()
                            : WireMock.urlPathMatching(FakeApi.path(each) + "[^/]+"))
                    .willReturn(WireMock.okJson(response.response().toString()))));
    DelegatingHttpClient client = new DelegatingHttpClient();
    try (SessionLookup lookup =
        server.lookup(FakeApi.PERSONAL_KEY).httpClient(client).strategy(strategy).build()) {
      return lookup.get(FakeApi.ID);
    } finally {
      requests.addAll(client.requests);
    }
  }
}
