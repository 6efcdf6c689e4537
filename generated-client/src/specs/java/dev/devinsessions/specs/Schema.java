package dev.devinsessions.specs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A schema in normalized form: references are followed, {@code allOf} is merged, and the ways to
 * allow null (in an {@code anyOf}, {@code oneOf}, {@code enum} or list of types, or with {@code
 * nullable: true}) are unified.
 */
public final class Schema {
  private static final Set<String> TYPES =
      Set.of("string", "number", "integer", "boolean", "array", "object", "null");

  private final Map<String, Schema> properties = new LinkedHashMap<>();
  final Set<String> required = new LinkedHashSet<>();
  private final Set<String> enumValues = new LinkedHashSet<>();
  private final List<Schema> alternatives = new ArrayList<>();

  /** The {@code allOf} members. */
  final List<String> members = new ArrayList<>();

  private final Set<String> references = new LinkedHashSet<>();

  /** The keywords that have no field of their own. */
  final Map<String, Object> keywords;

  private boolean isNullable;
  private String type;
  private Schema items;
  private Schema values;

  /**
   * @param enclosing the references to enclosing schemas; a recursive schema is left empty
   */
  Schema(Spec spec, Object node, Set<String> enclosing) {
    spec.countSchema();
    keywords = flatten(spec, node, enclosing, Set.of());
    readTypes();
    readEnum();
    isNullable |= Boolean.TRUE.equals(keywords.remove("nullable"));
    SpecTree.list(keywords.remove("required")).forEach(name -> required.add(Text.of(name)));
    Map<String, Object> named = SpecTree.map(keywords.remove("properties"));
    Object item = keywords.remove("items");
    Object value = keywords.get("additionalProperties");
    if (references.stream().noneMatch(enclosing::contains)) {
      Set<String> nestedEnclosing = new LinkedHashSet<>(enclosing);
      nestedEnclosing.addAll(references);
      named.forEach(
          (name, property) -> properties.put(name, new Schema(spec, property, nestedEnclosing)));
      items = item == null ? null : new Schema(spec, item, nestedEnclosing);
      if (!SpecTree.map(value).isEmpty()) {
        keywords.remove("additionalProperties");
        values = new Schema(spec, value, nestedEnclosing);
      }
    }
  }

  /** For example, {@code string}, {@code any}, {@code integer or string} or {@code any of …}. */
  public String type() {
    return type;
  }

  public String format() {
    return Text.of(keywords.getOrDefault("format", ""));
  }

  public boolean isNullable() {
    return isNullable;
  }

  /** The allowed values; empty if any value is allowed. */
  public Set<String> enumValues() {
    return enumValues;
  }

  public Map<String, Schema> properties() {
    return properties;
  }

  public boolean requires(String property) {
    return required.contains(property);
  }

  /** The alternatives of {@code anyOf} or {@code oneOf}; empty if there is only one. */
  public List<Schema> alternatives() {
    return alternatives;
  }

  /** The items of a list; null if unspecified. */
  public Schema items() {
    return items;
  }

  /** The values of a map; null if unspecified. */
  public Schema values() {
    return values;
  }

  /** The name of the referenced schema, which the generated class takes; empty if inline. */
  public String name() {
    return references.isEmpty() ? "" : references.iterator().next().replaceFirst(".*/", "");
  }

  /** Type and format, such as {@code string (date-time)}. */
  String label() {
    return format().isEmpty() ? type : type + " (" + format() + ")";
  }

  String summary() {
    String of = type.equals("array") && items != null ? " of " + items.label() : "";
    return (isNullable ? "nullable " : "") + label() + of;
  }

  private Map<String, Object> flatten(
      Spec spec, Object node, Set<String> enclosing, Set<String> merging) {
    spec.countSchema();
    Object resolved = node;
    Set<String> chain = new LinkedHashSet<>(merging);
    for (String ref = Spec.reference(node); ref != null; ref = Spec.reference(resolved)) {
      if (!chain.add(ref)) {
        throw new PageException("the reference %s refers to itself", ref);
      }
      resolved = spec.followOnce(resolved);
      references.add(ref);
    }
    Map<String, Object> map = new LinkedHashMap<>(SpecTree.map(resolved));
    if (Boolean.FALSE.equals(resolved)) {
      map.put("not", Map.of());
    }
    for (Object member : SpecTree.list(map.remove("allOf"))) {
      String ref = Spec.reference(member);
      members.add(ref == null ? "inline" : ref.replaceFirst(".*/", ""));
      merge(map, flatten(spec, member, enclosing, chain));
    }
    String combiner = map.get("anyOf") instanceof List ? "anyOf" : "oneOf";
    if (SpecTree.list(map.get(combiner)).isEmpty() || !alternatives.isEmpty()) {
      return map;
    }
    List<?> choices = SpecTree.list(map.remove(combiner));
    List<Object> present =
        choices.stream().filter(choice -> !isNull(choice)).collect(Collectors.toList());
    isNullable |= present.size() < choices.size();
    if (present.size() == 1) {
      merge(map, flatten(spec, present.get(0), enclosing, chain));
      return map;
    }
    if (references.stream().anyMatch(enclosing::contains)) {
      return map;
    }
    Set<String> nestedEnclosing = new LinkedHashSet<>(enclosing);
    nestedEnclosing.addAll(references);
    present.forEach(choice -> alternatives.add(new Schema(spec, choice, nestedEnclosing)));
    type =
        (combiner.equals("anyOf") ? "any of " : "one of ")
            + alternatives.stream().map(Schema::label).sorted().collect(Collectors.joining(", "));
    return map;
  }

  private static void merge(Map<String, Object> into, Map<String, Object> other) {
    other.forEach(
        (key, value) -> {
          if (key.equals("properties")) {
            Map<String, Object> properties = new LinkedHashMap<>(SpecTree.map(value));
            properties.putAll(SpecTree.map(into.get(key)));
            into.put(key, properties);
          } else if (key.equals("required")) {
            Set<Object> names = new LinkedHashSet<>(SpecTree.list(into.get(key)));
            names.addAll(SpecTree.list(value));
            into.put(key, new ArrayList<>(names));
          } else {
            into.putIfAbsent(key, value);
          }
        });
  }

  private void readTypes() {
    Object given = keywords.remove("type");
    List<?> types =
        given instanceof List ? (List<?>) given : given == null ? List.of() : List.of(given);
    Set<String> present = new TreeSet<>();
    for (Object word : types) {
      if (!TYPES.contains(word)) {
        throw new PageException("the type %.100s is not a JSON Schema type", word);
      }
      present.add(word.toString());
    }
    isNullable |= present.remove("null");
    if (type == null) {
      type = !present.isEmpty() ? String.join(" or ", present) : types.isEmpty() ? "any" : "null";
      if (types.isEmpty() && keywords.containsKey("properties")) {
        type = "object";
      }
    }
  }

  private void readEnum() {
    List<Object> allowed = new ArrayList<>(SpecTree.list(keywords.remove("enum")));
    if (keywords.containsKey("const")) {
      allowed.add(keywords.remove("const"));
    }
    for (Object word : allowed) {
      if (word == null) {
        isNullable = true;
      } else {
        enumValues.add(Text.of(word));
      }
    }
  }

  private static boolean isNull(Object choice) {
    Object type = SpecTree.map(choice).get("type");
    return "null".equals(type) || List.of("null").equals(type);
  }
}
