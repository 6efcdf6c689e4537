package dev.devinsessions.examples;

import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java and Kotlin in the documents and in Javadoc matches compiled programs. */
class ReadmeTest {
  private static final Path PROJECT = Path.of("..");
  private static final Path EXAMPLES = Path.of("src/test/java/dev/devinsessions/examples");
  private static final Pattern BLOCK_OR_CELL =
      Pattern.compile("(?ms)(^```\\w+\n.*?^```$|^\\| `[^|\n]+` \\|)");
  private static final Pattern JAVA = Pattern.compile("(?ms)^```(?:java|kotlin)\n(.*?)^```$");
  private static final Pattern JAVADOC = Pattern.compile("(?ms)<pre>\\{@code\n(.*?)^\\}</pre>");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]+)[^):]*\\)");

  @Test
  void showsACompleteProgramByLineTen() throws IOException {
    String readme = read(PROJECT.resolve("README.md"));
    String program = read(EXAMPLES.resolve("FirstLookup.java")).replaceFirst("package .*;\n\n", "");

    assertEquals(program, find(JAVA, readme).get(0));
    assertTrue(readme.substring(0, readme.indexOf("```java")).lines().count() < 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh.md", "wrapper/src/it/README.md"})
  void javaBlocksMatchPrograms(String document) throws IOException {
    assertMatchPrograms(find(JAVA, read(PROJECT.resolve(document))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"package-info.java", "SessionLookup.java"})
  void javadocExamplesMatchPrograms(String file) throws IOException {
    String javadoc = read(Path.of("src/main/java/dev/devinsessions", file));

    assertMatchPrograms(find(JAVADOC, javadoc.replaceAll("(?m)^ \\* ?", "")));
  }

  @Test
  void chineseReadmeHasTheSameBlocksAndTables() throws IOException {
    String english = read(PROJECT.resolve("README.md"));
    String chinese = read(PROJECT.resolve("README.zh.md"));

    assertEquals(find(BLOCK_OR_CELL, english), find(BLOCK_OR_CELL, chinese));
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md"})
  void linksPointToFiles(String document) throws IOException {
    for (String link : find(LINK, read(PROJECT.resolve(document)))) {
      assertTrue(Files.exists(PROJECT.resolve(link)), link);
    }
  }

  private static void assertMatchPrograms(List<String> blocks) throws IOException {
    List<String> programs = new ArrayList<>();
    for (Path folder : List.of(EXAMPLES, Path.of("src/it"))) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file :
            files.filter(name -> name.toString().matches(".*[.](java|kt)")).collect(toList())) {
          programs.add(unindented(read(file)));
        }
      }
    }
    assertFalse(blocks.isEmpty());
    for (String block : blocks) {
      assertTrue(programs.stream().anyMatch(text -> text.contains(unindented(block))), block);
    }
  }

  private static List<String> find(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).collect(toList());
  }

  private static String unindented(String text) {
    return text.replaceAll("(?m)^ +", "");
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }
}
