package dev.devinsessions.specs;

import static java.util.Collections.singletonList;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Rejects names that could inject code into generated classes. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");
  private static final Pattern PATH =
      Pattern.compile("(/([A-Za-z0-9_.~-]+|\\{[A-Za-z0-9_-]+})){1,50}/?");

  /** Keys whose value maps names to schemas or other components. */
  private static final Set<String> MAPS_OF_NAMES =
      Set.of("properties", "patternProperties", "$defs", "definitions", "mapping");

  /** Keys whose value is a name or a list of names, unless they are properties themselves. */
  private static final Set<String> NAMES = Set.of("operationId", "propertyName", "required");

  private Names() {}

  static void check(Map<String, Object> document) {
    SpecTree.map(document.get("paths")).forEach((path, item) -> check(PATH, path, "path"));
    checkBelow(document.get("paths"), false);
    SpecTree.map(document.get("components"))
        .forEach(
            (kind, components) -> {
              checkKeys(components, kind);
              SpecTree.map(components).values().forEach(node -> checkBelow(node, false));
            });
  }

  /**
   * @param areNames whether the keys of the node are names, such as those of properties, which may
   *     equal a keyword
   */
  private static void checkBelow(Object node, boolean areNames) {
    SpecTree.list(node).forEach(item -> checkBelow(item, false));
    Map<String, Object> map = SpecTree.map(node);
    boolean isParameter = !areNames && map.get("in") instanceof String;
    map.forEach(
        (key, value) -> {
          boolean isKeyword = !areNames;
          if (isKeyword && MAPS_OF_NAMES.contains(key)) {
            checkKeys(value, key);
          }
          if (isKeyword && (NAMES.contains(key) || isParameter && key.equals("name"))) {
            List<?> names = value instanceof List ? (List<?>) value : singletonList(value);
            names.forEach(name -> check(NAME, Text.of(name), key));
          }
          if (isKeyword && key.startsWith("x-java")) {
            throw new PageException(
                "the page has the extension %.100s, which the generator writes into generated classes",
                key);
          }
          if (!(isKeyword && Set.of("example", "examples", "default", "enum").contains(key))) {
            checkBelow(value, isKeyword && MAPS_OF_NAMES.contains(key));
          }
        });
  }

  private static void checkKeys(Object node, String what) {
    SpecTree.map(node).keySet().forEach(name -> check(NAME, name, what));
  }

  private static void check(Pattern pattern, String name, String what) {
    if (!pattern.matcher(name).matches()) {
      throw new PageException(
          "%s in %s is not allowed in generated code: it is empty, too long or has unusual characters",
          Text.code(Text.excerpt(name, 100)), what);
    }
  }
}
