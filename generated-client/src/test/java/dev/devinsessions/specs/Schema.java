package dev.devinsessions.specs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A schema in one notation: references followed, {@code allOf} merged, and the three ways to say
 * nullable (an {@code anyOf} with null, a list of types with null, {@code nullable: true}) made
 * one.
 */
final class Schema {
  private static final Set<String> TYPES =
      Set.of("string", "number", "integer", "boolean", "array", "object", "null");

  private final Unfolding unfolding;
  private final Set<String> references = new LinkedHashSet<>();
  private final List<String> order = new ArrayList<>();
  private final List<Object> alternatives = new ArrayList<>();
  private final Set<String> words = new LinkedHashSet<>();
  private final Map<String, Object> keywords;
  private boolean nullable;
  private String type;

  Schema(Unfolding unfolding, Object node) {
    this.unfolding = unfolding;
    keywords = flat(node, 0);
    readTypes();
    readEnum();
    if (Boolean.TRUE.equals(keywords.remove("nullable"))) {
      nullable = true;
    }
  }

  /** Such as {@code string}, {@code any}, or {@code any of integer, string}. */
  String type() {
    return type;
  }

  boolean isNullable() {
    return nullable;
  }

  /** The values that are allowed, empty where all are. */
  Set<String> words() {
    return words;
  }

  /** The schemas of which the value has one, where there are several. */
  List<Object> alternatives() {
    return alternatives;
  }

  /** The alternatives as they are listed, null among them; empty where nothing is listed. */
  List<String> order() {
    return order;
  }

  /** The references that led here, outermost first. */
  Set<String> references() {
    return references;
  }

  /**
   * The name of the schema that generated code takes its class name from; empty for one written in
   * place.
   */
  String name() {
    return references.isEmpty() ? "" : references.iterator().next().replaceFirst(".*/", "");
  }

  /** What is left when type, nullability, alternatives and enum words are taken out. */
  Map<String, Object> keywords() {
    return keywords;
  }

  Map<String, Object> properties() {
    return SpecTree.map(keywords.get("properties"));
  }

  List<?> required() {
    return SpecTree.list(keywords.get("required"));
  }

  /** Type and format, such as {@code string (date-time)}. */
  String label() {
    Object format = keywords.get("format");
    return format == null ? type : type + " (" + format + ")";
  }

  /** The same for people: {@code nullable array of object}. */
  String summary() {
    Object items = keywords.get("items");
    String of =
        type.equals("array") && items != null ? " of " + new Schema(unfolding, items).label() : "";
    return (nullable ? "nullable " : "") + label() + of;
  }

  private Map<String, Object> flat(Object node, int depth) {
    if (depth > SpecTree.MAX_NESTING) {
      throw new Refusal(
          "the schemas of the page are merged more than "
              + SpecTree.MAX_NESTING
              + " levels deep: it is refused");
    }
    if (SpecDocument.reference(node) != null) {
      references.add(SpecDocument.reference(node));
    }
    Object resolved = unfolding.resolve(node);
    Map<String, Object> map = new LinkedHashMap<>(SpecTree.map(resolved));
    if (Boolean.FALSE.equals(resolved)) {
      map.put("not", Map.of());
    }
    for (Object member : SpecTree.list(map.remove("allOf"))) {
      merge(map, flat(member, depth + 1));
    }
    String combiner = map.get("anyOf") instanceof List ? "anyOf" : "oneOf";
    List<?> members = SpecTree.list(map.get(combiner));
    if (members.isEmpty() || !alternatives.isEmpty()) {
      return map;
    }
    map.remove(combiner);
    List<Object> present =
        members.stream().filter(member -> !isNull(member)).collect(Collectors.toList());
    nullable |= present.size() < members.size();
    if (present.size() == 1) {
      order.addAll(labels(members));
      merge(map, flat(present.get(0), depth + 1));
    } else if (!present.isEmpty()) {
      order.addAll(labels(members));
      alternatives.addAll(present);
      String labels = labels(present).stream().sorted().collect(Collectors.joining(", "));
      type = (combiner.equals("anyOf") ? "any of " : "one of ") + labels;
    } else {
      type = "null";
    }
    return map;
  }

  private List<String> labels(List<?> members) {
    List<String> labels = new ArrayList<>();
    for (Object member : members) {
      labels.add(isNull(member) ? "null" : new Schema(unfolding, member).label());
    }
    return labels;
  }

  private static void merge(Map<String, Object> into, Map<String, Object> other) {
    other.forEach(
        (key, value) -> {
          if (key.equals("properties")) {
            Map<String, Object> properties = new LinkedHashMap<>(SpecTree.map(value));
            properties.putAll(SpecTree.map(into.get(key)));
            into.put(key, properties);
          } else if (key.equals("required")) {
            Set<Object> required = new LinkedHashSet<>(SpecTree.list(into.get(key)));
            required.addAll(SpecTree.list(value));
            into.put(key, new ArrayList<>(required));
          } else {
            into.putIfAbsent(key, value);
          }
        });
  }

  private void readTypes() {
    Object given = keywords.remove("type");
    List<?> types =
        given instanceof List ? (List<?>) given : given == null ? List.of() : List.of(given);
    for (Object word : types) {
      if (!TYPES.contains(word)) {
        throw new Refusal(
            "the page has the type "
                + word
                + ", which JSON does not know: it is broken, download it again");
      }
    }
    List<String> present =
        types.stream()
            .map(String::valueOf)
            .filter(word -> !word.equals("null"))
            .sorted()
            .collect(Collectors.toList());
    if (given instanceof List) {
      types.forEach(word -> order.add(word.toString()));
    }
    nullable |= present.size() < types.size();
    if (type == null) {
      String none = types.isEmpty() ? "any" : "null";
      type = present.isEmpty() ? none : String.join(" or ", present);
    }
  }

  private void readEnum() {
    Object only =
        keywords.containsKey("const")
            ? Collections.singletonList(keywords.remove("const"))
            : keywords.remove("enum");
    for (Object word : SpecTree.list(only)) {
      if (word == null) {
        nullable = true;
      } else {
        words.add(Text.of(word));
      }
    }
  }

  private static boolean isNull(Object member) {
    Object type = SpecTree.map(member).get("type");
    return "null".equals(type) || List.of("null").equals(type);
  }
}
