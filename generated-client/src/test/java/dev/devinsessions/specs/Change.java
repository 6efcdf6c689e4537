package dev.devinsessions.specs;

import java.util.Set;

/** One difference between two documents. */
final class Change {
  private static final Set<Aspect> NAMED_BY_DETAIL =
      Set.of(Aspect.PROSE, Aspect.OTHER, Aspect.KEYWORD, Aspect.NOTATION);

  private final Place place;
  private final Aspect aspect;
  private final String detail;
  private final String before;
  private final String after;

  /**
   * @param detail which of several of that aspect, such as the keyword; else empty
   * @param before null where the fact was added
   * @param after null where the fact was removed
   */
  Change(Place place, Aspect aspect, String detail, String before, String after) {
    this.place = place;
    this.aspect = aspect;
    this.detail = detail;
    this.before = before;
    this.after = after;
  }

  Place place() {
    return place;
  }

  Aspect aspect() {
    return aspect;
  }

  String detail() {
    return detail;
  }

  String before() {
    return before;
  }

  String after() {
    return after;
  }

  boolean isAdded() {
    return before == null;
  }

  boolean isRemoved() {
    return after == null;
  }

  boolean isAltered() {
    return before != null && after != null;
  }

  /** For people, such as {@code 200 answer, `tags[]`: type `string` → `integer`}. */
  String describe(String lookup) {
    String what =
        NAMED_BY_DETAIL.contains(aspect)
            ? Text.excerpt(detail, SpecReport.MAX_VALUE)
            : aspect.toString();
    String values;
    if (isAdded()) {
      values = " added: " + Text.code(after, "", SpecReport.MAX_VALUE);
    } else if (isRemoved()) {
      values = " removed: " + Text.code(before, "", SpecReport.MAX_VALUE);
    } else {
      String old = Text.code(before, after, SpecReport.MAX_VALUE);
      values = " " + old + " → " + Text.code(after, before, SpecReport.MAX_VALUE);
    }
    return place.describe(lookup) + ": " + what + values;
  }
}
