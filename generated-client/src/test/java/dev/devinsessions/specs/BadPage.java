package dev.devinsessions.specs;

import java.util.List;
import java.util.stream.Stream;

/** A page that must be refused, and what the line that says so must contain. */
final class BadPage {
  private static final String V1 = ImportBench.spec("v1.yaml");
  private static final String PAGE = ImportBench.page("v1-get-session.md");
  private static final String LEAD = "openapi: 3.1.0\n";

  private final String name;
  private final String text;
  private final String reason;

  private BadPage(String name, String text, String reason) {
    this.name = name;
    this.text = text;
    this.reason = reason;
  }

  String text() {
    return text;
  }

  String reason() {
    return reason;
  }

  @Override
  public String toString() {
    return name;
  }

  static Stream<BadPage> all() {
    return Stream.of(
            noPages(),
            otherSpecs(),
            otherEditions(),
            brokenSpecs(),
            injections(),
            bombs(),
            unfolding())
        .flatMap(List::stream);
  }

  private static List<BadPage> noPages() {
    String unclosed = "the block that opens on line 13 is never closed: the page is truncated";
    return List.of(
        new BadPage("nothing", "", "the page is empty"),
        new BadPage("blanks", " \n\t\n", "the page is empty"),
        new BadPage("HTML", "<!DOCTYPE html>\n<html><body>v1</body></html>\n", "the page is HTML"),
        new BadPage(
            "prose", "# A page\n\nwithout any block\n", "the page has no fenced YAML block"),
        new BadPage(
            "JSON in a block",
            "# A page\n\n```json\n{}\n```\n",
            "the page has no fenced YAML block"),
        new BadPage(
            "two blocks",
            PAGE + "\n\n```yaml\n" + LEAD + "```\n",
            "the page has 2 fenced YAML blocks"),
        new BadPage("a block without end", PAGE.substring(0, PAGE.length() - 5), unclosed),
        new BadPage("a fence cut short", PAGE.substring(0, PAGE.length() - 1), unclosed),
        new BadPage(
            "truncated JSON",
            "{\"openapi\": \"3.1.0\", \"info\": {",
            "starts like JSON but is none"),
        new BadPage("JSON and more", "{\"openapi\": \"3.1.0\"} x", "starts like JSON but is none"),
        new BadPage("a list", "```yaml\n- openapi\n```\n", "the YAML is no mapping"),
        new BadPage("no YAML", "```yaml\nopenapi: [1\nx: }\n```\n", "this is no valid YAML: "),
        new BadPage(
            "a control character", V1.replace("Devin", "De\u0007vin"), "this is no valid YAML: "),
        new BadPage(
            "a key twice",
            V1 + "servers: []\n",
            "this is no valid YAML: found duplicate key servers"),
        new BadPage("two documents", V1 + "---\na: b\n", "the YAML has a second document in line"));
  }

  private static List<BadPage> otherSpecs() {
    String other =
        V1.replace("/v1/sessions/{session_id}:", "/v1/sessions/{session_id}/messages:")
            .replace("operationId: get_session", "operationId: get_messages");
    String method = V1.replace("    get:\n", "    delete:\n");
    String parameter = "{in: path, name: session_id, required: true, schema: {type: string}}";
    String get = "get: {parameters: [" + parameter + "], responses: {'200': {description: Fine}}}";
    String both =
        V1.replace(
            "paths:\n", "paths:\n  /v2/enterprise/sessions/{session_id}:\n    " + get + "\n");
    return List.of(
        new BadPage("other YAML", "```yaml\nname: x\n```\n", "the YAML has no key openapi"),
        new BadPage(
            "OpenAPI 3.2", PAGE.replace("3.1.0", "3.2.0"), "the page is OpenAPI 3.2.0, which the"),
        new BadPage("Swagger 2.0", "swagger: '2.0'\npaths: {}\n", "the YAML has no key openapi"),
        new BadPage(
            "another operation",
            other,
            "describes /v1/sessions/{session_id}/messages, none of GET /v1/"),
        new BadPage(
            "another method",
            method,
            "the page describes /v1/sessions/{session_id}, none of GET /v1/"),
        new BadPage(
            "no operation",
            V1.replaceAll("(?s)paths:\n.*?components:", "paths: {}\ncomponents:"),
            "the page describes no operation, none of GET /v1/"),
        new BadPage("both operations", both, "more than one of GET /v1/"),
        new BadPage(
            "another major version",
            V1.replace("version: 1.0.0", "version: 2.0.0"),
            "the page describes GET /v1/sessions/{session_id} but calls itself version 2.0.0, not 1.x"));
  }

  private static List<BadPage> otherEditions() {
    return List.of(
        new BadPage(
            "Chinese v1",
            V1.replace("Retrieve", "获取"),
            "Chinese edition, and no v1.zh.yaml is kept"),
        new BadPage(
            "a French page",
            PAGE.replace("yaml /v1-", "yaml fr/v1-"),
            "is the edition fr: only English"),
        new BadPage(
            "a Japanese page", V1.replace("Retrieve", "セッション"), "neither English nor Chinese"));
  }

  private static List<BadPage> brokenSpecs() {
    String toMessage = "'#/components/schemas/SessionMessage'";
    String schema = "    SessionMessage:\n";
    String loop =
        "    A:\n      $ref: '#/components/schemas/B'\n    B:\n      $ref: '#/components/schemas/A'\n";
    return List.of(
        new BadPage(
            "a dangling reference",
            V1.replace("/SessionMessage'", "/Gone'"),
            "/Gone at components."),
        new BadPage(
            "a reference to a file",
            V1.replace(toMessage, "file:///etc/passwd"),
            "/passwd at components."),
        new BadPage(
            "a reference to a site",
            V1.replace(toMessage, "https://example.com/x"),
            "leaves the page"),
        new BadPage(
            "an ill-formed reference",
            V1.replace(toMessage, "'#/components/%zz'"),
            "is ill-formed"),
        new BadPage("a circle of references", V1.replace(schema, loop + schema), "leads to itself"),
        new BadPage(
            "no security scheme",
            V1.replace("    bearerAuth:\n", "    x:\n"),
            "scheme bearerAuth and"),
        new BadPage(
            "a type that is none",
            V1.replace("type: array", "type: arr"),
            "the page has the type arr"),
        new BadPage(
            "an unexplained parameter",
            V1.replace("name: session_id", "name: id"),
            "is no valid OpenAPI: "),
        new BadPage(
            "no description",
            V1.replace("description: Validation Error\n", "\n"),
            ".description is missing"),
        new BadPage(
            "no version",
            V1.replace("  version: 1.0.0\n", ""),
            "attribute info.version is missing"));
  }

  /** Names that the generator would write into Java. */
  private static List<BadPage> injections() {
    String code = "a\"); static { System.exit(3); } // ";
    String escaped = "'a\\u0022); static { System.exit(3); } //'";
    return List.of(
        new BadPage(
            "code as a property",
            V1.replace("        username:\n", "        '" + code + "':\n"),
            "the name in properties `a\"); static"),
        new BadPage(
            "escaped code as a property",
            V1.replace("        username:\n", "        " + escaped + ":\n"),
            "the name in properties `a\\u0022); static"),
        new BadPage(
            "code as a required property",
            V1.replace("        - updated_at\n", "        - '*/ static {}'\n"),
            "the required `*/ static"),
        new BadPage(
            "code as a path parameter",
            V1.replace("{session_id}", "{session_id*/}")
                .replace("name: session_id", "name: 'session_id*/'"),
            "the path `/v1/sessions/{session_id*/}`"),
        new BadPage(
            "code in the path",
            V1.replace("  /v1/sessions", "  /v1*/static{}/*/sessions"),
            "the path `/v1*/static{}/*/sessions/{session_id}`"),
        new BadPage(
            "code as an operation id",
            V1.replace("operationId: get", "operationId: ;get"),
            "the operationId `;get"),
        new BadPage(
            "code as a schema",
            V1.replace("SessionMessage'", "A{}'").replace("    SessionMessage:", "    A{}:"),
            "the name in schemas `A{}`"),
        new BadPage(
            "code as an import",
            V1.replace(
                "      title: SessionMessage\n",
                "      title: S\n      x-java-import: a; class X {}\n"),
            "the extension x-java-import"));
  }

  private static List<BadPage> bombs() {
    StringBuilder laughs = new StringBuilder(LEAD + "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String items = ("*a" + (i - 1) + ", ").repeat(10);
      laughs.append(String.format("a%d: &a%d [%s]%n", i, i, items));
    }
    String many = "servers: [" + "1,\n".repeat(SpecTree.MAX_NODES) + "]";
    return List.of(
        new BadPage("a bomb of aliases", laughs.toString(), "an anchor or alias in line 2"),
        new BadPage(
            "an alias to its holder", LEAD + "info: &i\n  x: *i\n", "an anchor or alias in line 2"),
        new BadPage(
            "a tag",
            V1.replace("[]", "!!javax.script.ScriptEngineManager []"),
            "the YAML has a tag in line 6"),
        new BadPage(
            "nested brackets",
            LEAD + "x: " + "[".repeat(40_000),
            "more than 60 levels deep in line 2"),
        new BadPage(
            "nested lists",
            LEAD + "x:\n  " + "- ".repeat(40_000),
            "more than 60 levels deep in line 3"),
        new BadPage(
            "nested keys", LEAD + "? ".repeat(40_000), "more than 60 levels deep in line 2"),
        new BadPage("nested JSON", "{\"a\":".repeat(500_000), "starts like JSON but is none"),
        new BadPage(
            "a long line", V1.replace("A message", "x".repeat(4_000_000)), "a line of more than"),
        new BadPage(
            "many values",
            V1.replace("servers: []", many),
            "the YAML has more than 100000 values"));
  }

  /** Small on the page, large when their references are followed. */
  private static List<BadPage> unfolding() {
    String circle = "allOf: [{$ref: '#/components/schemas/X0'}, %s]";
    return List.of(
        new BadPage(
            "schemas that double",
            schemas(50, "properties: {a: %s, b: %s}"),
            "more than 50000 facts"),
        new BadPage("schemas that merge", schemas(50, "allOf: [%s, %s]"), "unfold without end"),
        new BadPage("schemas that choose", schemas(50, "anyOf: [%s, %s]"), "unfold without end"),
        new BadPage(
            "schemas that nest",
            schemas(100, "properties: {a: %s}"),
            "nested more than 60 levels deep"),
        new BadPage(
            "schemas that merge with themselves",
            schemas(2, circle),
            "merged more than 60 levels deep"));
  }

  /**
   * A page on which each schema consists of the next one.
   *
   * @param form what it does so by, {@code %s} standing for the next one
   */
  private static String schemas(int count, String form) {
    StringBuilder schemas = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String next = "{$ref: '#/components/schemas/X" + (i + 1) + "'}";
      schemas
          .append("    X")
          .append(i)
          .append(":\n      ")
          .append(form.replace("%s", next))
          .append('\n');
    }
    return V1.replace("schemas/PullRequestInfo'", "schemas/X0'")
        .replace("    PullRequestInfo:\n", schemas + "    X" + count + ":\n");
  }
}
