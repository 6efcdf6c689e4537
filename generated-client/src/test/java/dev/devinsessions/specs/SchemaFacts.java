package dev.devinsessions.specs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The facts of a schema and of everything inside it, by JSON path. */
final class SchemaFacts {
  /** Keywords that {@link #add} has facts of their own for. */
  private static final Set<String> READ =
      Set.of("properties", "required", "items", "format", "default");

  private static final String VALUES = "additionalProperties";

  private final Unfolding unfolding;
  private final Facts facts;
  private final Deque<Set<String>> enclosing = new ArrayDeque<>();

  SchemaFacts(Unfolding unfolding, Facts facts) {
    this.unfolding = unfolding;
    this.facts = facts;
  }

  void add(Place place, Object node) {
    Schema schema = new Schema(unfolding, node);
    if (!schema.name().isEmpty()) {
      facts.add(place, Aspect.SCHEMA_NAME, schema.name());
    }
    facts.add(place, Aspect.TYPE, schema.type());
    facts.add(place, Aspect.NULLABLE, schema.isNullable() ? "nullable" : "not nullable");
    schema.words().forEach(word -> facts.add(place, Aspect.ENUM_WORD, word, word));
    if (!schema.order().isEmpty()) {
      facts.add(place, Aspect.ALTERNATIVES, String.join(", ", schema.order()));
    }
    addKeywords(place, schema);
    // What leads back to a schema around it says nothing that was not said there.
    if (!isRecursive(schema)) {
      addInside(place, schema);
    }
  }

  private void addInside(Place place, Schema schema) {
    if (enclosing.size() > SpecTree.MAX_NESTING) {
      throw new Refusal(
          "the schemas of the page are nested more than "
              + SpecTree.MAX_NESTING
              + " levels deep: it is refused");
    }
    enclosing.push(schema.references());
    addAlternatives(place, schema.alternatives());
    schema
        .properties()
        .forEach((name, property) -> addProperty(place.property(name), name, property, schema));
    if (schema.keywords().get("items") != null) {
      add(place.inside("[]"), schema.keywords().get("items"));
    }
    if (hasValueSchema(schema)) {
      add(place.inside("{}"), schema.keywords().get(VALUES));
    }
    enclosing.pop();
  }

  private static boolean hasValueSchema(Schema schema) {
    return !SpecTree.map(schema.keywords().get(VALUES)).isEmpty();
  }

  private boolean isRecursive(Schema schema) {
    return enclosing.stream()
        .anyMatch(outer -> schema.references().stream().anyMatch(outer::contains));
  }

  private void addProperty(Place place, String name, Object node, Schema owner) {
    boolean required = owner.required().contains(name);
    String necessity = required ? "required" : "optional";
    facts.add(place, Aspect.PROPERTY, necessity + " " + new Schema(unfolding, node).summary());
    facts.add(place, Aspect.REQUIRED, necessity);
    add(place, node);
  }

  private void addKeywords(Place place, Schema schema) {
    schema
        .keywords()
        .forEach(
            (key, value) -> {
              if (key.equals("format")) {
                facts.add(place, Aspect.FORMAT, Text.of(value));
              } else if (key.equals("default")) {
                facts.add(place, Aspect.DEFAULT, Text.of(value));
              } else if (Facts.isProse(key)) {
                facts.add(place, Aspect.PROSE, key, Text.of(value));
              } else if (!READ.contains(key) && !(key.equals(VALUES) && hasValueSchema(schema))) {
                facts.add(place, Aspect.KEYWORD, key, Text.of(value));
              }
            });
    for (Object name : schema.required()) {
      if (!schema.properties().containsKey(name)) {
        facts.add(
            place, Aspect.KEYWORD, "required without a schema: " + Text.of(name), Text.of(name));
      }
    }
  }

  /**
   * Alternatives are matched by schema name, or by type where they are written in place, never by
   * their order.
   */
  private void addAlternatives(Place place, List<Object> alternatives) {
    Map<String, Integer> seen = new HashMap<>();
    for (Object alternative : alternatives) {
      Schema schema = new Schema(unfolding, alternative);
      String name = schema.name().isEmpty() ? schema.label() : schema.name();
      int count = seen.merge(name, 1, Integer::sum);
      add(place.inside("<" + name + (count > 1 ? " " + count : "") + ">"), alternative);
    }
  }
}
