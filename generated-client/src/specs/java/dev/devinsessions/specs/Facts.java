package dev.devinsessions.specs;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The content of a document as a map from place to fact. Equal maps mean that nothing the library
 * uses has changed. A key has six parts, separated by tabs: operation, part of the operation, media
 * type, JSON path, aspect, detail.
 */
final class Facts {
  /** The operation that the library calls, regardless of its path. */
  static final String LOOKUP = "lookup";

  /** Keys of human-readable text. */
  private static final Pattern PROSE =
      Pattern.compile(
          "title|summary|description|examples?|externalDocs|tags|contact|license|termsOfService"
              + "|[$]comment|info");

  private final Map<String, String> facts = new LinkedHashMap<>();
  private final Spec spec;
  private String operation = "";
  private String part = "";
  private String media = "";

  private Facts(Spec spec) {
    this.spec = spec;
  }

  /**
   * @param lookupPath the path, in this document, of the operation that the library calls
   */
  static Map<String, String> of(Spec spec, String lookupPath) {
    Facts facts = new Facts(spec);
    Spec.Operation lookup = spec.get(lookupPath);
    spec.operations()
        .forEach(each -> facts.addOperation(each == lookup ? LOOKUP : each.toString(), each));
    facts.addDocument();
    return facts.facts;
  }

  private void moveTo(String newOperation, String newPart, String newMedia) {
    operation = newOperation;
    part = newPart;
    media = newMedia;
  }

  private void add(String path, String aspect, String detail, Object value) {
    String clean = detail.replace('\t', ' ');
    facts.put(String.join("\t", operation, part, media, path, aspect, clean), Text.of(value));
  }

  private void add(String path, String aspect, Object value) {
    add(path, aspect, "", value);
  }

  private void addDocument() {
    moveTo("", "", "");
    addRest(spec.tree, "paths", "components", "security");
    SpecTree.map(spec.section("components").get("securitySchemes"))
        .forEach((name, scheme) -> addScheme(name, spec.resolve(scheme)));
    spec.section("components").forEach(this::addUnused);
  }

  private void addScheme(String name, Map<String, Object> scheme) {
    moveTo("", "security scheme " + Text.code(Spec.kind(scheme, name)), "");
    addRest(scheme, "type", "scheme", "in", "name");
  }

  private void addUnused(String kind, Object components) {
    moveTo("", "component", "");
    SpecTree.map(components)
        .forEach(
            (name, node) -> {
              if (!kind.equals("securitySchemes")
                  && !spec.isFollowed("#/components/" + kind + "/" + name)) {
                addLeaves(kind + "." + name, node, false);
              }
            });
  }

  /** Adds the leaves of a node, except below the keys that are read elsewhere. */
  private void addRest(Map<String, Object> node, String... read) {
    Map<String, Object> rest = new LinkedHashMap<>(node);
    rest.keySet().removeAll(Set.of(read));
    rest.forEach((key, value) -> addLeaves(key, value, isProse(key)));
  }

  private static boolean isProse(String key) {
    return PROSE.matcher(key).matches();
  }

  /** Adds the leaves of a node whose meaning is not known. */
  private void addLeaves(String name, Object node, boolean isProse) {
    Map<String, Object> map = SpecTree.map(node);
    map.forEach((key, value) -> addLeaves(name + "." + key, value, isProse || isProse(key)));
    for (int i = 0; i < SpecTree.list(node).size(); i++) {
      addLeaves(name + "[" + i + "]", SpecTree.list(node).get(i), isProse);
    }
    if (map.isEmpty() && SpecTree.list(node).isEmpty()) {
      add("", isProse ? "prose" : "other", name, node);
    }
  }

  private void addOperation(String name, Spec.Operation source) {
    moveTo(name, "", "");
    add("", "operation", source.summary());
    add("", "path", Spec.shape(source.path()));
    add("", "operation id", source.id());
    add("", "security", String.join(" or ", source.security()));
    add("", "server prefix", source.serverPrefix().isEmpty() ? "none" : source.serverPrefix());
    addRest(
        source.node,
        "operationId",
        "parameters",
        "security",
        "requestBody",
        "responses",
        "servers");
    source.parameters().forEach(parameter -> addParameter(name, source, parameter));
    if (source.node.containsKey("requestBody")) {
      Map<String, Object> body = spec.resolve(source.node.get("requestBody"));
      addPart(name, source, "request body", "request body", body);
    }
    source.responses().forEach((status, response) -> addResponse(name, source, status, response));
  }

  private void addParameter(String name, Spec.Operation source, Map<String, Object> parameter) {
    String in = Text.of(parameter.get("in"));
    String parameterName = Text.of(parameter.get("name"));
    int found = Math.max(0, source.path().indexOf("{" + parameterName + "}"));
    int position = source.path().substring(0, found).split("\\{", -1).length;
    // The URL does not contain the name of a path parameter.
    String label =
        in.equals("path")
            ? "path parameter " + position
            : in + " parameter " + Text.code(parameterName);
    addPart(name, source, label, "parameter", parameter);
    moveTo(name, label, "");
    if (in.equals("path")) {
      add("", "name", parameterName);
    }
    addSchema("$", source.schema(parameter.get("schema")));
  }

  private void addResponse(
      String name, Spec.Operation source, String status, Map<String, Object> response) {
    boolean isOnly = status.equals("2XX") && source.successes().size() == 1;
    String label = (isOnly ? "200" : status) + " response";
    addPart(name, source, label, "response", response);
    moveTo(name, label, "");
    if (label.equals("200 response")) {
      add("", "status", status);
    }
  }

  private void addPart(
      String name, Spec.Operation source, String label, String kind, Map<String, Object> node) {
    moveTo(name, label, "");
    String necessity = Boolean.TRUE.equals(node.get("required")) ? "required" : "optional";
    add("", kind, kind.equals("response") ? label.replace(" response", "") : necessity);
    if (!kind.equals("response")) {
      add("", "required", necessity);
    }
    addRest(node, "content", "schema", "in", "name", "required");
    SpecTree.map(node.get("content"))
        .forEach(
            (type, content) -> addContent(source, Spec.mediaType(type), SpecTree.map(content)));
  }

  private void addContent(Spec.Operation source, String type, Map<String, Object> content) {
    moveTo(operation, part, type);
    add("", "media type", type, type);
    addRest(content, "schema");
    addSchema("$", source.schema(content.get("schema")));
  }

  private void addSchema(String path, Schema schema) {
    if (!schema.name().isEmpty()) {
      add(path, "schema name", schema.name());
    }
    if (!schema.members.isEmpty()) {
      add(path, "allOf", String.join(", ", schema.members));
    }
    add(path, "type", schema.type());
    add(path, "nullable", schema.isNullable() ? "nullable" : "not nullable");
    if (!schema.enumValues().isEmpty()) {
      add(path, "enum", String.join(", ", schema.enumValues()));
    }
    schema.enumValues().forEach(word -> add(path, "enum value", word, word));
    schema.keywords.forEach((key, value) -> addKeyword(path, key, value));
    for (String name : schema.required) {
      if (!schema.properties().containsKey(name)) {
        add(path, "keyword", "required without a schema: " + name, name);
      }
    }
    schema.properties().forEach((name, property) -> addProperty(path, schema, name, property));
    if (schema.items() != null) {
      addSchema(path + "[]", schema.items());
    }
    if (schema.values() != null) {
      addSchema(path + "{}", schema.values());
    }
    // Alternatives are matched by name or type; inline ones of the same type, by their order.
    Map<String, Integer> seen = new HashMap<>();
    for (Schema alternative : schema.alternatives()) {
      String name = alternative.name().isEmpty() ? alternative.label() : alternative.name();
      int count = seen.merge(name, 1, Integer::sum);
      addSchema(path + "<" + name + (count > 1 ? " " + count : "") + ">", alternative);
    }
  }

  private void addProperty(String path, Schema owner, String name, Schema property) {
    String below = path.equals("$") ? name : path + "." + name;
    String necessity = owner.requires(name) ? "required" : "optional";
    add(below, "property", necessity + " " + property.summary());
    add(below, "required", necessity);
    addSchema(below, property);
  }

  private void addKeyword(String path, String key, Object value) {
    if (key.equals("format") || key.equals("default")) {
      add(path, key, value);
    } else {
      add(path, isProse(key) ? "prose" : "keyword", key, value);
    }
  }
}
