package dev.devinsessions.specs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Importing pages of known operations. */
class SpecImportTest {
  private static final String WORD = "            - resuming\n";
  private static final String MORE = WORD + "            - archived\n";

  @TempDir Path specs;
  private SpecFolder folder;
  private Map<String, String> before;

  @BeforeEach
  void copySpecs() throws IOException {
    folder = Pages.folder(specs);
    before = Pages.files(specs);
  }

  private String importPage(String page) {
    return Pages.importPage(page, folder, false);
  }

  @ParameterizedTest
  @CsvSource({
    Pages.V1 + ",v1.yaml,1e865f67fbdc1bba8a70f459fcb968b5adf1894d4dbe4b2b252e5f442c8333ed",
    Pages.V2
        + ",v2-enterprise.yaml,46b801f6486e4aa33909015e591ee6016e1c6bad3dfe4101dfcab81d08657be8",
    Pages.ZH
        + ",v2-enterprise.zh.yaml,1f897a61b0f74892ed6563109d86fc593f9414cfdf4fea085c8001174282dafb"
  })
  void reportsAnUnchangedPageAsIdentical(String page, String file, String sum) {
    String expected = "# `" + file + "`: identical\n\nNothing was written.\n";
    assertEquals(sum, Text.sha256(SpecPage.of(Pages.page(page)).yaml));
    assertEquals(expected, importPage(Pages.page(page)));
    assertEquals(expected, importPage("\uFEFF" + Pages.page(page).replace("\n", "\r\n")));
    assertEquals(expected, importPage(Pages.spec(file)));
    assertEquals(expected, importPage(Text.of(SpecTree.parse(Pages.spec(file)))));
    assertEquals(
        expected,
        importPage(
            "<Note>\n\n"
                + Pages.page(page)
                + "\n\n```bash\ncurl\n```\n\n~~~json\n{\"a\": \"```yaml\"}\n~~~\n"));
    assertEquals(before, Pages.files(specs));
  }

  @Test
  void updatesTheFileAndItsRow() {
    String word = "                - resumed\n";
    String page = Pages.page(Pages.V1).replace(word, word + "                - paused\n");

    String report = importPage(page);

    String last = "\nUpdated specs/v1.yaml and its row in specs/README.md. Next: make test.\n";
    assertTrue(report.endsWith(last), report);
    String yaml = SpecPage.of(page).yaml;
    String row = "(?m)^(\\| `v1.yaml` .*\\| )[0-9-]+ \\| `[0-9a-f]+`";
    String columns = "$1" + LocalDate.now() + " | `" + Text.sha256(yaml) + "`";
    before.put("v1.yaml", yaml);
    before.computeIfPresent("README.md", (file, text) -> text.replaceFirst(row, columns));
    assertEquals(before, Pages.files(specs));
    assertTrue(importPage(page).startsWith("# `v1.yaml`: identical\n"));
  }

  @ParameterizedTest
  @CsvSource({
    Pages.V2 + "," + Pages.ZH + ",v2-enterprise.yaml,v2-enterprise.zh.yaml",
    Pages.ZH + "," + Pages.V2 + ",v2-enterprise.zh.yaml,v2-enterprise.yaml"
  })
  void reportsTheOtherEditionUntilItIsImported(
      String first, String second, String firstFile, String secondFile) {
    String report = importPage(Pages.page(first).replace(WORD, MORE));
    assertTrue(report.startsWith("# `" + firstFile + "`: compatible\n"), report);
    assertTrue(report.contains("\n## `" + secondFile + "` differs (1)\n"), report);
    assertTrue(
        report.contains(
            "\n- 200 response, `status`: enum value `archived` is only in " + firstFile + "\n"),
        report);

    report = importPage(Pages.page(second).replace(WORD, MORE));
    assertTrue(report.startsWith("# `" + secondFile + "`: compatible\n"), report);
    assertFalse(report.contains("differs"), report);
  }

  @Test
  void folderOfAPageDecidesItsLanguage() {
    String untranslated =
        Pages.page(Pages.V2).replace("````yaml /v2-openapi.yaml", "````yaml zh/v2-openapi.yaml");
    assertTrue(importPage(untranslated).startsWith("# `v2-enterprise.zh.yaml`: prose only\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/devins/{session_id}, get_session_endpoint_v1_sessions__session_id__get",
    "/v1/sessions/{devin_id}, get_session_endpoint_v1_sessions__devin_id__get",
    "/v1/devins/{session_id}, get_session_endpoint_v1_devins__session_id__get",
    "/api/v1/sessions/{session_id}, get_session_endpoint_v1_sessions__session_id__get",
    "/api/v1/sessions/{session_id}, get_session_endpoint_api_v1_sessions__session_id__get"
  })
  void recognizesAMovedOperation(String path, String id) {
    String page =
        Pages.page(Pages.V1)
            .replace("version: 1.0.0", "version: 2024-11-01")
            .replace("name: session_id", "name: " + path.replaceAll(".*\\{|}", ""))
            .replace("  /v1/sessions/{session_id}:", "  " + path + ":")
            .replace("get_session_endpoint_v1_sessions__session_id__get", id);

    assertTrue(importPage(page).startsWith("# `v1.yaml`: breaking\n") || path.contains("devin_id"));
    assertEquals(path, folder.lookupPaths().get("v1.yaml"));
    assertTrue(importPage(page).startsWith("# `v1.yaml`: identical\n"));
  }

  @Test
  void addsAFileAndARowForANewApi() {
    String page = Pages.page(Pages.V1).replace("  /v1/sessions/{session_id}:", "  /v3/{id}:");

    String report = SpecImport.run(page.getBytes(UTF_8), "v3", folder, null, false);

    assertTrue(report.startsWith("# `v3.yaml`: new\n"), report);
    assertTrue(
        report.contains("Next: \"Adding a third API\" in generated-client/README.md"), report);
    assertEquals("/v3/{id}", folder.lookupPaths().get("v3.yaml"));
    assertEquals(SpecPage.of(page).yaml, Pages.text(specs.resolve("v3.yaml")));
    assertTrue(importPage(page).startsWith("# `v3.yaml`: identical\n"));
    assertTrue(importPage(Pages.page(Pages.V1)).startsWith("# `v1.yaml`: identical\n"));
    byte[] chinese = Pages.page(Pages.ZH).getBytes(UTF_8);
    assertThrows(PageException.class, () -> SpecImport.run(chinese, "v4", folder, null, false));
  }

  @Test
  void addsAFileForANewTranslation() {
    String report = importPage(Pages.page(Pages.V1).replace("Retrieve", "获取"));
    assertTrue(report.startsWith("# `v1.zh.yaml`: new\n"), report);
    assertEquals("/v1/sessions/{session_id}", folder.lookupPaths().get("v1.zh.yaml"));
  }
}
