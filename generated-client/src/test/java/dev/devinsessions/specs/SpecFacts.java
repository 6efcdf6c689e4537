package dev.devinsessions.specs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the {@link Facts} of a whole document. */
final class SpecFacts {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  /** What says how a request is authorised; the rest of a security scheme is prose or detail. */
  private static final Set<String> SCHEME_KEYS = Set.of("type", "scheme", "in", "name");

  private final SpecDocument document;
  private final Unfolding unfolding;
  private final String lookupPath;
  private final String lookup;
  private final Facts facts = new Facts();
  private final SchemaFacts schemas;

  private SpecFacts(SpecDocument document, String lookupPath, String lookup) {
    this.document = document;
    this.lookupPath = lookupPath;
    this.lookup = lookup;
    unfolding = new Unfolding(document);
    schemas = new SchemaFacts(unfolding, facts);
  }

  /**
   * @param lookupPath the path of the operation that the library calls, in this document
   * @param lookup the name of that operation in the facts, whatever its path: two documents can be
   *     compared
   */
  static Facts of(SpecDocument document, String lookupPath, String lookup) {
    return new SpecFacts(document, lookupPath, lookup).read();
  }

  private Facts read() {
    document
        .tree()
        .forEach(
            (key, value) -> {
              if (!Set.of("paths", "components", "security", "info").contains(key)) {
                facts.addLeaves(Place.DOCUMENT, key, value);
              }
            });
    // A new version number alone changes nothing for anybody.
    document
        .section("info")
        .forEach(
            (key, value) -> facts.add(Place.DOCUMENT, Aspect.PROSE, "info." + key, Text.of(value)));
    document
        .section("paths")
        .forEach((path, item) -> addPath(path, SpecTree.map(unfolding.resolve(item))));
    addSecuritySchemes();
    addOtherComponents();
    return facts;
  }

  private void addPath(String path, Map<String, Object> item) {
    item.forEach(
        (key, value) -> {
          if (METHODS.contains(key)) {
            String name = key.toUpperCase(Locale.ROOT) + " " + path;
            boolean isLookup = path.equals(lookupPath) && key.equals("get");
            addOperation(
                Place.operation(isLookup ? lookup : name), path, SpecTree.map(value), item);
          } else if (!key.equals("parameters")) {
            facts.addLeaves(Place.operation(path), key, value);
          }
        });
  }

  private void addOperation(
      Place place, String path, Map<String, Object> operation, Map<String, Object> item) {
    facts.add(
        place, Aspect.OPERATION, Text.of(operation.getOrDefault("summary", "without a summary")));
    facts.add(place, Aspect.PATH, path);
    facts.add(
        place,
        Aspect.SECURITY,
        security(operation.getOrDefault("security", document.tree().get("security"))));
    List<Object> parameters = new ArrayList<>(SpecTree.list(item.get("parameters")));
    parameters.addAll(SpecTree.list(operation.get("parameters")));
    parameters.forEach(
        parameter -> addParameter(place, SpecTree.map(unfolding.resolve(parameter))));
    operation.forEach(
        (key, value) -> {
          switch (key) {
            case "operationId":
              facts.add(place, Aspect.OPERATION_ID, Text.of(value));
              break;
            case "requestBody":
              addRequestBody(place.sent("request body"), SpecTree.map(unfolding.resolve(value)));
              break;
            case "responses":
              SpecTree.map(value)
                  .forEach(
                      (status, answer) ->
                          addAnswer(place, status, SpecTree.map(unfolding.resolve(answer))));
              break;
            case "parameters":
            case "security":
              break;
            default:
              facts.addLeaves(place, key, value);
          }
        });
  }

  private void addParameter(Place operation, Map<String, Object> parameter) {
    String necessity = Boolean.TRUE.equals(parameter.get("required")) ? "required" : "optional";
    Place place =
        operation.sent(
            parameter.get("in") + " parameter " + Text.code(Text.of(parameter.get("name"))));
    facts.add(place, Aspect.PARAMETER, necessity);
    facts.add(place, Aspect.REQUIRED, necessity);
    parameter.forEach(
        (key, value) -> {
          if (key.equals("schema")) {
            schemas.add(place.value(), value);
          } else if (!Set.of("in", "name", "required").contains(key)) {
            facts.addLeaves(place, key, value);
          }
        });
  }

  private void addRequestBody(Place place, Map<String, Object> body) {
    String necessity = Boolean.TRUE.equals(body.get("required")) ? "required" : "optional";
    facts.add(place, Aspect.REQUEST_BODY, necessity);
    facts.add(place, Aspect.REQUIRED, necessity);
    body.forEach(
        (key, value) -> {
          if (key.equals("content")) {
            SpecTree.map(value)
                .forEach((media, content) -> addContent(place.as(media), media, content));
          } else if (!key.equals("required")) {
            facts.addLeaves(place, key, value);
          }
        });
  }

  private void addAnswer(Place operation, String status, Map<String, Object> answer) {
    Place place = operation.answered(status + " answer");
    facts.add(place, Aspect.ANSWER, status);
    answer.forEach(
        (key, value) -> {
          if (key.equals("content")) {
            SpecTree.map(value)
                .forEach((media, content) -> addContent(place.as(media), media, content));
          } else {
            facts.addLeaves(place, key, value);
          }
        });
  }

  private void addContent(Place place, String media, Object content) {
    facts.add(place, Aspect.MEDIA_TYPE, media, media);
    SpecTree.map(content)
        .forEach(
            (key, value) -> {
              if (key.equals("schema")) {
                schemas.add(place.value(), value);
              } else {
                facts.addLeaves(place, key, value);
              }
            });
  }

  private String security(Object requirements) {
    List<String> ways = new ArrayList<>();
    for (Object requirement : SpecTree.list(requirements)) {
      List<String> schemes = new ArrayList<>();
      SpecTree.map(requirement)
          .forEach(
              (name, scopes) -> {
                String granted =
                    SpecTree.list(scopes).isEmpty() ? "" : " with scopes " + Text.of(scopes);
                schemes.add(kind(scheme(name)) + granted);
              });
      ways.add(
          schemes.isEmpty()
              ? "none"
              : schemes.stream().sorted().collect(Collectors.joining(" and ")));
    }
    return ways.isEmpty()
        ? "none"
        : ways.stream().sorted().collect(Collectors.joining(Judgement.OR));
  }

  private Map<String, Object> scheme(String name) {
    Object scheme = SpecTree.map(document.section("components").get("securitySchemes")).get(name);
    if (scheme == null) {
      throw new Refusal(
          "the page asks for the security scheme "
              + name
              + " and does not define it: it is truncated, download it again");
    }
    return SpecTree.map(unfolding.resolve(scheme));
  }

  private static String kind(Map<String, Object> scheme) {
    // A page that is cut short here still passes the parser.
    Object type = scheme.get("type");
    if (type == null || type.equals("http") && scheme.get("scheme") == null) {
      throw new Refusal(
          "the page has a security scheme without a type: it is truncated, download it again");
    }
    return type.equals("http")
        ? "http " + scheme.get("scheme")
        : type.equals("apiKey")
            ? "key in " + scheme.get("in") + " " + scheme.get("name")
            : type.toString();
  }

  /** Named by what they are: the name that the page gives them is of no account. */
  private void addSecuritySchemes() {
    SpecTree.map(document.section("components").get("securitySchemes"))
        .forEach(
            (name, node) -> {
              Map<String, Object> scheme = SpecTree.map(unfolding.resolve(node));
              Place place = Place.documentPart("security scheme " + Text.code(kind(scheme)));
              scheme.forEach(
                  (key, value) -> {
                    if (!SCHEME_KEYS.contains(key)) {
                      facts.addLeaves(place, key, value);
                    }
                  });
            });
  }

  /**
   * What nothing above has followed a reference to: unused, or used where only references are read,
   * as by a header.
   */
  private void addOtherComponents() {
    document
        .section("components")
        .forEach(
            (section, components) -> {
              if (!section.equals("securitySchemes")) {
                SpecTree.map(components)
                    .forEach(
                        (name, component) -> {
                          if (!unfolding.hasFollowed("#/components/" + section + "/" + name)) {
                            facts.addLeaves(
                                Place.documentPart("component"), section + "." + name, component);
                          }
                        });
              }
            });
  }
}
