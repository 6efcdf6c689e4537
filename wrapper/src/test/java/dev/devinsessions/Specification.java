package dev.devinsessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devinsessions.specs.Schema;
import dev.devinsessions.specs.Spec;
import dev.devinsessions.specs.SpecFolder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A specification, and a response in which every property has a different value. */
final class Specification {
  static final SpecFolder FOLDER = new SpecFolder(Path.of(System.getProperty("specs.directory")));

  /** One property of the response, at a path such as {@code messages[0].event_id}. */
  static final class Property {
    final String path;
    final Schema schema;
    final boolean isRequired;
    final boolean isNullable;

    private Property(String path, Schema schema, boolean isRequired) {
      this.path = path;
      this.schema = schema;
      this.isRequired = isRequired;
      isNullable = schema.isNullable();
    }

    boolean isObject() {
      return !namedProperties(schema).isEmpty();
    }

    boolean isArray() {
      return schema.type().equals("array");
    }

    /** The words of an enumeration; empty if any word is allowed. */
    Set<String> words() {
      Set<String> words = new TreeSet<>(schema.enumValues());
      schema.alternatives().forEach(alternative -> words.addAll(alternative.enumValues()));
      return words;
    }

    @Override
    public String toString() {
      return path;
    }
  }

  private static final JsonNodeFactory JSON = new ObjectMapper().getNodeFactory();

  private final Spec spec;
  private final Spec.Operation lookup;
  private final List<Property> properties = new ArrayList<>();
  private final Map<String, Schema> objects = new HashMap<>();
  private final JsonNode response;
  private int sentinels;

  Specification(Spec spec, String lookupPath) {
    this.spec = spec;
    lookup = spec.get(lookupPath);
    response = sentinel("", lookup.success());
  }

  static Specification of(ApiVersion api) {
    String file = fileName(api);
    return new Specification(FOLDER.read(file), FOLDER.lookupPaths().get(file));
  }

  /** For example, {@code v2-enterprise.yaml}. */
  static String fileName(ApiVersion api) {
    return api.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".yaml";
  }

  /** The operation that looks up a session. */
  Spec.Operation lookup() {
    return lookup;
  }

  /** The path of that operation, such as {@code /v1/sessions/{session_id}}. */
  String lookupPath() {
    return lookup.path();
  }

  /** Every other operation, such as {@code GET /v1/sessions}. */
  List<String> otherOperations() {
    return spec.operations().stream()
        .filter(operation -> operation != lookup)
        .map(Spec.Operation::toString)
        .collect(Collectors.toList());
  }

  /** The parameters of the lookup that are not in its path, such as {@code query include}. */
  List<String> otherParameters() {
    return lookup.parameters().stream()
        .filter(parameter -> !parameter.get("in").equals("path"))
        .map(parameter -> parameter.get("in") + " " + parameter.get("name"))
        .collect(Collectors.toList());
  }

  /** The path parameters of the lookup besides the session id, such as {@code org_id}. */
  List<String> otherPathParameters() {
    String before = lookupPath().substring(0, lookupPath().lastIndexOf('/'));
    return Pattern.compile("\\{([^/]+)}")
        .matcher(before)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toList());
  }

  /** For example, {@code orgId} for {@code org_id}. */
  static String camelCase(String name) {
    return Pattern.compile("(?<=.)_+(.)|_")
        .matcher(name)
        .replaceAll(match -> match.group(1) == null ? "" : match.group(1).toUpperCase(Locale.ROOT));
  }

  /** Every property of the response; for an array, those of its first item. */
  List<Property> properties() {
    return properties;
  }

  ObjectNode response() {
    return response.deepCopy();
  }

  /** The parent of a property in a response; its last step is the field's name. */
  static JsonNode parent(ObjectNode response, Property property) {
    String pointer = "/" + property.path.replace("[", "/").replace("]", "").replace(".", "/");
    return response.at(pointer.substring(0, pointer.lastIndexOf('/')));
  }

  static String name(Property property) {
    return property.path.substring(property.path.lastIndexOf('.') + 1);
  }

  /** The properties of an object; those of all alternatives if it has several. */
  private static Map<String, Schema> namedProperties(Schema schema) {
    Map<String, Schema> named = new LinkedHashMap<>(schema.properties());
    schema.alternatives().forEach(each -> namedProperties(each).forEach(named::putIfAbsent));
    return named;
  }

  private JsonNode sentinel(String path, Schema schema) {
    if (path.equals("session_id")) {
      return JSON.textNode(FakeApi.ID);
    }
    if (schema == null) {
      return JSON.textNode("sentinel-" + ++sentinels + "-of-" + path);
    }
    Map<String, Schema> named = namedProperties(schema);
    if (!named.isEmpty()) {
      ObjectNode object = JSON.objectNode();
      objects.put(schema.name(), schema);
      named.forEach(
          (name, property) -> {
            String below = path.isEmpty() ? name : path + "." + name;
            properties.add(new Property(below, property, schema.requires(name)));
            object.set(name, sentinel(below, property));
          });
      return object;
    }
    if (!schema.alternatives().isEmpty()) {
      return sentinel(path, schema.alternatives().get(0));
    }
    sentinels++;
    switch (schema.type().split(" or ")[0]) {
      case "array":
        return JSON.arrayNode().add(sentinel(path + "[0]", schema.items()));
      case "number":
        // More digits than a double has.
        return JSON.numberNode(new BigDecimal(900_000 + sentinels + ".00000000000000000037"));
      case "integer":
        return JSON.numberNode(900_000 + sentinels);
      case "boolean":
        return JSON.booleanNode(true);
      case "object":
        return schema.name().isEmpty() || !objects.containsKey(schema.name())
            ? JSON.objectNode().set("key", sentinel(path + ".key", schema.values()))
            : requiredTexts(path, objects.get(schema.name()));
      default:
        return schema.format().equals("date-time")
            ? JSON.textNode(
                String.format(
                    Locale.ROOT, "2030-01-02T03:%02d:%02dZ", sentinels / 60, sentinels % 60))
            : sentinel(path, null);
    }
  }

  /** A recursive object, without further levels. */
  private ObjectNode requiredTexts(String path, Schema schema) {
    ObjectNode object = JSON.objectNode();
    schema
        .properties()
        .forEach(
            (name, property) -> {
              if (schema.requires(name) && property.type().equals("string")) {
                object.set(name, sentinel(path + "." + name, property));
              }
            });
    return object;
  }
}
