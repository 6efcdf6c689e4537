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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Java of the README, of the Chinese quick start and of the Javadoc is text of the files beside
 * this one, or of the programs in {@code src/it}, and so it compiles.
 */
class ReadmeTest {
  private static final Path EXAMPLES = Path.of("src/test/java/dev/devinsessions/examples");
  private static final Path PROGRAMS = Path.of("src/it");
  private static final Path PUBLIC = Path.of("src/main/java/dev/devinsessions");
  private static final String README = read(Path.of("..", "README.md"));
  private static final String QUICK_START = read(Path.of("..", "specs", "quick-start.zh.md"));
  private static final Pattern JAVA =
      Pattern.compile("^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern JAVADOC =
      Pattern.compile("<pre>\\{@code\n(.*?)^ *\\* \\}</pre>", Pattern.MULTILINE | Pattern.DOTALL);

  @Test
  void firstBlockIsTheWholeOfFirstLookup() {
    assertEquals(wholeExample("FirstLookup.java"), blocks(JAVA, README).get(0));
  }

  @Test
  void firstBlockStartsByLineTen() {
    long linesBefore = README.substring(0, README.indexOf("```java")).lines().count();

    assertTrue(linesBefore < 10, "the first block starts on line " + (linesBefore + 1));
  }

  @Test
  void theQuickStartBeginsWithAWholeProgram() {
    assertEquals(wholeExample("QuickStart.java"), blocks(JAVA, QUICK_START).get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"package-info.java", "SessionLookup.java"})
  void theJavadocShowsAProgramThatRuns(String file) {
    String javadoc = read(PUBLIC.resolve(file));
    List<String> programs = blocks(JAVADOC, javadoc);

    assertEquals(1, programs.size());
    assertIsText(programs.get(0).replaceAll("(?m)^ *\\* ?", ""));
    assertTrue(programs.get(0).contains("public static void main("), programs.get(0));
  }

  @Test
  void everyBlockIsTextOfAnExample() {
    blocks(JAVA, README).forEach(ReadmeTest::assertIsText);
    blocks(JAVA, QUICK_START).forEach(ReadmeTest::assertIsText);
  }

  private static void assertIsText(String block) {
    assertTrue(
        Stream.of(EXAMPLES, PROGRAMS)
            .flatMap(ReadmeTest::javaFiles)
            .anyMatch(file -> unindented(read(file)).contains(unindented(block))),
        "in no file of " + EXAMPLES + " or " + PROGRAMS + ":\n" + block);
  }

  private static Stream<Path> javaFiles(Path folder) {
    if (!Files.exists(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).collect(toList()).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String wholeExample(String file) {
    return read(EXAMPLES.resolve(file)).replaceFirst("package .*;\n\n", "");
  }

  private static List<String> blocks(Pattern pattern, String text) {
    return pattern
        .matcher(text)
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
