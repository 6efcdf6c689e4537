package dev.devinsessions.specs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder {@code specs/}: its files and the table in its README, which are renewed together or
 * not at all.
 */
final class SpecFolder {
  private static final String README = "README.md";

  private final Path folder;
  private final Clock clock;

  SpecFolder(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** The specifications that are kept here. */
  List<KnownSpec> specs() {
    return KnownSpec.in(text(README));
  }

  boolean has(String fileName) {
    return Files.exists(folder.resolve(fileName));
  }

  /** The specification on file, which must be the one that the README names. */
  SpecDocument read(String fileName) {
    String yaml = text(fileName);
    Matcher row = row(text(README), fileName);
    if (!row.group("sum").equals(Text.sha256(yaml))) {
      throw new Refusal(
          folder.resolve(fileName)
              + " is not what "
              + README
              + " beside it says (SHA-256 "
              + Text.sha256(yaml)
              + "): restore both from git, then import again");
    }
    return SpecDocument.parse(yaml);
  }

  /** Puts a new text in the place of a file, with today's date and its sum in the README. */
  void replace(String fileName, String yaml) {
    String readme = text(README);
    Matcher row = row(readme, fileName);
    StringBuilder renewed = new StringBuilder(readme);
    renewed.replace(row.start("sum"), row.end("sum"), Text.sha256(yaml));
    renewed.replace(row.start("date"), row.end("date"), LocalDate.now(clock).toString());
    String before = text(fileName);
    Path spec = folder.resolve(fileName);
    Path newSpec = folder.resolve("." + fileName + ".new");
    Path newReadme = folder.resolve("." + README + ".new");
    try {
      try {
        Files.writeString(newSpec, yaml);
        Files.writeString(newReadme, renewed);
        move(newSpec, spec);
        try {
          move(newReadme, folder.resolve(README));
        } catch (IOException e) {
          Files.writeString(spec, before);
          throw e;
        }
      } finally {
        Files.deleteIfExists(newSpec);
        Files.deleteIfExists(newReadme);
      }
    } catch (IOException e) {
      throw new Refusal(
          folder + " cannot be written (" + e + "): check its permissions, then import again", e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private String text(String fileName) {
    try {
      return Files.readString(folder.resolve(fileName));
    } catch (IOException e) {
      throw new Refusal(
          folder.resolve(fileName)
              + " cannot be read ("
              + e
              + "): restore it from git, then import again",
          e);
    }
  }

  private Matcher row(String readme, String fileName) {
    Pattern row =
        Pattern.compile(
            "(?m)^\\| `"
                + Pattern.quote(fileName)
                + "` \\|.*\\| (?<date>[0-9]{4}-[0-9]{2}-[0-9]{2}) \\| `(?<sum>[0-9a-f]{64})` \\|$");
    Matcher matcher = row.matcher(readme);
    if (!matcher.find()) {
      throw new Refusal(
          folder.resolve(README)
              + " has no row for "
              + fileName
              + " with a date and a SHA-256: restore it from git, then import again");
    }
    return matcher;
  }
}
