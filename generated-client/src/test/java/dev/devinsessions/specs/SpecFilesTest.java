package dev.devinsessions.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks the files in {@code specs/} before any class generated from them is loaded. */
class SpecFilesTest {
  private static final Path SPECS = Path.of("..", "specs");

  @Test
  void everyFileIsSafeAndMatchesItsChecksum() {
    Map<String, String> files = Pages.files(SPECS);
    files.remove("README.md");
    files.values().forEach(Spec::parse);
    files.replaceAll((file, text) -> Text.sha256(text));

    assertEquals(
        new SpecFolder(SPECS).checksums(),
        files,
        "specs/ is written only by `make import-spec PAGE=...`, which also updates specs/README.md");
  }
}
