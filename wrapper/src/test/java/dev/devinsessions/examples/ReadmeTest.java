package dev.devinsessions.examples;

import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's Java is text of the files beside this one, and so it compiles. */
class ReadmeTest {
  private static final Path EXAMPLES = Path.of("src/test/java/dev/devinsessions/examples");
  private static final String README = read(Path.of("..", "README.md"));
  private static final Pattern JAVA =
      Pattern.compile("^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @Test
  void firstBlockIsTheWholeOfFirstLookup() {
    String file = read(EXAMPLES.resolve("FirstLookup.java"));

    assertEquals(file.replaceFirst("package .*;\n\n", ""), blocks().get(0));
  }

  @Test
  void firstBlockStartsByLineTen() {
    long linesBefore = README.substring(0, README.indexOf("```java")).lines().count();

    assertTrue(linesBefore < 10, "the first block starts on line " + (linesBefore + 1));
  }

  @Test
  void everyBlockIsTextOfAnExample() throws IOException {
    List<String> examples;
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      examples = files.map(file -> unindented(read(file))).collect(toList());
    }

    for (String block : blocks()) {
      assertTrue(
          examples.stream().anyMatch(example -> example.contains(unindented(block))),
          "in no file of " + EXAMPLES + ":\n" + block);
    }
  }

  private static List<String> blocks() {
    return JAVA.matcher(README)
        .results()
        .map((MatchResult block) -> block.group(1))
        .collect(toList());
  }

  private static String unindented(String text) {
    return text.replaceAll("(?m)^ +", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
