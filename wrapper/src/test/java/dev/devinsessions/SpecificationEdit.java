package dev.devinsessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;

/** Changes a specification as an API might, wherever in the document that is. */
final class SpecificationEdit {
  private static final YAMLMapper YAML = new YAMLMapper();

  private final ObjectNode document;

  private SpecificationEdit(ObjectNode document) {
    this.document = document;
  }

  static SpecificationEdit of(Path file) throws IOException {
    return new SpecificationEdit((ObjectNode) YAML.readTree(file.toFile()));
  }

  void write(Path file) throws IOException {
    YAML.writeValue(file.toFile(), document);
  }

  /** Adds a property to the response, described in YAML. */
  SpecificationEdit property(String name, String yaml) throws IOException {
    properties().set(name, YAML.readTree(yaml));
    return this;
  }

  /** Adds a schema with a name, described in YAML. */
  SpecificationEdit schema(String name, String yaml) throws IOException {
    schemas().set(name, YAML.readTree(yaml));
    return this;
  }

  /** Adds a word to the enumeration of a property of the response. */
  SpecificationEdit word(String property, String word) {
    words(properties().get(property)).add(word);
    return this;
  }

  /** Gives the enumeration of a property of the response a schema of its own. */
  SpecificationEdit enumerationOfItsOwn(String property, String name) {
    schemas().set(name, properties().get(property));
    properties().putObject(property).put("$ref", "#/components/schemas/" + name);
    return this;
  }

  /** Lets a property of the response be null. */
  SpecificationEdit nullable(String property) {
    JsonNode schema = properties().get(property);
    ObjectNode wrapped = properties().putObject(property);
    wrapped.putArray("anyOf").add(schema).addObject().put("type", "null");
    return this;
  }

  /** Lets a property of the response be missing. */
  SpecificationEdit optional(String property) {
    for (Iterator<JsonNode> names = response().get("required").elements(); names.hasNext(); ) {
      if (names.next().asText().equals(property)) {
        names.remove();
      }
    }
    return this;
  }

  /** Adds a parameter to the lookup, described in YAML. */
  SpecificationEdit parameter(String yaml) throws IOException {
    lookup().withArray("parameters").add(YAML.readTree(yaml));
    return this;
  }

  /** Adds an operation, described in YAML. */
  SpecificationEdit operation(String path, String method, String yaml) throws IOException {
    ((ObjectNode) document.get("paths"))
        .withObject("/" + path.replace("/", "~1"))
        .set(method, YAML.readTree(yaml));
    return this;
  }

  /** Puts a prefix before the name of every schema. */
  SpecificationEdit renameSchemas(String prefix) throws IOException {
    String references =
        YAML.writeValueAsString(document)
            .replace("#/components/schemas/", "#/components/schemas/" + prefix);
    ObjectNode renamed = (ObjectNode) YAML.readTree(references);
    JsonNode schemas = renamed.at("/components/schemas");
    ObjectNode underNewNames = ((ObjectNode) renamed.get("components")).putObject("schemas");
    schemas
        .properties()
        .forEach(schema -> underNewNames.set(prefix + schema.getKey(), schema.getValue()));
    return new SpecificationEdit(renamed);
  }

  private ObjectNode lookup() {
    JsonNode paths = document.get("paths");
    return (ObjectNode) paths.get(Specification.lookupPath(paths)).get("get");
  }

  private ObjectNode response() {
    JsonNode reference = lookup().at("/responses/200/content/application~1json/schema/$ref");
    return (ObjectNode) document.at(reference.asText().substring(1));
  }

  private ObjectNode properties() {
    return (ObjectNode) response().get("properties");
  }

  private ObjectNode schemas() {
    return (ObjectNode) document.at("/components/schemas");
  }

  private static ArrayNode words(JsonNode schema) {
    return (ArrayNode) schema.findValue("enum");
  }
}
