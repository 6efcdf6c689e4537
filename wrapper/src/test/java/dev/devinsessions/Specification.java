package dev.devinsessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A vendored specification: what its response schema says of every property, nested ones too. */
final class Specification {
  /** One property of the response, at a path such as {@code messages[0].event_id}. */
  static final class Property {
    final String path;
    final JsonNode schema;
    final boolean isRequired;
    final boolean isNullable;

    private Property(String path, JsonNode schema, boolean isRequired, boolean isNullable) {
      this.path = path;
      this.schema = schema;
      this.isRequired = isRequired;
      this.isNullable = isNullable;
    }

    boolean isObject() {
      return schema.has("properties");
    }

    boolean isArray() {
      return schema.path("type").asText().equals("array");
    }

    @Override
    public String toString() {
      return path;
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final JsonNode document;
  private final String lookupPath;
  private final List<Property> properties = new ArrayList<>();
  private final ObjectNode answer;
  private int sentinels;

  private Specification(JsonNode document) {
    this.document = document;
    lookupPath = lookupPath(document.get("paths"));
    JsonNode schema = lookup().at("/responses/200/content/application~1json/schema");
    answer = (ObjectNode) sentinel("", resolve(schema));
  }

  static Specification of(ApiVersion api) {
    try {
      Path file = Path.of(System.getProperty("specs.directory"), fileName(api));
      return new Specification(new YAMLMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Such as {@code v2-enterprise.yaml}. */
  static String fileName(ApiVersion api) {
    return api.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".yaml";
  }

  static String lookupPath(JsonNode paths) {
    for (Iterator<String> names = paths.fieldNames(); names.hasNext(); ) {
      String path = names.next();
      if (path.matches(".*/sessions/\\{[^/]+}") && paths.get(path).has("get")) {
        return path;
      }
    }
    throw new IllegalStateException("no GET .../sessions/{...} among " + paths);
  }

  /**
   * The path of the operation that looks a session up, such as {@code /v1/sessions/{session_id}}.
   */
  String lookupPath() {
    return lookupPath;
  }

  /** The operation that looks a session up. */
  JsonNode lookup() {
    return document.get("paths").get(lookupPath).get("get");
  }

  /** Every operation, such as {@code GET /v1/sessions/{session_id}}. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .forEach(
                        method ->
                            operations.add(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return operations;
  }

  /** The parameters of the lookup that are not in its path, such as {@code query include}. */
  Set<String> furtherParameters() {
    Set<String> parameters = new TreeSet<>();
    List<JsonNode> declared = new ArrayList<>();
    lookup().path("parameters").forEach(declared::add);
    document.get("paths").get(lookupPath).path("parameters").forEach(declared::add);
    for (JsonNode parameter : declared) {
      JsonNode resolved = resolve(parameter);
      if (!resolved.path("in").asText().equals("path")) {
        parameters.add(resolved.path("in").asText() + " " + resolved.path("name").asText());
      }
    }
    return parameters;
  }

  /** What the path of the lookup takes besides the session, such as {@code org_id}. */
  List<String> furtherPathParameters() {
    String before = lookupPath.substring(0, lookupPath.lastIndexOf('/'));
    return Pattern.compile("\\{([^/]+)}")
        .matcher(before)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toList());
  }

  /** Such as {@code orgId} for {@code org_id}. */
  static String camelCase(String name) {
    StringBuilder camelCase = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      boolean isStart = i > 0 && name.charAt(i - 1) == '_';
      if (name.charAt(i) != '_') {
        camelCase.append(isStart ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
      }
    }
    return camelCase.toString();
  }

  /** The words of an enumeration, whatever it is wrapped in; none of what is none. */
  Set<String> words(Property property) {
    Set<String> words = new TreeSet<>();
    addWords(property.schema, words);
    return words;
  }

  private void addWords(JsonNode schema, Set<String> words) {
    schema.path("enum").forEach(word -> words.add(word.asText()));
    for (String wrapper : new String[] {"anyOf", "oneOf", "allOf"}) {
      schema.path(wrapper).forEach(choice -> addWords(resolve(choice), words));
    }
  }

  /** Every property of the response; of an array, those of its first item. */
  List<Property> properties() {
    return properties;
  }

  /** An answer in which every property has a value of its own. */
  ObjectNode answer() {
    return answer.deepCopy();
  }

  /** The parent of a property in an answer; its last step is the field's name or index. */
  static JsonNode parent(ObjectNode answer, Property property) {
    String pointer = pointer(property.path);
    return answer.at(pointer.substring(0, pointer.lastIndexOf('/')));
  }

  static String name(Property property) {
    return property.path.substring(property.path.lastIndexOf('.') + 1);
  }

  private static String pointer(String path) {
    return "/" + path.replace("[", "/").replace("]", "").replace(".", "/");
  }

  private JsonNode sentinel(String path, JsonNode schema) {
    JsonNode known = withoutNull(schema);
    if (known.has("properties")) {
      ObjectNode object = JSON.createObjectNode();
      known
          .get("properties")
          .properties()
          .forEach(
              field -> {
                String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                JsonNode resolved = resolve(field.getValue());
                boolean isRequired = isRequired(known, field.getKey());
                properties.add(
                    new Property(below, withoutNull(resolved), isRequired, isNullable(resolved)));
                object.set(field.getKey(), sentinel(below, resolved));
              });
      return object;
    }
    switch (known.path("type").asText()) {
      case "array":
        ArrayNode array = JSON.createArrayNode();
        return array.add(sentinel(path + "[0]", resolve(known.get("items"))));
      case "number":
      case "integer":
        return JSON.getNodeFactory().numberNode(900_000 + ++sentinels);
      case "boolean":
        return JSON.getNodeFactory().booleanNode(true);
      case "object":
        return JSON.createObjectNode()
            .set("key", sentinel(path + ".key", resolve(known.path("additionalProperties"))));
      default:
        sentinels++;
        if (path.equals("session_id")) {
          return JSON.getNodeFactory().textNode(FakeApi.ID);
        }
        return known.path("format").asText().equals("date-time")
            ? JSON.getNodeFactory()
                .textNode(String.format("2030-01-02T03:%02d:%02dZ", sentinels / 60, sentinels % 60))
            : JSON.getNodeFactory().textNode("sentinel-" + sentinels + "-of-" + path);
    }
  }

  private static boolean isNullable(JsonNode schema) {
    for (JsonNode choice : schema.path("anyOf")) {
      if (choice.path("type").asText().equals("null")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRequired(JsonNode schema, String name) {
    for (JsonNode required : schema.path("required")) {
      if (required.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private JsonNode resolve(JsonNode schema) {
    return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
  }

  /** What is left of {@code anyOf: [X, null]}; the schema itself where null is not allowed. */
  private JsonNode withoutNull(JsonNode schema) {
    if (schema.path("allOf").size() == 1) {
      return resolve(schema.get("allOf").get(0));
    }
    for (JsonNode choice : schema.path("anyOf")) {
      if (!choice.path("type").asText().equals("null")) {
        return resolve(choice);
      }
    }
    return schema;
  }
}
