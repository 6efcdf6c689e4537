package dev.devinsessions.specs;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/**
 * Generates Java with the generator and the templates of the build, but without most of its
 * mappings.
 */
final class Generator {
  private Generator() {}

  static CodegenConfigurator configure(Path templates) {
    return new CodegenConfigurator()
        .setGeneratorName("java")
        .setLibrary("native")
        .addTypeMapping("AnyOf", "Object")
        .setTemplateDir(templates.toString());
  }

  static List<File> generate(CodegenConfigurator configurator, String yaml, Path folder) {
    try {
      Path spec = Files.writeString(folder.resolve("spec.yaml"), yaml);
      configurator.setInputSpec(spec.toString()).setOutputDir(folder.resolve("java").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DefaultGenerator generator = new DefaultGenerator();
    for (String kind : List.of("apis", "models")) {
      generator.setGeneratorPropertyDefault(kind, "true");
    }
    for (String kind : List.of("modelTests", "modelDocs", "apiTests", "apiDocs")) {
      generator.setGeneratorPropertyDefault(kind, "false");
    }
    return generator.opts(configurator.toClientOptInput()).generate();
  }
}
