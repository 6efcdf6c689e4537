package dev.devinsessions.specs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of specifications to import into, and what an import did: status, output, report, files.
 * It starts with what the pages in the test resources hold, not with {@code specs/}: a renewed spec
 * must not fail the tests of its import.
 */
final class ImportBench {
  static final Path PAGES = Path.of("src", "test", "resources", "pages");

  private static final Map<String, String> PAGE_OF =
      Map.of(
          "v1.yaml", "v1-get-session.md",
          "v2-enterprise.yaml", "v2-enterprise-get-session.md",
          "v2-enterprise.zh.yaml", "v2-enterprise-get-session.zh.md");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2027-03-04T05:06:07Z"), ZoneOffset.UTC);

  private final Path root;
  private final PageReader reader;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  ImportBench(Path root) throws IOException {
    this(root, Duration.ofSeconds(20));
  }

  ImportBench(Path root, Duration downloadTimeout) throws IOException {
    this.root = root;
    reader = new PageReader(downloadTimeout);
    Files.createDirectory(specs());
    StringBuilder readme =
        new StringBuilder("# Specs\n\n| file | page | taken on | SHA-256 |\n|---|---|---|---|\n");
    for (String name : new TreeMap<>(PAGE_OF).keySet()) {
      Files.writeString(specs().resolve(name), spec(name));
      String path = spec(name).replaceFirst("(?s).*\\npaths:\\s+(/[^:]+):.*", "$1");
      readme.append(
          "| `"
              + name
              + "` | A page (`GET "
              + path
              + "`) | 2026-11-21 | `"
              + Text.sha256(spec(name))
              + "` |\n");
    }
    Files.writeString(specs().resolve("README.md"), readme.append("\nMore text.\n"));
  }

  Path specs() {
    return root.resolve("specs");
  }

  Path reportFile() {
    return root.resolve("target").resolve("spec-report.md");
  }

  /** The exit status of an import of a text. */
  int importText(String page, String... options) throws IOException {
    return importBytes(page.getBytes(StandardCharsets.UTF_8), options);
  }

  int importBytes(byte[] page, String... options) throws IOException {
    Path file = root.resolve("page.md");
    Files.write(file, page);
    return importFrom(file.toString(), options);
  }

  int importFrom(String place, String... options) {
    out.reset();
    err.reset();
    PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8);
    SpecImport spec =
        new SpecImport(reader, new SpecFolder(specs(), CLOCK), reportFile(), toOut, toErr);
    return spec.run(Stream.concat(Stream.of(place), Stream.of(options)).toArray(String[]::new));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  String report() throws IOException {
    return Files.readString(reportFile());
  }

  /** Each file of the folder, hidden ones too, by its name. */
  Map<String, String> files() {
    return filesOf(specs());
  }

  static Map<String, String> filesOf(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return new TreeMap<>(
          files.collect(
              Collectors.toMap(file -> file.getFileName().toString(), ImportBench::text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The block of the page that the file was taken from, cut out with no regard to how the importer
   * does it.
   */
  static String spec(String name) {
    String page = page(PAGE_OF.get(name));
    int start = page.indexOf("\nopenapi: ") + 1;
    return page.substring(start, page.indexOf("````", start));
  }

  static String page(String name) {
    return text(PAGES.resolve(name));
  }
}
