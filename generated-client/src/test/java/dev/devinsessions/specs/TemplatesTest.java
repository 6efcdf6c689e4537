package dev.devinsessions.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.config.CodegenConfigurator;

/** The templates, without the name check. */
class TemplatesTest {
  @TempDir Path folder;

  @Test
  void escapesNamesInStrings() throws IOException {
    String comment = "*/ static { int injected; } /*";
    String yaml =
        Pages.spec("v1.yaml")
            .replace("        username:\n", "        'a\"); } static { int injected; } //':\n")
            .replace("        origin:\n", "        'b\\u0022); } static { int injected; } //':\n")
            .replace("        event_id:\n", "        '" + comment + "':\n")
            .replace("        - event_id\n", "        - '" + comment + "'\n")
            .replace("{session_id}", "{session_id}/\" + injected() + \"\\u0022" + comment)
            .replace("A message in", "'*/ static { int injected; } \\u002a/ ' #");
    int written = 0;
    CodegenConfigurator configurator =
        Generator.configure(Path.of("src/main/templates")).setValidateSpec(false);
    for (File file : Generator.generate(configurator, yaml, folder)) {
      String java = Files.readString(file.toPath());
      written += java.contains("injected") ? 1 : 0;
      assertFalse(java.contains("\\u"), java);
      // Nothing is left outside string literals.
      assertFalse(java.replaceAll("\"[^\"\n]*\"", "").contains("injected"), java);
    }
    assertEquals(2, written);
  }

  /** A class without properties must keep the raw value. */
  @Test
  void keepsValuesOfSchemasWithoutProperties() throws IOException {
    String yaml =
        Pages.spec("v1.yaml")
            .replace(
                "        event_id:\n",
                "        either: {anyOf: [{type: string}, {type: number}]}\n"
                    + "        free: {$ref: '#/components/schemas/Free'}\n        event_id:\n")
            .replace("  schemas:\n", "  schemas:\n    Free: {type: object}\n");
    StringBuilder java = new StringBuilder();
    CodegenConfigurator configurator = Generator.configure(Path.of("src/main/templates"));
    for (File file : Generator.generate(configurator, yaml, folder)) {
      java.append(Files.readString(file.toPath()));
    }
    assertTrue(
        java.indexOf("this.free = reader.read(false, ModelReader::any)") > 0, java::toString);
    assertTrue(java.indexOf("return new SessionMessageEither(reader.any())") > 0, java::toString);
  }
}
