package dev.devinsessions.specs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything a document says, one fact each: a place, an aspect, a value. References are followed
 * and notations made one, so that two documents say the same if and only if their facts are equal.
 */
final class Facts {
  /** The specs have about 400 each. What unfolds to more is built to exhaust its reader. */
  static final int MAX_FACTS = 50_000;

  private static final Set<String> PROSE_KEYS =
      Set.of(
          "title",
          "summary",
          "description",
          "example",
          "examples",
          "externalDocs",
          "tags",
          "contact",
          "license",
          "termsOfService",
          "$comment");

  private final Map<String, Fact> facts = new LinkedHashMap<>();

  /** One fact. */
  static final class Fact {
    final Place place;
    final Aspect aspect;

    /** Which of several of that aspect, such as the enum word or the keyword; else empty. */
    final String detail;

    final String value;

    private Fact(Place place, Aspect aspect, String detail, String value) {
      this.place = place;
      this.aspect = aspect;
      this.detail = detail;
      this.value = value;
    }
  }

  void add(Place place, Aspect aspect, String value) {
    add(place, aspect, "", value);
  }

  void add(Place place, Aspect aspect, String detail, String value) {
    facts.put(place + "\0" + aspect + "\0" + detail, new Fact(place, aspect, detail, value));
    if (facts.size() > MAX_FACTS) {
      throw new Refusal(
          "the page unfolds to more than "
              + MAX_FACTS
              + " facts: no such spec is that large, it is refused");
    }
  }

  /** Every leaf under a node that has no meaning of its own here. */
  void addLeaves(Place place, String name, Object node) {
    addLeaves(place, name, node, PROSE_KEYS.contains(name) ? Aspect.PROSE : Aspect.OTHER);
  }

  private void addLeaves(Place place, String name, Object node, Aspect aspect) {
    Map<String, Object> map = SpecTree.map(node);
    List<?> list = SpecTree.list(node);
    map.forEach(
        (key, value) ->
            addLeaves(
                place, name + "." + key, value, PROSE_KEYS.contains(key) ? Aspect.PROSE : aspect));
    for (int i = 0; i < list.size(); i++) {
      addLeaves(place, name + "[" + i + "]", list.get(i), aspect);
    }
    if (map.isEmpty() && list.isEmpty()) {
      add(place, aspect, name, Text.of(node));
    }
  }

  static boolean isProse(String key) {
    return PROSE_KEYS.contains(key);
  }

  Map<String, Fact> all() {
    return Collections.unmodifiableMap(facts);
  }
}
