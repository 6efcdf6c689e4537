package dev.devinsessions.specs;

import java.util.Locale;

/** How bad a change is for applications, mildest first. The worst one is the verdict on a page. */
enum Impact {
  IDENTICAL,
  NEW,
  PROSE_ONLY,
  COMPATIBLE,
  BREAKING;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
