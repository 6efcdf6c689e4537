package dev.devinsessions.specs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is no page of a known specification: one line on standard error, soon, and {@code
 * specs/} as it was.
 */
class SpecRefusalTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String V1 = ImportBench.spec("v1.yaml");
  private static final String PAGE = ImportBench.page("v1-get-session.md");

  @TempDir Path folder;
  private ImportBench bench;
  private Map<String, String> before;

  @BeforeEach
  void copySpecs() throws IOException {
    bench = new ImportBench(folder);
    before = bench.files();
    // The report of an earlier import: it must not be taken for one of the refused page.
    Files.createDirectories(bench.reportFile().getParent());
    Files.writeString(bench.reportFile(), "old");
  }

  @ParameterizedTest
  @MethodSource("dev.devinsessions.specs.BadPage#all")
  void is_refused(BadPage page) {
    assertTimeoutPreemptively(
        BOUND, () -> assertEquals(1, bench.importText(page.text()), bench.out()));
    assertRefused(page.reason());
  }

  @ParameterizedTest
  @ValueSource(ints = {50 * 1024 * 1024, PageReader.MAX_BYTES + 1, PageReader.MAX_BYTES, 100_000})
  void noise_is_refused(int size) {
    byte[] noise = new byte[size];
    new Random(7).nextBytes(noise);

    assertTimeoutPreemptively(BOUND, () -> assertEquals(1, bench.importBytes(noise)));

    assertRefused(size > PageReader.MAX_BYTES ? "is larger than 5 MB" : "is no UTF-8 text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "openapi: 3\n", "# page\n```yaml\n", "{"})
  void noise_in_lines_of_text_is_refused(String start) {
    String noise =
        new Random(7)
            .ints(PageReader.MAX_BYTES - 100, ' ' - 1, '~')
            .mapToObj(c -> c < ' ' ? "\n" : Character.toString(c))
            .collect(Collectors.joining());

    assertTimeoutPreemptively(BOUND, () -> assertEquals(1, bench.importText(start + noise)));

    assertRefused("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.yaml", "v2-enterprise.yaml"})
  void a_bare_file_cut_short_anywhere_is_refused_or_lacks_nothing(String file) throws IOException {
    String yaml = ImportBench.spec(file);
    int end = 0;
    while (end < yaml.length()) {
      int status = bench.importText(yaml.substring(0, end));

      if (status == 0) {
        assertTrue(bench.out().contains(": identical\n"), "cut after " + end + ": " + bench.out());
      }
      assertEquals(before, bench.files(), "cut after " + end);
      // Line by line, then letter by letter where the last lines alone are cut.
      end = yaml.length() - end > 120 ? yaml.indexOf('\n', end) + 1 : end + 1;
    }
  }

  @Test
  void a_page_cut_short_after_any_line_is_refused() throws IOException {
    for (int end = PAGE.indexOf('\n'); end >= 0; end = PAGE.indexOf('\n', end + 1)) {
      assertNotEquals(0, bench.importText(PAGE.substring(0, end)), "cut after " + end);
      assertEquals(before, bench.files(), "cut after " + end);
    }
  }

  @Test
  void what_is_no_file_is_refused() {
    assertEquals(1, bench.importFrom(folder.resolve("nowhere.md").toString()));
    assertRefused("nowhere.md does not exist");
    assertEquals(1, bench.importFrom(folder.toString()));
    assertRefused("is no regular file");
    assertEquals(1, bench.importFrom("bad\0name"));
    assertRefused("cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "--dry-run", "--dry"})
  void a_call_without_a_page_says_how_to_name_one(String argument) {
    assertEquals(2, bench.importFrom(argument));
    assertMisuse();
  }

  @Test
  void a_call_with_two_pages_says_to_name_one() {
    assertEquals(2, bench.importFrom("a.md", "b.md"));
    assertMisuse();
  }

  @Test
  void specs_that_are_not_what_their_readme_says_are_left_alone() throws IOException {
    Files.writeString(bench.specs().resolve("v1.yaml"), V1 + "# edited\n");
    before = bench.files();

    assertEquals(1, bench.importText(PAGE));

    assertRefused("v1.yaml is not what README.md beside it says");
  }

  @Test
  void a_readme_without_the_row_leaves_the_spec_alone() throws IOException {
    Path readme = bench.specs().resolve("README.md");
    Files.writeString(readme, Files.readString(readme).replace("| `v1.yaml` |", "| v1.yaml |"));
    before = bench.files();

    assertEquals(1, bench.importText(PAGE.replace("version: 1.0.0", "version: 1.1.0")));

    assertRefused("none of GET /v2/enterprise/sessions/{session_id}, which specs/README.md lists");
  }

  @Test
  void a_row_without_a_sum_leaves_the_spec_alone() throws IOException {
    Path readme = bench.specs().resolve("README.md");
    Files.writeString(
        readme, Files.readString(readme).replaceFirst("(`v1.yaml` .*) `[0-9a-f]+` ", "$1 "));
    before = bench.files();

    assertEquals(1, bench.importText(PAGE.replace("version: 1.0.0", "version: 1.1.0")));

    assertRefused("README.md has no row for v1.yaml");
  }

  @Test
  void a_folder_that_cannot_be_written_stays_as_it_is() throws IOException {
    // A folder where the new README would first be written to.
    Files.createDirectory(bench.specs().resolve(".README.md.new"));

    assertEquals(1, bench.importText(PAGE.replace("version: 1.0.0", "version: 1.1.0")));

    String line = bench.err();
    assertTrue(line.startsWith("import-spec: " + bench.specs() + " cannot be written"), line);
    assertEquals(before, bench.files());
  }

  private void assertMisuse() {
    assertEquals(
        "import-spec: name one page, a file or an http(s) address: make import-spec PAGE=page.md\n",
        bench.err());
    assertEquals(before, bench.files());
  }

  private void assertRefused(String reason) {
    String line = bench.err();
    assertAll(
        () -> assertTrue(line.startsWith("import-spec: "), line),
        () -> assertTrue(line.contains(reason), line),
        () -> assertEquals(1, line.lines().count(), line),
        () -> assertTrue(line.length() < 700, line),
        () -> assertFalse(line.contains("\u001b") || line.contains("\u0007"), line),
        () -> assertEquals("", bench.out()),
        () -> assertFalse(Files.exists(bench.reportFile())),
        () -> assertEquals(before, bench.files()));
  }
}
