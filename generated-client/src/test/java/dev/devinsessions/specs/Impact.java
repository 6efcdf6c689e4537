package dev.devinsessions.specs;

/**
 * How bad a change is for a program that looks sessions up, mildest first. The worst one is the
 * verdict on a page.
 */
enum Impact {
  IDENTICAL("identical"),
  PROSE_ONLY("prose only"),
  COMPATIBLE("compatible"),
  BREAKING("breaking");

  private final String words;

  Impact(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
