package dev.devinsessions.specs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folder {@code specs/}: its files, and a row for each in the table of its README. */
public final class SpecFolder {
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `(?<file>[a-z0-9.-]+\\.yaml)` \\|.*\\(`GET (?<path>/\\S+)`\\).* "
              + "\\| (?<date>[0-9]{4}-[0-9]{2}-[0-9]{2}) \\| `(?<sum>[0-9a-f]{64})` \\|$");

  private final Path folder;

  public SpecFolder(Path folder) {
    this.folder = folder;
  }

  /** The path of the operation that the library calls, by file. */
  public Map<String, String> lookupPaths() {
    return column("path");
  }

  Map<String, String> sums() {
    return column("sum");
  }

  private Map<String, String> column(String name) {
    Map<String, String> column = new LinkedHashMap<>();
    ROW.matcher(text("README.md")).results().forEach(row -> column.put(row.group(1), ""));
    column.replaceAll((file, empty) -> row(file).group(name));
    return column;
  }

  private Matcher row(String file) {
    Matcher rows = ROW.matcher(text("README.md"));
    while (rows.find()) {
      if (rows.group("file").equals(file)) {
        return rows;
      }
    }
    throw new Refusal(
        "specs/README.md has no row for " + file + " with a path, a date and a SHA-256");
  }

  public Spec read(String file) {
    return Spec.parse(text(file));
  }

  String text(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a new text with its path, its sum and today's date. */
  void replace(String file, String yaml, String path) {
    Matcher row = row(file);
    StringBuilder readme = new StringBuilder(text("README.md"));
    readme.replace(row.start("sum"), row.end("sum"), Text.sha256(yaml));
    readme.replace(row.start("date"), row.end("date"), LocalDate.now().toString());
    readme.replace(row.start("path"), row.end("path"), path);
    try {
      Files.writeString(folder.resolve(file), yaml);
      Files.writeString(folder.resolve("README.md"), readme);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
