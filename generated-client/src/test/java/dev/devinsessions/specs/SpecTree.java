package dev.devinsessions.specs;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML as maps with text keys, lists and scalars, read without trusting it: no alias, no tag, one
 * document, bounded in nesting and in the number of its nodes. Whatever passes is safe for the
 * generator's parser, which has no such bounds.
 */
final class SpecTree {
  static final int MAX_NESTING = 60;

  /** The specs have about 1,000. */
  static final int MAX_NODES = 100_000;

  /** Reading a line takes the YAML library time that grows with the square of its length. */
  static final int MAX_LINE = 100_000;

  private SpecTree() {}

  static Map<String, Object> parse(String yaml) {
    try {
      check(yaml);
      Object tree = yaml().load(yaml);
      if (!(tree instanceof Map)) {
        throw new Refusal("the YAML is no mapping of keys to values: it is no OpenAPI file");
      }
      return map(plain(tree));
    } catch (MarkedYAMLException e) {
      String line =
          e.getProblemMark() == null
              ? ""
              : " (line " + (e.getProblemMark().getLine() + 1) + " of the YAML)";
      throw new Refusal(
          "this is no valid YAML: " + e.getProblem() + line + ": download the page again", e);
    } catch (YAMLException e) {
      throw new Refusal(
          "this is no valid YAML: " + e.getMessage() + ": download the page again", e);
    }
  }

  /** The node as a map, an empty one where it is none. */
  @SuppressWarnings("unchecked") // parse() makes every key a text.
  static Map<String, Object> map(Object node) {
    return node instanceof Map ? (Map<String, Object>) node : Map.of();
  }

  /** The node as a list, an empty one where it is none. */
  static List<?> list(Object node) {
    return node instanceof List ? (List<?>) node : List.of();
  }

  /** The events come one at a time: a bomb is refused before anything is built from it. */
  private static void check(String yaml) {
    if (yaml.lines().anyMatch(line -> line.length() > MAX_LINE)) {
      throw new Refusal(
          "the YAML has a line of more than "
              + MAX_LINE
              + " characters, as no spec has: it is refused");
    }
    int nodes = 0;
    int nesting = 0;
    int documents = 0;
    for (Event event : yaml().parse(new StringReader(yaml))) {
      int line = event.getStartMark().getLine() + 1;
      if (event instanceof AliasEvent
          || event instanceof NodeEvent && ((NodeEvent) event).getAnchor() != null) {
        throw new Refusal(
            "the YAML has an anchor or alias in line "
                + line
                + ", which no such spec has: it is refused");
      }
      if (event instanceof ScalarEvent && ((ScalarEvent) event).getTag() != null
          || event instanceof CollectionStartEvent
              && ((CollectionStartEvent) event).getTag() != null) {
        throw new Refusal(
            "the YAML has a tag in line " + line + ", which no such spec has: it is refused");
      }
      nodes += event instanceof NodeEvent ? 1 : 0;
      nesting +=
          event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
      documents += event instanceof DocumentStartEvent ? 1 : 0;
      if (nodes > MAX_NODES) {
        throw new Refusal(
            "the YAML has more than "
                + MAX_NODES
                + " values: no such spec is that large, it is refused");
      }
      if (nesting > MAX_NESTING) {
        throw new Refusal(
            "the YAML is nested more than "
                + MAX_NESTING
                + " levels deep in line "
                + line
                + ": it is refused");
      }
      if (documents > 1) {
        throw new Refusal(
            "the YAML has a second document in line " + line + ": give a page with one");
      }
    }
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(MAX_NESTING + 1);
    options.setCodePointLimit(2 * PageReader.MAX_BYTES);
    DumperOptions dumper = new DumperOptions();
    return new Yaml(
        new SafeConstructor(options), new Representer(dumper), dumper, options, new NoTimestamps());
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

  /** A date in an example stays the text that it is. */
  private static final class NoTimestamps extends Resolver {
    @Override
    public void addImplicitResolver(Tag tag, Pattern regexp, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, regexp, first, limit);
      }
    }
  }
}
