package dev.devinsessions.specs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML as maps with string keys, lists and scalars. */
public final class SpecTree {
  private SpecTree() {}

  static Map<String, Object> parse(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(60);
    try {
      return map(plain(new Yaml(new WithoutDates(options)).load(yaml)));
    } catch (YAMLException e) {
      String problem = e.getMessage().replaceAll("\\s*\n\\s*", " ");
      throw (PageException)
          new PageException("the page is not valid YAML: %.300s", problem).initCause(e);
    }
  }

  /** The node as a map; empty if it is not a map. */
  @SuppressWarnings("unchecked") // parse() makes every key a string.
  public static Map<String, Object> map(Object node) {
    return node instanceof Map ? (Map<String, Object>) node : Map.of();
  }

  /** The node as a list; empty if it is not a list. */
  public static List<?> list(Object node) {
    return node instanceof List ? (List<?>) node : List.of();
  }

  private static Object plain(Object node) {
    if (node instanceof Map) {
      Map<String, Object> map = new LinkedHashMap<>();
      ((Map<?, ?>) node).forEach((key, value) -> map.put(String.valueOf(key), plain(value)));
      return map;
    }
    if (node instanceof Iterable) {
      List<Object> list = new ArrayList<>();
      ((Iterable<?>) node).forEach(item -> list.add(plain(item)));
      return list;
    }
    return node;
  }

  /** A date in an example stays a string. */
  private static final class WithoutDates extends SafeConstructor {
    WithoutDates(LoaderOptions options) {
      super(options);
      yamlConstructors.put(Tag.TIMESTAMP, new ConstructYamlStr());
    }
  }
}
