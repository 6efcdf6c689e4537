package dev.devinsessions.specs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which file of {@code specs/} a page renews: found by the operation it describes, its version and
 * its language.
 */
final class SpecTarget {
  /**
   * What a page names beside {@code yaml}, if that is in the folder of a language: {@code
   * zh/v2-openapi.yaml}.
   */
  private static final Pattern LANGUAGE_FOLDER =
      Pattern.compile("/?([A-Za-z]{2}(?:-[A-Za-z]+)?)/\\S+\\.ya?ml\\b.*");

  private static final Pattern OTHER_SCRIPTS =
      Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsCyrillic}]");
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

  private final KnownSpec spec;
  private final KnownSpec.Edition edition;
  private final String path;

  private SpecTarget(KnownSpec spec, KnownSpec.Edition edition, String path) {
    this.spec = spec;
    this.edition = edition;
    this.path = path;
  }

  KnownSpec spec() {
    return spec;
  }

  KnownSpec.Edition edition() {
    return edition;
  }

  /** The path of the lookup on the page: not the known one where the operation has moved. */
  String path() {
    return path;
  }

  String fileName() {
    return spec.fileName(edition);
  }

  static SpecTarget of(SpecPage page, SpecDocument document, SpecFolder folder) {
    List<KnownSpec> found = new ArrayList<>();
    String path = null;
    for (KnownSpec spec : folder.specs()) {
      String itsPath = spec.lookupPath(document);
      if (itsPath == null) {
        itsPath = movedPath(spec, document, folder);
      }
      if (itsPath != null) {
        found.add(spec);
        path = itsPath;
      }
    }
    if (found.size() != 1) {
      throw new Refusal(
          "the page describes "
              + operations(document)
              + (found.isEmpty() ? ", none of " : ", more than one of ")
              + folder.specs().stream()
                  .map(KnownSpec::operation)
                  .collect(Collectors.joining(" and "))
              + ", which specs/README.md lists: give the page of one of these");
    }
    KnownSpec spec = found.get(0);
    if (!spec.hasMajor(document.version())) {
      throw new Refusal(
          "the page describes "
              + spec.operation()
              + " but calls itself version "
              + document.version()
              + ", not "
              + spec.major()
              + ".x: it is mixed up or a new API, for which CONTRIBUTING.md has a section");
    }
    KnownSpec.Edition edition = edition(page, document, path);
    if (!folder.has(spec.fileName(edition))) {
      throw new Refusal(
          "the page is the "
              + edition
              + " edition, and no "
              + spec.fileName(edition)
              + " is kept: import the English page");
    }
    return new SpecTarget(spec, edition, path);
  }

  /** The lookup at another path is the same operation if it kept its id. */
  private static String movedPath(KnownSpec spec, SpecDocument document, SpecFolder folder) {
    SpecDocument onFile = folder.read(spec.fileName(KnownSpec.Edition.ENGLISH));
    return KnownSpec.pathOfOperation(
        document, KnownSpec.operationId(onFile, pathOnFile(spec, onFile)));
  }

  /**
   * The path of the lookup in a file of {@code specs/}; the first one that can be read, where it
   * has moved since.
   */
  static String pathOnFile(KnownSpec spec, SpecDocument onFile) {
    String path = spec.lookupPath(onFile);
    if (path != null) {
      return path;
    }
    return onFile.section("paths").keySet().stream()
        .filter(candidate -> KnownSpec.operationId(onFile, candidate) != null)
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "specs/ has no "
                        + spec.operation()
                        + ": restore the file of "
                        + spec
                        + " from git"));
  }

  private static KnownSpec.Edition edition(SpecPage page, SpecDocument document, String path) {
    Matcher folder = LANGUAGE_FOLDER.matcher(page.info());
    if (folder.matches()) {
      String language = folder.group(1).toLowerCase(Locale.ROOT);
      if (!language.startsWith("zh") && !language.startsWith("en")) {
        throw new Refusal(
            "the page is the edition "
                + folder.group(1)
                + ": only English and Chinese ones are kept");
      }
      return language.startsWith("zh") ? KnownSpec.Edition.CHINESE : KnownSpec.Edition.ENGLISH;
    }
    Map<String, Object> operation =
        SpecTree.map(
            SpecTree.map(document.resolve(document.section("paths").get(path))).get("get"));
    String prose =
        String.join(
            "\n",
            String.valueOf(document.section("info").get("description")),
            String.valueOf(operation.get("summary")),
            String.valueOf(operation.get("description")));
    if (OTHER_SCRIPTS.matcher(prose).find()) {
      throw new Refusal(
          "the page is in a language that is neither English nor Chinese: only these editions are kept");
    }
    return CHINESE.matcher(prose).find() ? KnownSpec.Edition.CHINESE : KnownSpec.Edition.ENGLISH;
  }

  private static String operations(SpecDocument document) {
    List<String> paths = new ArrayList<>(document.section("paths").keySet());
    if (paths.isEmpty()) {
      return "no operation";
    }
    String more = paths.size() > 3 ? " and " + (paths.size() - 3) + " more" : "";
    return paths.stream()
            .limit(3)
            .map(path -> Text.excerpt(path, 100))
            .collect(Collectors.joining(", "))
        + more;
  }
}
