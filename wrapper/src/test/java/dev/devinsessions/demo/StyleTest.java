package dev.devinsessions.demo;

import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {
  @Test
  void colourTakesATerminalThatWantsIt() {
    assertSame(
        Style.COLOUR,
        Style.of(Map.of("STDOUT_IS_TERMINAL", "yes", "TERM", "xterm", "NO_COLOR", "")));
    assertSame(Style.PLAIN, Style.of(Map.of("STDOUT_IS_TERMINAL", "no", "TERM", "xterm")));
    assertSame(Style.PLAIN, Style.of(Map.of("STDOUT_IS_TERMINAL", "yes", "NO_COLOR", "1")));
    assertSame(Style.PLAIN, Style.of(Map.of("STDOUT_IS_TERMINAL", "yes", "TERM", "dumb")));
    assertSame(Style.PLAIN, Style.of(Map.of()));
  }
}
