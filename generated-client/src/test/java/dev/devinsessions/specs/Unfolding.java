package dev.devinsessions.specs;

import java.util.HashSet;
import java.util.Set;

/**
 * Follows the references of one document, bounds the work of it, and remembers where it has been.
 */
final class Unfolding {
  private static final int MAX_STEPS = 500_000;

  private final SpecDocument document;
  private final Set<String> followed = new HashSet<>();
  private int steps;

  Unfolding(SpecDocument document) {
    this.document = document;
  }

  /** The node, or what it refers to. What is small on the page may unfold without end. */
  Object resolve(Object node) {
    if (++steps > MAX_STEPS) {
      throw new Refusal("the schemas of the page unfold without end: it is refused");
    }
    // Each link of a chain of references: none of them is a component that nothing uses.
    String ref = SpecDocument.reference(node);
    while (ref != null && followed.add(ref)) {
      ref = SpecDocument.reference(document.follow(ref));
    }
    return document.resolve(node);
  }

  boolean hasFollowed(String reference) {
    return followed.contains(reference);
  }
}
