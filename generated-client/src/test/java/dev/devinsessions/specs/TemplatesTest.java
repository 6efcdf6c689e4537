package dev.devinsessions.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/** The templates on their own, where a name was not refused. */
class TemplatesTest {
  @TempDir Path folder;

  @Test
  void namesStayInsideTheStringsThatTheyAreWrittenTo() throws IOException {
    String quoted = "a\"); } static { int injected; } //";
    String escaped = "b\\u0022); } static { int injected; } //";
    String comment = "*/ static { int injected; } /*";
    String yaml =
        ImportBench.spec("v1.yaml")
            .replace("        username:\n", "        '" + quoted + "':\n")
            .replace("        origin:\n", "        '" + escaped + "':\n")
            .replace("        event_id:\n", "        '" + comment + "':\n")
            .replace("        - event_id\n", "        - '" + comment + "'\n")
            .replace(
                "{session_id}", "{session_id}/\" + injected() + \"\\u0022 + injected()" + comment)
            .replace("A message in", "'*/ static { int injected; } \\u002a/ ' #");
    Path spec = Files.writeString(folder.resolve("spec.yaml"), yaml);
    CodegenConfigurator configurator =
        new CodegenConfigurator()
            .setGeneratorName("java")
            .setLibrary("native")
            .setTemplateDir("src/main/templates")
            .setValidateSpec(false)
            .setInputSpec(spec.toString())
            .setOutputDir(folder.resolve("out").toString());
    DefaultGenerator generator = new DefaultGenerator();
    generator.setGeneratorPropertyDefault("apis", "true");
    generator.setGeneratorPropertyDefault("models", "true");
    int written = 0;
    for (File file : generator.opts(configurator.toClientOptInput()).generate()) {
      if (file.getName().endsWith(".java") && file.getPath().contains("main")) {
        String java = Files.readString(file.toPath());
        written += java.contains("injected") ? 1 : 0;
        assertFalse(java.contains("\\u"), java);
        // Nothing is left outside of string literals.
        assertFalse(java.replaceAll("\"[^\"\n]*\"", "").contains("injected"), java);
      }
    }
    assertEquals(2, written);
  }
}
