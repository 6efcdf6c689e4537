package dev.devinsessions.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold of the files in {@code specs/} as they are. */
class SpecFilesTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\S+)` \\|.*\\| `([0-9a-f]{64})` \\|$");
  private static final Path SPECS = Path.of("..", "specs");
  private static final KnownSpec TRANSLATED =
      KnownSpec.in(ImportBench.text(SPECS.resolve("README.md"))).stream()
          .filter(spec -> Files.exists(SPECS.resolve(spec.fileName(KnownSpec.Edition.CHINESE))))
          .collect(Collectors.collectingAndThen(Collectors.toList(), specs -> specs.get(0)));
  private static final String ENGLISH = TRANSLATED.fileName(KnownSpec.Edition.ENGLISH);
  private static final String CHINESE = TRANSLATED.fileName(KnownSpec.Edition.CHINESE);

  @Test
  void the_readme_has_the_sum_of_every_file() {
    Map<String, String> expected = new TreeMap<>();
    Matcher rows = ROW.matcher(ImportBench.text(SPECS.resolve("README.md")));
    while (rows.find()) {
      expected.put(rows.group(1), rows.group(2));
    }
    Map<String, String> actual = ImportBench.filesOf(SPECS);
    actual.keySet().removeIf(name -> name.endsWith(".md"));
    actual.replaceAll((name, text) -> Text.sha256(text));

    assertEquals(
        expected,
        actual,
        "specs/ is renewed by `make import-spec PAGE=...` alone, which also renews the row in specs/README.md");
  }

  /** Runs before any generated class is loaded: the wrapper is built later. */
  @Test
  void noNameInTheFilesCouldBecomeCode() {
    ImportBench.filesOf(SPECS).entrySet().stream()
        .filter(file -> file.getKey().endsWith(".yaml"))
        .forEach(file -> Names.check(SpecTree.parse(file.getValue())));
  }

  @Test
  void the_chinese_edition_has_the_structure_of_the_english_one() {
    String lookup = TRANSLATED.operation();
    List<String> drift =
        translation().stream()
            .filter(change -> Judgement.of(change, lookup).impact() != Impact.PROSE_ONLY)
            .map(change -> change.describe(lookup))
            .collect(Collectors.toList());

    assertEquals(
        List.of(),
        drift,
        "changes from "
            + ENGLISH
            + " to "
            + CHINESE
            + ": import the page that lags behind, make import-spec PAGE=...");
  }

  @Test
  void what_differs_in_the_chinese_edition_is_translated() {
    String lookup = TRANSLATED.operation();
    List<String> stale =
        translation().stream()
            .filter(change -> Judgement.of(change, lookup).impact() == Impact.PROSE_ONLY)
            .filter(
                change -> change.after() == null || !change.after().matches("(?s).*\\p{IsHan}.*"))
            .map(change -> change.describe(lookup))
            .collect(Collectors.toList());

    assertEquals(
        List.of(),
        stale,
        CHINESE + " has older English text than " + ENGLISH + ": import its page too");
  }

  @Test
  void the_chinese_edition_generates_the_same_java_but_for_comments() throws IOException {
    Map<String, String> english = javaOf(Path.of("target", "generated-sources", "openapi", "v2"));
    Map<String, String> chinese = javaOf(Path.of("target", "openapi-zh", "v2"));

    assertTrue(english.containsKey("SessionsApi.java"), "generated: " + english.keySet());
    assertEquals(english.keySet(), chinese.keySet(), CHINESE + " lags behind: import its page");
    english.forEach(
        (name, java) ->
            assertEquals(
                List.of(),
                differentLines(java, chinese.get(name)),
                name
                    + " is another one from "
                    + CHINESE
                    + ": import the page that lags behind, make import-spec PAGE=..."));
  }

  /** Pairs of lines, each English beside Chinese. */
  private static List<String> differentLines(String english, String chinese) {
    List<String> left = english.lines().map(String::strip).collect(Collectors.toList());
    List<String> right = chinese.lines().map(String::strip).collect(Collectors.toList());
    return IntStream.range(0, Math.max(left.size(), right.size()))
        .filter(i -> i >= left.size() || i >= right.size() || !left.get(i).equals(right.get(i)))
        .mapToObj(
            i ->
                (i < left.size() ? left.get(i) : "(end)")
                    + " | "
                    + (i < right.size() ? right.get(i) : "(end)"))
        .limit(5)
        .collect(Collectors.toList());
  }

  private static List<Change> translation() {
    SpecDocument english = SpecDocument.parse(ImportBench.text(SPECS.resolve(ENGLISH)));
    SpecDocument chinese = SpecDocument.parse(ImportBench.text(SPECS.resolve(CHINESE)));
    return SpecDiff.between(
        english,
        SpecTarget.pathOnFile(TRANSLATED, english),
        chinese,
        SpecTarget.pathOnFile(TRANSLATED, chinese),
        TRANSLATED.operation());
  }

  /**
   * Each generated class by its file name, without comments: the build writes both before the tests
   * run.
   */
  private static Map<String, String> javaOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return new TreeMap<>(
          files
              .filter(file -> file.toString().endsWith(".java"))
              .collect(
                  Collectors.toMap(
                      file -> file.getFileName().toString(), SpecFilesTest::withoutComments)));
    }
  }

  private static String withoutComments(Path java) {
    // A string literal goes first: what looks like a comment inside of one is none.
    Pattern pattern =
        Pattern.compile("(\"(?:[^\"\\\\\n]|\\\\.)*\")|/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    return pattern
        .matcher(ImportBench.text(java))
        .replaceAll(
            match -> match.group(1) == null ? "" : Matcher.quoteReplacement(match.group(1)));
  }
}
