package dev.devinsessions.demo;

/** Text from elsewhere, made fit for one line of a terminal. */
final class OneLine {
  private OneLine() {}

  /**
   * The text with each run of white space as one blank, and with what would command the terminal
   * made visible.
   *
   * @param charactersAtMost what is longer ends in an ellipsis; a character is never cut in two
   */
  static String of(String text, int charactersAtMost) {
    StringBuilder line = new StringBuilder();
    text.strip()
        .replaceAll("\\s+", " ")
        .codePoints()
        .limit(charactersAtMost + 1L)
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
    if (line.codePointCount(0, line.length()) > charactersAtMost) {
      line.setLength(line.offsetByCodePoints(0, charactersAtMost - 1));
      line.append('…');
    }
    return line.toString();
  }
}
