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
          "(?m)^\\| `([a-z0-9.-]+\\.yaml)` \\|.*\\(`GET (/\\S+)`\\).* "
              + "\\| [0-9]{4}-[0-9]{2}-[0-9]{2} \\| `([0-9a-f]{64})` \\|$");

  private final Path folder;

  public SpecFolder(Path folder) {
    this.folder = folder;
  }

  /** The path of the operation that the library calls, by file. */
  public Map<String, String> lookupPaths() {
    return column(2);
  }

  Map<String, String> checksums() {
    return column(3);
  }

  private Map<String, String> column(int group) {
    Map<String, String> column = new LinkedHashMap<>();
    ROW.matcher(text("README.md"))
        .results()
        .forEach(row -> column.put(row.group(1), row.group(group)));
    return column;
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

  /** Writes a file and its row, with the checksum and today's date. */
  void write(String file, Spec spec, String path) {
    String row =
        String.format(
            "| `%s` | %s (`GET %s`) | %s | %s | `%s` |",
            file,
            Text.excerpt(spec.get(path).summary(), 100).replace('|', '/'),
            path,
            file.endsWith(".zh.yaml") ? "Chinese" : "English",
            LocalDate.now(),
            Text.sha256(spec.yaml));
    String readme = text("README.md");
    String known = "(?m)^\\| `" + Pattern.quote(file) + "` .*";
    String updated = readme.replaceFirst(known, Matcher.quoteReplacement(row));
    if (!lookupPaths().containsKey(file)) {
      int end = readme.indexOf('\n', readme.lastIndexOf("\n|") + 1) + 1;
      updated = readme.substring(0, end) + row + "\n" + readme.substring(end);
    }
    try {
      Files.writeString(folder.resolve(file), spec.yaml);
      Files.writeString(folder.resolve("README.md"), updated);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
