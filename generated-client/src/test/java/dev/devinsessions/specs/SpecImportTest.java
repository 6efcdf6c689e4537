package dev.devinsessions.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Importing pages that are what they should be. */
class SpecImportTest {
  private static final String V1_PAGE = "v1-get-session.md";
  private static final String V2_PAGE = "v2-enterprise-get-session.md";
  private static final String ZH_PAGE = "v2-enterprise-get-session.zh.md";

  @TempDir Path folder;
  private ImportBench bench;
  private Map<String, String> before;

  @BeforeEach
  void copySpecs() throws IOException {
    bench = new ImportBench(folder);
    before = bench.files();
  }

  @ParameterizedTest
  @CsvSource({
    V1_PAGE + ",v1.yaml,English",
    V2_PAGE + ",v2-enterprise.yaml,English",
    ZH_PAGE + ",v2-enterprise.zh.yaml,Chinese"
  })
  void what_is_on_file_is_identical_and_changes_nothing(String page, String file, String edition)
      throws IOException {
    assertEquals(0, bench.importFrom(ImportBench.PAGES.resolve(page).toString()));

    assertEquals("", bench.err());
    assertTrue(
        bench.out().startsWith("# `" + file + "` (" + edition + "): identical\n"), bench.out());
    assertTrue(bench.out().contains("the page: the same bytes"), bench.out());
    assertTrue(bench.out().startsWith(bench.report()));
    assertEquals(before, bench.files());
  }

  @ParameterizedTest
  @CsvSource({
    V1_PAGE + ",1e865f67fbdc1bba8a70f459fcb968b5adf1894d4dbe4b2b252e5f442c8333ed",
    V2_PAGE + ",46b801f6486e4aa33909015e591ee6016e1c6bad3dfe4101dfcab81d08657be8",
    ZH_PAGE + ",1f897a61b0f74892ed6563109d86fc593f9414cfdf4fea085c8001174282dafb"
  })
  void the_block_of_a_page_is_what_was_vendored_on_2026_11_21_byte_for_byte(
      String page, String sum) {
    assertEquals(sum, Text.sha256(SpecPage.of(ImportBench.page(page)).yaml()));
  }

  @ParameterizedTest
  @CsvSource({"v1.yaml", "v2-enterprise.yaml", "v2-enterprise.zh.yaml"})
  void bare_yaml_and_bare_json_are_recognised_as_well(String file) throws IOException {
    assertEquals(0, bench.importText(ImportBench.spec(file)));
    assertTrue(bench.out().startsWith("# `" + file + "`"), bench.out());
    assertTrue(bench.out().contains(": identical\n"), bench.out());

    String json = new ObjectMapper().writeValueAsString(SpecTree.parse(ImportBench.spec(file)));
    assertEquals(0, bench.importText(json));
    assertTrue(bench.out().startsWith("# `" + file + "`"), bench.out());
    assertTrue(bench.out().contains(": identical\n"), bench.out());
    assertTrue(bench.out().contains("another layout"), bench.out());

    assertEquals(before, bench.files());
  }

  @Test
  void line_ends_of_another_system_and_a_byte_order_mark_make_no_difference() throws IOException {
    assertEquals(0, bench.importText("\uFEFF" + ImportBench.page(V1_PAGE).replace("\n", "\r\n")));

    assertTrue(bench.out().contains("the page: the same bytes"), bench.out());
    assertEquals(before, bench.files());
  }

  @Test
  void what_else_is_on_the_page_makes_no_difference() throws IOException {
    String page = "<Note>\n  Read this first.\n</Note>\n\n" + ImportBench.page(V1_PAGE);
    page += "\n\n## Example\n\n```bash\ncurl x\n```\n\n~~~json\n{\"a\": \"```yaml\"}\n~~~\n";

    assertEquals(0, bench.importText(page), bench.err());

    assertTrue(bench.out().contains("the page: the same bytes"), bench.out());
  }

  @Test
  void a_renewed_page_becomes_the_file_and_its_row_gets_date_and_sum() throws IOException {
    String word = "                - resumed\n";
    String page = ImportBench.page(V1_PAGE).replace(word, word + "                - paused\n");

    assertEquals(0, bench.importText(page), bench.err());

    Map<String, String> after = bench.files();
    assertEquals(SpecPage.of(page).yaml(), after.get("v1.yaml"));
    String oldRow =
        before
            .get("README.md")
            .lines()
            .filter(line -> line.startsWith("| `v1.yaml`"))
            .findFirst()
            .orElseThrow();
    String newRow =
        oldRow
            .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}", "2027-03-04")
            .replaceAll("[0-9a-f]{64}", Text.sha256(after.get("v1.yaml")));
    assertEquals(before.get("README.md").replace(oldRow, newRow), after.get("README.md"));
    assertEquals(Set.of("v1.yaml", "README.md"), changed(after));
    String last = bench.out().lines().reduce((line, next) -> next).orElseThrow();
    assertEquals("Renewed specs/v1.yaml and its row in specs/README.md. Next: make test.", last);

    assertEquals(0, bench.importText(page));
    assertTrue(bench.out().startsWith("# `v1.yaml` (English): identical\n"), bench.out());
    assertEquals(after, bench.files());
  }

  @Test
  void a_renewed_page_in_json_becomes_yaml_of_the_same_content() throws IOException {
    String yaml =
        ImportBench.spec("v1.yaml")
            .replace("A message in a Devin session.", "'A message: \"x\" # not a comment'");

    assertEquals(
        0,
        bench.importText(new ObjectMapper().writeValueAsString(SpecTree.parse(yaml))),
        bench.err());

    String written = bench.files().get("v1.yaml");
    assertTrue(written.startsWith("openapi: 3.1.0\ninfo:\n"), written);
    assertEquals(SpecTree.parse(yaml), SpecTree.parse(written));
  }

  @Test
  void a_dry_run_reports_and_writes_nothing() throws IOException {
    String page = ImportBench.page(V2_PAGE).replace("            - claimed\n", "");

    assertEquals(0, bench.importText(page, "--dry-run"));

    assertTrue(
        bench.out().startsWith("# `v2-enterprise.yaml` (English): compatible\n"), bench.out());
    assertTrue(bench.out().endsWith("Nothing was written (dry run).\n"), bench.out());
    assertTrue(bench.report().contains("enum word removed: `claimed`"));
    assertEquals(before, bench.files());
  }

  @Test
  void an_edition_that_lags_behind_is_named_until_its_page_is_imported_too() throws IOException {
    String word = "            - resuming\n";
    String more = word + "            - archived\n";

    assertEquals(0, bench.importText(ImportBench.page(V2_PAGE).replace(word, more)));
    assertTrue(
        bench.out().contains("## The Chinese edition differs in structure (1)\n"), bench.out());
    assertTrue(
        bench.out().contains("- 200 answer, `status`: enum word removed: `archived`\n"),
        bench.out());

    assertEquals(0, bench.importText(ImportBench.page(ZH_PAGE).replace(word, more)));
    assertTrue(
        bench.out().startsWith("# `v2-enterprise.zh.yaml` (Chinese): compatible\n"), bench.out());
    assertFalse(bench.out().contains("edition differs in structure"), bench.out());
    assertEquals(
        Set.of("v2-enterprise.yaml", "v2-enterprise.zh.yaml", "README.md"), changed(bench.files()));
  }

  @Test
  void the_folder_that_a_page_names_decides_the_language_before_its_prose_does()
      throws IOException {
    String untranslated =
        ImportBench.page(V2_PAGE)
            .replace("````yaml /v2-openapi.yaml", "````yaml zh/v2-openapi.yaml");

    assertEquals(0, bench.importText(untranslated, "--dry-run"), bench.err());

    assertTrue(
        bench.out().startsWith("# `v2-enterprise.zh.yaml` (Chinese): prose only\n"), bench.out());
  }

  @Test
  void an_operation_that_has_moved_is_recognised_again_after_its_import() throws IOException {
    String moved =
        ImportBench.page(V1_PAGE)
            .replace("  /v1/sessions/{session_id}:\n", "  /v1/devin/{session_id}:\n");

    assertEquals(0, bench.importText(moved), bench.err());
    assertTrue(bench.out().startsWith("# `v1.yaml` (English): breaking\n"), bench.out());
    assertEquals(0, bench.importText(moved), bench.err());
    assertTrue(bench.out().startsWith("# `v1.yaml` (English): identical\n"), bench.out());
  }

  private Set<String> changed(Map<String, String> after) {
    assertEquals(before.keySet(), after.keySet());
    return after.keySet().stream()
        .filter(name -> !after.get(name).equals(before.get(name)))
        .collect(Collectors.toSet());
  }
}
