package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devinsessions.examples.OldProgram;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library as it is after an import of changed specifications, before anybody teaches the
 * wrapper: it builds, programs that were compiled before run on it, and the tests name what it
 * lacks. A copy of the project is built for that, by the same Maven, offline: what it needs, the
 * build around it had to have before its tests began.
 */
class ChangedSpecificationsTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PROJECT =
      Path.of(System.getProperty("specs.directory")).normalize().getParent();
  private static final long MINUTES = 5;

  @TempDir static Path copy;

  private static List<String> oldClassPath;
  private static List<String> newClassPath;

  @BeforeAll
  static void buildAChangedCopy() throws Exception {
    for (String part :
        List.of(
            "pom.xml",
            "specs",
            "generated-client/pom.xml",
            "generated-client/src/main",
            "wrapper/pom.xml",
            "wrapper/src/main")) {
      copyTree(PROJECT.resolve(part), copy.resolve(part));
    }
    change(ApiVersion.V1);
    change(ApiVersion.V2_ENTERPRISE);
    run(
        Stream.of(
            maven(),
            "-B",
            "-o",
            "-q",
            "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
            // Else Maven 3 does not see what came from a mirror in settings that this build does
            // not read.
            "-Dmaven.legacyLocalRepo=true",
            "-pl",
            "wrapper",
            "-am",
            "process-classes"));

    oldClassPath = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    newClassPath = new ArrayList<>(oldClassPath);
    assertTrue(newClassPath.remove(home(Session.class)), oldClassPath.toString());
    assertTrue(
        newClassPath.remove(home(Class.forName("dev.devinsessions.generated.v1.SessionsApi"))),
        oldClassPath.toString());
    newClassPath.add(copy.resolve("wrapper/target/classes").toString());
    newClassPath.add(copy.resolve("generated-client/target/classes").toString());
  }

  private static void change(ApiVersion api) throws IOException {
    Path file = copy.resolve("specs").resolve(Specification.fileName(api));
    SpecificationEdit edit = SpecificationEdit.of(file);
    if (api == ApiVersion.V1) {
      edit.word("status_enum", "hibernating").nullable("updated_at").optional("status");
      edit.schema("Stage", "{type: string, enum: [planning, coding]}");
      edit.schema(
          "Limits",
          "{type: object, properties: {max_acus: {type: number}, stage: {$ref: '#/components/schemas/Stage'}}, required: [stage]}");
      for (Map.Entry<String, String> property : kindsOfProperties().entrySet()) {
        edit.property(property.getKey(), property.getValue());
      }
      edit.parameter("{in: query, name: include, required: false, schema: {type: string}}");
      edit.operation(
          "/v1/sessions",
          "get",
          "{operationId: list_sessions, parameters: [{in: query, name: limit, required: true, schema: {type: integer}}],"
              + " responses: {'200': {description: '', content: {application/json: {schema: {type: array, items:"
              + " {$ref: '#/components/schemas/Limits'}}}}}}}");
      edit.operation(
          "/v1/sessions",
          "post",
          "{operationId: create_session, requestBody: {required: true, content: {application/json: {schema:"
              + " {$ref: '#/components/schemas/Limits'}}}}, responses: {'200': {description: '', content:"
              + " {application/json: {schema: {type: string}}}}}}");
    } else {
      edit.word("status", "hibernating").enumerationOfItsOwn("status", "SessionState");
      edit.nullable("url").nullable("tags").optional("org_id");
      edit.parameter("{in: header, name: X-Trace, required: true, schema: {type: string}}");
    }
    edit.renameSchemas("Renamed").write(file);
  }

  /**
   * What an API may add, in its notation, by name. Some names are taken by accessors or by the
   * generator.
   */
  private static Map<String, String> kindsOfProperties() {
    Map<String, String> kinds = new TreeMap<>();
    kinds.put("summary", "{anyOf: [{type: string}, {type: 'null'}]}");
    kinds.put("id", "{type: string}");
    kinds.put("sources", "{type: array, items: {type: string}}");
    kinds.put("additional_properties", "{type: string}");
    kinds.put("class", "{type: string}");
    kinds.put("is_archived", "{type: boolean}");
    kinds.put("retries", "{type: integer}");
    kinds.put("due_date", "{type: string, format: date}");
    kinds.put("run_id", "{type: string, format: uuid}");
    kinds.put("link", "{type: string, format: uri}");
    kinds.put("raw", "{type: string, format: byte}");
    kinds.put("picture", "{type: string, format: binary}");
    kinds.put("kind", "{type: string, enum: [interactive, scheduled]}");
    kinds.put("stages", "{type: array, items: {$ref: '#/components/schemas/Stage'}}");
    kinds.put("limits", "{anyOf: [{$ref: '#/components/schemas/Limits'}, {type: 'null'}]}");
    kinds.put(
        "limits_by_name",
        "{type: object, additionalProperties: {$ref: '#/components/schemas/Limits'}}");
    kinds.put("labels", "{type: object, additionalProperties: {type: string}}");
    kinds.put("anything", "{type: object}");
    kinds.put("priority", "{anyOf: [{type: integer}, {type: string}, {type: 'null'}]}");
    kinds.put("matrix", "{type: array, items: {type: array, items: {type: number}}}");
    return kinds;
  }

  @Test
  void anOldProgramSeesTheSameInTheSameAnswers() throws Exception {
    API.answer(ApiVersion.V1, FakeApi.file("v1/blocked-with-pull-request.json"));
    API.answer(ApiVersion.V2_ENTERPRISE, FakeApi.file("v2/finished-with-analysis.json"));
    assertEquals(oldProgram(oldClassPath), oldProgram(newClassPath));
  }

  @Test
  void anOldProgramReadsAnswersThatUseTheChanges() throws Exception {
    ObjectNode v1 = (ObjectNode) JSON.readTree(FakeApi.file("v1/blocked-with-pull-request.json"));
    ObjectNode v2 = (ObjectNode) JSON.readTree(FakeApi.file("v2/finished-with-analysis.json"));
    API.answer(ApiVersion.V1, v1.toString());
    API.answer(ApiVersion.V2_ENTERPRISE, v2.toString());
    Map<String, String> before = oldProgram(oldClassPath);

    v1.put("status_enum", "hibernating").remove("status");
    v1.setAll(
        (ObjectNode)
            JSON.readTree(
                "{\"summary\": \"s\", \"id\": \"x\", \"sources\": [\"slack\"], \"additional_properties\": \"a\", \"class\": \"c\","
                    + " \"is_archived\": true, \"retries\": 5000000000, \"due_date\": \"2026-01-02\", \"run_id\": \"r\","
                    + " \"link\": \"not a URI\", \"raw\": \"?\", \"picture\": \"p\", \"kind\": \"unheard of\","
                    + " \"stages\": [\"coding\", \"unheard of\"], \"limits\": {\"stage\": \"planning\"},"
                    + " \"limits_by_name\": {\"a\": {\"stage\": \"unheard of\", \"more\": 1}}, \"labels\": {\"a\": \"b\"},"
                    + " \"anything\": {\"a\": [1]}, \"priority\": \"high\", \"matrix\": [[1.5], []]}"));
    v2.put("status", "hibernating").putNull("url").putNull("tags").remove("org_id");
    API.answer(ApiVersion.V1, v1.toString());
    API.answer(ApiVersion.V2_ENTERPRISE, v2.toString());
    Map<String, String> after = oldProgram(newClassPath);

    Map<String, ObjectNode> expected = new TreeMap<>();
    for (Map.Entry<String, String> line : before.entrySet()) {
      ObjectNode session = (ObjectNode) JSON.readTree(line.getValue());
      session.put("status", "unknown").put("status_text", "hibernating");
      if (!line.getKey().equals("V1")) {
        session.remove(List.of("url", "org_id"));
        session.set(
            "tags", line.getKey().equals("MERGED") ? v1.get("tags") : JSON.createArrayNode());
      }
      expected.put(line.getKey(), session);
    }
    for (Map.Entry<String, String> line : after.entrySet()) {
      assertEquals(expected.get(line.getKey()), JSON.readTree(line.getValue()), line.getKey());
    }
    assertEquals(before.keySet(), after.keySet());
  }

  @Test
  void whatASessionCannotDoWithoutIsToldApart() throws Exception {
    ObjectNode v1 = (ObjectNode) JSON.readTree(FakeApi.file("v1/blocked-with-pull-request.json"));
    API.answer(ApiVersion.V1, v1.putNull("updated_at").toString());
    API.answer(ApiVersion.V2_ENTERPRISE, FakeApi.file("v2/finished-with-analysis.json"));
    Map<String, String> lines = oldProgram(newClassPath);
    assertTrue(
        lines.get("V1").startsWith("refused: ") && lines.get("V1").contains("updatedAt"),
        lines.get("V1"));
  }

  @Test
  void whatTheWrapperLacksIsNamedWithTheFileToTouch() throws Exception {
    String gaps =
        java(
            newClassPath,
            List.of("-Dspecs.directory=" + copy.resolve("specs")),
            SpecificationGaps.class.getName());
    String property =
        "v1.yaml: property `%s` does not reach Session: add an accessor %s() and its setter to Session.java";
    for (String gap :
        List.of(
            String.format(property, "summary", "summary"),
            String.format(property, "is_archived", "isArchived"),
            String.format(property, "matrix", "matrix"),
            "v1.yaml: property `limits.max_acus` does not reach Session: add an accessor maxAcus() and its setter to the nested value",
            "v1.yaml: property `updated_at` may be missing or null, which a Session refuses: make its accessor Optional in"
                + " Session.java, or give it a default in V1Mapping.java",
            "v1.yaml: word `hibernating` of `status_enum` has no status of its own: add it in SessionStatus.java",
            "v1.yaml: operation `GET /v1/sessions` is used by nothing: let generated-client/pom.xml generate it",
            "v1.yaml: operation `POST /v1/sessions` is used by nothing",
            "v1.yaml: parameter `query include` is never sent: teach api.mustache and SessionSource.java",
            "v2-enterprise.yaml: parameter `header X-Trace` is never sent",
            "v2-enterprise.yaml: word `hibernating` of `status` has no status of its own")) {
      assertTrue(gaps.contains(gap), gap + "\nis not in\n" + gaps);
    }
    for (String carried : List.of("`url`", "`tags`", "`org_id`", "`status`:", "`title`")) {
      assertFalse(gaps.contains("v2-enterprise.yaml: property " + carried), gaps);
    }
  }

  /** What it printed, by strategy. */
  private static Map<String, String> oldProgram(List<String> classPath) throws Exception {
    String lines = java(classPath, List.of(), OldProgram.class.getName(), API.baseUrl());
    return lines
        .lines()
        .collect(
            Collectors.toMap(
                line -> line.split(" ", 2)[0],
                line -> line.split(" ", 2)[1],
                (a, b) -> a,
                TreeMap::new));
  }

  private static String java(List<String> classPath, List<String> options, String... program)
      throws Exception {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            String.join(File.pathSeparator, classPath));
    return run(Stream.of(java, options.stream(), Stream.of(program)).flatMap(part -> part));
  }

  /** Runs a command in the copy and returns what it printed; fails where it does. */
  private static String run(Stream<String> command) throws Exception {
    Path log = Files.createTempFile(copy, "command", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command.collect(Collectors.toList()))
            .directory(copy.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MAVEN_ARGS");
    Process process = builder.start();
    try {
      assertTrue(
          process.waitFor(MINUTES, TimeUnit.MINUTES),
          () -> builder.command() + " does not end:\n" + text(log));
    } finally {
      process.destroyForcibly();
    }
    assertEquals(
        0,
        process.exitValue(),
        () -> String.join(" ", builder.command()) + " failed:\n" + text(log));
    return text(log);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String maven() {
    String home = System.getProperty("maven.home", "");
    String name = File.separatorChar == '\\' ? "mvn.cmd" : "mvn";
    return home.isEmpty() ? name : Path.of(home, "bin", name).toString();
  }

  private static String home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.collect(Collectors.toList())) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(Files.isDirectory(file) ? target : target.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, target);
        }
      }
    }
  }
}
