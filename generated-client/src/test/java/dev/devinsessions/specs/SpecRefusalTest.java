package dev.devinsessions.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no page of a known operation is refused, and {@code specs/} stays as it was. */
class SpecRefusalTest {
  private static final Path TEMPLATES = Path.of("src", "main", "templates");
  private static final String V1 = Pages.spec("v1.yaml");
  private static final String PAGE = Pages.page(Pages.V1);
  private static final String MESSAGE = "'#/components/schemas/SessionMessage'";
  private static final String SCHEMA = "    SessionMessage:\n";

  @TempDir Path specs;

  static Stream<Arguments> pages() {
    return Stream.of(noPages(), otherSpecs(), brokenSpecs(), injections()).flatMap(pages -> pages);
  }

  private static Arguments page(String name, String text, String reason) {
    return Arguments.of(name, text, reason);
  }

  private static Stream<Arguments> noPages() {
    return Stream.of(
        page("nothing", "", "the page has 0 fenced YAML blocks"),
        page("HTML", "<!DOCTYPE html>\n<html></html>\n", "the page has 0 fenced YAML blocks"),
        page(
            "two blocks",
            PAGE + "\n\n```yaml\nopenapi: 3.1.0\n```\n",
            "the page has 2 fenced YAML"),
        page("a block without end", PAGE.substring(0, PAGE.length() - 5), "is never closed"),
        page("a fence cut short", PAGE.substring(0, PAGE.length() - 1), "is never closed"),
        page("truncated JSON", "{\"openapi\": \"3.1.0\", \"info\": {", "no valid YAML"),
        page("a key twice", V1 + "servers: []\n", "found duplicate key servers"),
        page("an alias", V1.replace("[]", "&a [*a]"), "no valid YAML"),
        page("a tag", V1.replace("servers: []", "servers: !!java.net.URL [x]"), "no valid YAML"),
        page("two documents", V1 + "---\na: b\n", "expected a single document"));
  }

  private static Stream<Arguments> otherSpecs() {
    String other =
        V1.replace("/v1/sessions/{session_id}:", "/v1/sessions/{session_id}/messages:")
            .replace("operationId: get_session", "operationId: get_messages");
    String get =
        "get: {parameters: [{in: path, name: session_id, required: true, schema: {type: string}}], responses: {'200': {description: Fine}}}";
    String both =
        V1.replace(
            "paths:\n", "paths:\n  /v2/enterprise/sessions/{session_id}:\n    " + get + "\n");
    return Stream.of(
        page("other YAML", "```yaml\nname: x\n```\n", "the page has OpenAPI no version"),
        page("OpenAPI 3.2", PAGE.replace("3.1.0", "3.2.0"), "the page has OpenAPI 3.2.0"),
        page("another operation", other, "GET /v1/sessions/{session_id}/messages: none of"),
        page(
            "another method",
            V1.replace("    get:\n", "    delete:\n"),
            "DELETE /v1/sessions/{session_id}: none of"),
        page("both operations", both, "more than one of"),
        page("Chinese v1", V1.replace("Retrieve", "获取"), "lists no file: v1.zh.yaml"),
        page("a French page", PAGE.replace("yaml /v1-", "yaml fr/v1-"), "is the edition fr"),
        page("a Japanese page", V1.replace("Retrieve", "セッション"), "neither English nor Chinese"));
  }

  private static Stream<Arguments> brokenSpecs() {
    String a = "    A:\n      $ref: '#/components/schemas/B'\n";
    String b = "    B:\n      $ref: '#/components/schemas/A'\n";
    String twice =
        "    X%d:\n      allOf: [{$ref: '#/components/schemas/X%d'}, {$ref: '#/components/schemas/X%d'}]\n";
    StringBuilder doubling = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      doubling.append(String.format(twice, i, i + 1, i + 1));
    }
    return Stream.of(
        page(
            "a dangling reference",
            V1.replace("/SessionMessage'", "/Gone'"),
            "/Gone leads nowhere"),
        page("a reference to a file", V1.replace(MESSAGE, "file:///etc/passwd"), "leaves the page"),
        page(
            "a reference to a site",
            V1.replace(MESSAGE, "https://example.com/x"),
            "leaves the page"),
        page("a circle of references", V1.replace(SCHEMA, a + b + SCHEMA), "leads to itself"),
        page(
            "schemas that double",
            V1.replace("schemas/SessionMessage'", "schemas/X0'")
                .replace(SCHEMA, doubling + "    X50:\n"),
            "unfold to more than"),
        page(
            "a schema that merges with itself",
            V1.replace(SCHEMA, SCHEMA + "      allOf: [{$ref: " + MESSAGE + "}]\n"),
            "SessionMessage leads to itself"),
        page(
            "no security scheme",
            V1.replace("    bearerAuth:\n", "    x:\n"),
            "bearerAuth has no type"),
        page("a type that is none", V1.replace("type: array", "type: arr"), "has the type arr"),
        page(
            "an unexplained parameter",
            V1.replace("name: session_id", "name: id"),
            "no client can be generated"),
        page(
            "no description",
            V1.replace("description: Validation Error\n", "\n"),
            "no client can be generated"));
  }

  /** Names that the generator would write into Java. */
  private static Stream<Arguments> injections() {
    return Stream.of(
        page(
            "code as a property",
            V1.replace("  username:", "  'a\"); static { }':"),
            "the name in properties `a\"); static"),
        page(
            "escaped code as a property",
            V1.replace("  username:", "  'a\\u0022); static':"),
            "the name in properties `a\\u0022); static"),
        page(
            "code as a required property",
            V1.replace("- updated_at\n", "- '*/ static {}'\n"),
            "the required `*/ static"),
        page(
            "code as a path parameter",
            V1.replace("{session_id}", "{session_id*/}"),
            "the path `/v1/sessions/{session_id*/}`"),
        page(
            "code in the path",
            V1.replace("  /v1/sessions", "  /v1*/static{}/*/sessions"),
            "the path `/v1*/static"),
        page(
            "code as an operation id",
            V1.replace("operationId: get", "operationId: ;get"),
            "the operationId `;get"),
        page(
            "code as a schema",
            V1.replace("SessionMessage'", "A{}'").replace(SCHEMA, "    A{}:\n"),
            "the name in schemas `A{}`"),
        page(
            "code as an import",
            V1.replace("title: SessionMessage\n", "x-java-import: a; class X {}\n"),
            "extension x-java-import"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void rejectsAnInvalidPage(String name, String text, String reason) {
    SpecFolder folder = Pages.folder(specs);
    Map<String, String> before = Pages.files(specs);
    byte[] page = text.getBytes(StandardCharsets.UTF_8);

    String line =
        assertThrows(Refusal.class, () -> SpecImport.run(page, folder, TEMPLATES, false))
            .getMessage();

    assertTrue(line.contains(reason), line);
    assertEquals(1, line.lines().count(), line);
    assertEquals(before, Pages.files(specs));
  }

  @Test
  void rejectsNoise() {
    byte[] noise = {(byte) 0xc3, 0x28, 0};
    SpecFolder folder = Pages.folder(specs);
    assertThrows(Refusal.class, () -> SpecImport.run(noise, folder, TEMPLATES, false));
  }

  @Test
  void rejectsATruncatedPageOrReadsAllOfIt() {
    SpecFolder folder = Pages.folder(specs);
    for (String text : new String[] {PAGE, V1}) {
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
        String cut = text.substring(0, end + 1);
        try {
          String report = SpecImport.run(cut.getBytes(StandardCharsets.UTF_8), folder, null, true);
          assertTrue(report.contains(": identical\n") || report.contains("reaking"), report);
        } catch (Refusal e) {
          assertEquals(1, e.getMessage().lines().count());
        }
      }
    }
  }
}
