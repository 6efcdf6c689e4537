package dev.devinsessions.specs;

import dev.devinsessions.specs.Facts.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What changed between two editions of one specification. */
final class SpecDiff {
  /** What has facts inside it: those come and go with it and need not be named one by one. */
  private static final Set<Aspect> CONTAINERS =
      Set.of(
          Aspect.OPERATION,
          Aspect.ANSWER,
          Aspect.PARAMETER,
          Aspect.REQUEST_BODY,
          Aspect.MEDIA_TYPE,
          Aspect.PROPERTY);

  private static final Set<Aspect> PARTS =
      Set.of(Aspect.ANSWER, Aspect.PARAMETER, Aspect.REQUEST_BODY);

  private final Map<String, Fact> before;
  private final Map<String, Fact> after;
  private final Set<String> wholes = new HashSet<>();

  /**
   * The properties whose type altered: what is inside of such a list or map comes and goes with the
   * type.
   */
  private final Set<String> retyped = new HashSet<>();

  private final List<Change> changes = new ArrayList<>();

  private SpecDiff(Facts before, Facts after) {
    this.before = before.all();
    this.after = after.all();
  }

  /**
   * The changes in the order of the old document, additions last; none where both say the same.
   *
   * @param beforePath the path of the operation that the library calls, and likewise {@code
   *     afterPath}
   * @param lookup the name of that operation
   */
  static List<Change> between(
      SpecDocument before, String beforePath, SpecDocument after, String afterPath, String lookup) {
    if (before.tree().equals(after.tree())) {
      return List.of();
    }
    SpecDiff diff =
        new SpecDiff(
            SpecFacts.of(before, beforePath, lookup), SpecFacts.of(after, afterPath, lookup));
    diff.compare();
    if (diff.changes.isEmpty()) {
      // The same facts from different trees: another order, or another way to write the same.
      diff.compareNotation("", before.tree(), after.tree());
    }
    return diff.changes;
  }

  private void compare() {
    Set<String> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      Fact any = before.getOrDefault(key, after.get(key));
      if (CONTAINERS.contains(any.aspect) && before.containsKey(key) != after.containsKey(key)) {
        wholes.add(container(any.aspect, any.place));
      }
      if (any.aspect == Aspect.TYPE
          && before.containsKey(key)
          && after.containsKey(key)
          && !before.get(key).value.equals(after.get(key).value)) {
        retyped.add(any.place.toString());
      }
    }
    for (String key : keys) {
      compare(before.get(key), after.get(key));
    }
  }

  private void compare(Fact old, Fact young) {
    Fact any = old == null ? young : old;
    if (old != null && young != null) {
      // An altered container is named by what altered in it.
      if (!old.value.equals(young.value)
          && !CONTAINERS.contains(any.aspect)
          && !isNamedElsewhere(old, young)) {
        changes.add(new Change(any.place, any.aspect, any.detail, old.value, young.value));
      }
    } else if (!isInsideAWhole(any) && any.aspect != Aspect.ALTERNATIVES) {
      String added = old == null ? any.value : null;
      changes.add(
          new Change(any.place, any.aspect, any.detail, old == null ? null : any.value, added));
    }
  }

  /** Other alternatives, not another order: the type, or nullable, says so. */
  private static boolean isNamedElsewhere(Fact old, Fact young) {
    return old.aspect == Aspect.ALTERNATIVES && !words(old).equals(words(young));
  }

  private static List<String> words(Fact alternatives) {
    return Arrays.stream(alternatives.value.split(", ")).sorted().collect(Collectors.toList());
  }

  private boolean isInsideAWhole(Fact fact) {
    Place place = fact.place;
    if (fact.aspect == Aspect.OPERATION) {
      return false;
    }
    if (wholes.contains(container(Aspect.OPERATION, place))) {
      return true;
    }
    if (PARTS.contains(fact.aspect)) {
      return false;
    }
    if (wholes.contains(container(Aspect.ANSWER, place))) {
      return true;
    }
    if (fact.aspect == Aspect.MEDIA_TYPE) {
      return false;
    }
    if (wholes.contains(container(Aspect.MEDIA_TYPE, place))) {
      return true;
    }
    // A property inside of another one that was added is named all the same.
    return fact.aspect != Aspect.PROPERTY
        && (wholes.contains(container(Aspect.PROPERTY, place)) || isInsideARetyped(place));
  }

  private boolean isInsideARetyped(Place place) {
    for (Place holder = place.holder(); holder != null; holder = holder.holder()) {
      if (retyped.contains(holder.toString())) {
        return true;
      }
    }
    return false;
  }

  private static String container(Aspect aspect, Place place) {
    String part = place.operation() + "\0" + place.part();
    switch (aspect) {
      case OPERATION:
        return place.operation();
      case MEDIA_TYPE:
        return part + "\0" + place.media();
      case PROPERTY:
        return part + "\0" + place.media() + "\0" + place.property();
      default:
        return part;
    }
  }

  private void compareNotation(String where, Object old, Object young) {
    Map<String, Object> oldMap = SpecTree.map(old);
    Map<String, Object> youngMap = SpecTree.map(young);
    if (old instanceof Map && young instanceof Map) {
      Set<String> keys = new LinkedHashSet<>(oldMap.keySet());
      keys.addAll(youngMap.keySet());
      String prefix = where.isEmpty() ? "" : where + ".";
      keys.forEach(key -> compareNotation(prefix + key, oldMap.get(key), youngMap.get(key)));
    } else if (!Objects.equals(old, young)) {
      String oldText = old == null ? null : Text.of(old);
      changes.add(
          new Change(
              Place.DOCUMENT,
              Aspect.NOTATION,
              where,
              oldText,
              young == null ? null : Text.of(young)));
    }
  }

  /** For each removed property the one added beside it that looks alike: perhaps a new name. */
  static Map<Change, Change> renames(List<Change> changes) {
    Map<Change, Change> renames = new HashMap<>();
    for (Change removed : changes) {
      if (removed.aspect() == Aspect.PROPERTY && removed.isRemoved()) {
        changes.stream()
            .filter(added -> added.aspect() == Aspect.PROPERTY && added.isAdded())
            .filter(added -> added.place().operation().equals(removed.place().operation()))
            .filter(added -> added.place().part().equals(removed.place().part()))
            .filter(added -> added.place().parent().equals(removed.place().parent()))
            .filter(added -> added.after().equals(removed.before()))
            .filter(added -> !renames.containsValue(added))
            .findFirst()
            .ifPresent(added -> renames.put(removed, added));
      }
    }
    return renames;
  }
}
