package dev.devinsessions.specs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages in the test resources, and a folder with their specifications: a change to {@code
 * specs/} must not break these tests.
 */
final class Pages {
  static final String V1 = "v1-get-session.md";
  static final String V2 = "v2-enterprise-get-session.md";
  static final String ZH = "v2-enterprise-get-session.zh.md";

  private static final Map<String, String> FILES =
      Map.of("v1.yaml", V1, "v2-enterprise.yaml", V2, "v2-enterprise.zh.yaml", ZH);

  private Pages() {}

  static String page(String name) {
    return text(Path.of("src", "test", "resources", "pages", name));
  }

  /** The specification on the page of a file, extracted without the importer. */
  static String spec(String file) {
    String page = page(FILES.get(file));
    int start = page.indexOf("\nopenapi: ") + 1;
    return page.substring(start, page.indexOf("````", start));
  }

  static SpecFolder folder(Path folder) throws IOException {
    Files.writeString(folder.resolve("README.md"), "# Specs\n\n|---|\n\nMore text.\n");
    SpecFolder specs = new SpecFolder(folder);
    for (String file : new TreeMap<>(FILES).keySet()) {
      String path = spec(file).replaceFirst("(?s).*\\npaths:\\s+(/[^:]+):.*", "$1");
      specs.write(file, Spec.parse(spec(file)), path);
    }
    return specs;
  }

  /** The files of a folder by name. */
  static Map<String, String> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return new TreeMap<>(
          files.collect(Collectors.toMap(file -> file.getFileName().toString(), Pages::text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The report of an import that skips the trial generation. */
  static String importPage(String page, SpecFolder folder, boolean isDryRun) {
    return SpecImport.run(page.getBytes(StandardCharsets.UTF_8), "", folder, null, isDryRun);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
