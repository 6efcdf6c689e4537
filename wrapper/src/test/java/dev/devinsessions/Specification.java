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
import java.util.List;

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

  private final JsonNode document;
  private final List<Property> properties = new ArrayList<>();
  private final ObjectNode answer;
  private int sentinels;

  private Specification(JsonNode document) {
    this.document = document;
    JsonNode operation = document.get("paths").elements().next().get("get");
    JsonNode schema = operation.at("/responses/200/content/application~1json/schema");
    answer = (ObjectNode) sentinel("", resolve(schema));
  }

  static Specification of(ApiVersion api) {
    String name = api == ApiVersion.V1 ? "v1.yaml" : "v2-enterprise.yaml";
    try {
      return new Specification(new YAMLMapper().readTree(Path.of(System.getProperty("specs.directory"), name).toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
                properties.add(new Property(below, withoutNull(resolved), isRequired, withoutNull(resolved) != resolved));
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
        throw new IllegalStateException(path + " is a boolean, which has no value of its own: teach this test");
      default:
        return known.path("format").asText().equals("date-time")
            ? JSON.getNodeFactory().textNode("20" + (30 + ++sentinels) + "-01-02T03:04:05Z")
            : JSON.getNodeFactory().textNode("sentinel-" + ++sentinels + "-of-" + path);
    }
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
    for (JsonNode choice : schema.path("anyOf")) {
      if (!choice.path("type").asText().equals("null")) {
        return resolve(choice);
      }
    }
    return schema;
  }
}
