package dev.devinsessions.specs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The folder {@code specs/}: its files, and a row for each in the table of its README. */
public final class SpecFolder {
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `([a-z0-9.-]+\\.yaml)` \\|.*\\(`GET (/\\S+)`\\).* "
              + "\\| ([0-9]{4}-[0-9]{2}-[0-9]{2}) \\| `([0-9a-f]{64})` \\|$");
  private static final int FILE = 1;
  private static final int PATH = 2;
  private static final int DATE = 3;
  private static final int SUM = 4;

  private final Path folder;

  public SpecFolder(Path folder) {
    this.folder = folder;
  }

  /** The path of the operation that the library calls, by file. */
  public Map<String, String> lookupPaths() {
    return column(PATH);
  }

  Map<String, String> sums() {
    return column(SUM);
  }

  private Map<String, String> column(int group) {
    Map<String, String> column = new LinkedHashMap<>();
    ROW.matcher(text("README.md"))
        .results()
        .forEach(row -> column.put(row.group(FILE), row.group(group)));
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

  /** Writes a new text with its path, its sum and today's date. */
  void replace(String file, String yaml, String path) {
    StringBuilder readme = new StringBuilder(text("README.md"));
    MatchResult row =
        ROW.matcher(readme)
            .results()
            .filter(each -> each.group(FILE).equals(file))
            .findFirst()
            .orElseThrow();
    // From the end of the row, so that the positions before it stay.
    readme.replace(row.start(SUM), row.end(SUM), Text.sha256(yaml));
    readme.replace(row.start(DATE), row.end(DATE), LocalDate.now().toString());
    readme.replace(row.start(PATH), row.end(PATH), path);
    try {
      Files.writeString(folder.resolve(file), yaml);
      Files.writeString(folder.resolve("README.md"), readme);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
