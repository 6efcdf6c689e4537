package dev.devinsessions.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rejects invalid pages, and leaves {@code specs/} unchanged. */
class RejectedPagesTest {
  private static final String PAGE = Pages.page(Pages.V1);

  @TempDir Path specs;

  /** The blocks of a file: name, old text after {@code -}, new text after {@code +}, reason. */
  static Stream<Arguments> changedPages() {
    String[] blocks =
        Pages.text(Path.of("src", "test", "resources", "rejected-pages.txt")).split("\n\n== ");
    return Arrays.stream(blocks).skip(1).map(RejectedPagesTest::changedPage);
  }

  private static Arguments changedPage(String block) {
    String[] parts = block.strip().split("\n= ");
    String page = PAGE;
    for (String change : parts[0].split("\n- ", 2)[1].split("\n- ")) {
      String[] texts = change.split("\n\\+ ", 2);
      assertTrue(page.contains(texts[0]), block);
      page = page.replace(texts[0], texts[1].replace("\n+ ", "\n"));
    }
    return Arguments.of(block.lines().findFirst().orElseThrow(), page, parts[1]);
  }

  static Stream<Arguments> otherTexts() {
    StringBuilder doubling = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      String next = String.format("{$ref: '#/components/schemas/X%d'}", i + 1);
      doubling.append(String.format("    X%d: {allOf: [%s, %s]}\n", i, next, next));
    }
    String schema = "    SessionMessage:\n";
    return Stream.of(
        Arguments.of("HTML", "<html></html>\n", "the page has 0 fenced YAML blocks"),
        Arguments.of("two blocks", PAGE + "\n```yaml\na: 1\n```\n", "the page has 2 fenced YAML"),
        Arguments.of("a short fence", PAGE.substring(0, PAGE.length() - 1), "is not closed"),
        Arguments.of("truncated JSON", "{\"openapi\": \"3.1.0\", \"info\": {", "is not valid YAML"),
        Arguments.of(
            "other YAML", "```yaml\nname: x\n```\n", "the OpenAPI version of the page is missing"),
        Arguments.of(
            "exponentially growing schemas",
            PAGE.replace("schemas/SessionMessage'", "schemas/X0'")
                .replace(schema, doubling + "    X50:\n"),
            "with all references resolved"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"changedPages", "otherTexts"})
  void rejectsAnInvalidPage(String name, String text, String reason) throws IOException {
    SpecFolder folder = Pages.folder(specs);
    Map<String, String> before = Pages.files(specs);
    byte[] page = text.getBytes(StandardCharsets.UTF_8);
    Path templates = Path.of("src", "main", "templates");
    String line =
        assertThrows(PageException.class, () -> SpecImport.run(page, "", folder, templates, false))
            .getMessage();

    assertTrue(line.contains(reason), line);
    assertEquals(1, line.lines().count(), line);
    assertEquals(before, Pages.files(specs));
  }

  @Test
  void rejectsNoise() throws IOException {
    byte[] noise = {(byte) 0xc3, 0x28, 0};
    SpecFolder folder = Pages.folder(specs);
    assertThrows(PageException.class, () -> SpecImport.run(noise, "", folder, null, false));
  }

  @Test
  void rejectsATruncatedPageOrReportsWhatIsMissing() throws IOException {
    SpecFolder folder = Pages.folder(specs);
    for (String text : new String[] {PAGE, Pages.spec("v1.yaml")}) {
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
        try {
          String report = Pages.importPage(text.substring(0, end + 1), folder, true);
          assertTrue(report.contains(": identical\n") || report.contains("breaking"), report);
        } catch (PageException e) {
          assertEquals(1, e.getMessage().lines().count());
        }
      }
    }
  }
}
