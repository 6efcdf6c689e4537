package dev.devinsessions.specs;

import java.util.Locale;

/**
 * The severity of a change for applications, lowest first. The highest is the verdict on a page.
 */
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
