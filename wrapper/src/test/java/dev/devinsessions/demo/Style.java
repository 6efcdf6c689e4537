package dev.devinsessions.demo;

import dev.devinsessions.SessionStatus;
import java.util.Map;

/** Colour, on a terminal that wants it; otherwise plain text. */
final class Style {
  static final Style PLAIN = new Style(false);
  static final Style COLOUR = new Style(true);

  private final boolean isColoured;

  private Style(boolean isColoured) {
    this.isColoured = isColoured;
  }

  /**
   * The style for standard output. {@code STDOUT_IS_TERMINAL} comes from who starts the program,
   * because Java cannot tell: since version 22 {@code System.console()} is there without a terminal
   * too.
   */
  static Style of(Map<String, String> environment) {
    boolean isTerminal = environment.getOrDefault("STDOUT_IS_TERMINAL", "no").equals("yes");
    boolean isRefused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean isDumb = environment.getOrDefault("TERM", "").equals("dumb");
    return isTerminal && !isRefused && !isDumb ? COLOUR : PLAIN;
  }

  String heading(String text) {
    return code("1", text);
  }

  String label(String text) {
    return code("2", text);
  }

  String error(String text) {
    return code("31", text);
  }

  String status(SessionStatus status) {
    switch (status) {
      case FINISHED:
        return code("32", status.name());
      case BLOCKED:
      case SUSPENDED:
        return code("33", status.name());
      case ERROR:
      case EXPIRED:
        return code("31", status.name());
      default:
        return code("36", status.name());
    }
  }

  private String code(String code, String text) {
    return isColoured ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
  }
}
