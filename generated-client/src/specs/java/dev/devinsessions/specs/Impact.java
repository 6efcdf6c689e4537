package dev.devinsessions.specs;

import java.util.Locale;

/** How bad a change is for applications, mildest first. The worst one is the verdict on a page. */
enum Impact {
  IDENTICAL("Identical"),
  PROSE_ONLY("Prose only"),
  COMPATIBLE("Compatible"),
  BREAKING("Breaking");

  private final String heading;

  Impact(String heading) {
    this.heading = heading;
  }

  String heading() {
    return heading;
  }

  @Override
  public String toString() {
    return heading.toLowerCase(Locale.ROOT);
  }
}
