package dev.devinsessions.specs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of {@code src/test/resources/changes}: its first line names a specification and the
 * verdict; then come the lines that change, the old ones after {@code -} and the new ones after
 * {@code +}, once or more; then, after {@code =}, how each line of the report must start.
 */
final class SpecEdit {
  private final String name;
  private final String file;
  private final String verdict;
  private final List<String[]> replacements = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  SpecEdit(Path path) {
    name = path.getFileName().toString().replace(".txt", "");
    List<String> text = List.of(ImportBench.text(path).split("\n"));
    file = text.get(0).split(": ")[0];
    verdict = text.get(0).split(": ")[1];
    StringBuilder old = new StringBuilder();
    StringBuilder young = new StringBuilder();
    for (String line : text.subList(1, text.size())) {
      if (line.startsWith("-")) {
        old.append(line.substring(1)).append('\n');
      } else if (line.startsWith("+")) {
        young.append(line.substring(1)).append('\n');
      } else if (line.startsWith("= ")) {
        lines.add(line.substring(2));
      } else if (old.length() > 0) {
        replacements.add(new String[] {old.toString(), young.toString()});
        old.setLength(0);
        young.setLength(0);
      }
    }
  }

  String file() {
    return file;
  }

  String verdict() {
    return verdict;
  }

  /** How each change starts in the report, without its bullet. */
  List<String> lines() {
    return lines;
  }

  /** The text with the first occurrence of all old lines replaced. */
  String apply(String yaml) {
    String edited = "\n" + yaml;
    for (String[] replacement : replacements) {
      int at = edited.indexOf("\n" + replacement[0]) + 1;
      if (at == 0) {
        throw new AssertionError(
            file + " has no such lines: adapt changes/" + name + ".txt\n" + replacement[0]);
      }
      edited =
          edited.substring(0, at) + replacement[1] + edited.substring(at + replacement[0].length());
    }
    return edited.substring(1);
  }

  @Override
  public String toString() {
    return name.replace('-', ' ');
  }
}
