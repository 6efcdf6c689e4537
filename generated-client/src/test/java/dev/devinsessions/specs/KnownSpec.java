package dev.devinsessions.specs;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A specification that {@code specs/} keeps, told apart by the operation that the library calls.
 * The README there lists them: a row for each, and one for each translation.
 */
final class KnownSpec {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z0-9-]+)\\.yaml` \\|.*\\(`GET (/v([0-9]+)/\\S+)`\\) \\|");

  private final String baseName;
  private final int major;
  private final String path;

  private KnownSpec(String baseName, int major, String path) {
    this.baseName = baseName;
    this.major = major;
    this.path = path;
  }

  /** Those that a README lists. */
  static List<KnownSpec> in(String readme) {
    return ROW.matcher(readme)
        .results()
        .map(row -> new KnownSpec(row.group(1), Integer.parseInt(row.group(3)), row.group(2)))
        .collect(Collectors.toList());
  }

  String fileName(Edition edition) {
    return baseName + edition.suffix() + ".yaml";
  }

  /** The operation that looks a session up. */
  String operation() {
    return "GET " + path;
  }

  boolean hasMajor(String version) {
    return version.matches(major + "(\\..*)?");
  }

  int major() {
    return major;
  }

  /**
   * The path of the lookup in a document, whatever its parameter is called there; null where it has
   * none.
   */
  String lookupPath(SpecDocument document) {
    return document.section("paths").entrySet().stream()
        .filter(entry -> shape(entry.getKey()).equals(shape(path)))
        .filter(entry -> SpecTree.map(document.resolve(entry.getValue())).containsKey("get"))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /**
   * The path of the operation with this id, for a lookup that moved; null where the document has
   * none.
   */
  static String pathOfOperation(SpecDocument document, String operationId) {
    return document.section("paths").entrySet().stream()
        .filter(
            entry ->
                operationId != null && operationId.equals(operationId(document, entry.getKey())))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  static String operationId(SpecDocument document, String path) {
    Object item = document.resolve(document.section("paths").get(path));
    Object id = SpecTree.map(SpecTree.map(item).get("get")).get("operationId");
    return id == null ? null : id.toString();
  }

  private static String shape(String path) {
    return path.replaceAll("\\{[^}]*}", "{}");
  }

  @Override
  public String toString() {
    return baseName;
  }

  /** The language of the prose. English is the edition that the clients are generated from. */
  enum Edition {
    ENGLISH("English", ""),
    CHINESE("Chinese", ".zh");

    private final String language;
    private final String suffix;

    Edition(String language, String suffix) {
      this.language = language;
      this.suffix = suffix;
    }

    String suffix() {
      return suffix;
    }

    Edition other() {
      return this == ENGLISH ? CHINESE : ENGLISH;
    }

    @Override
    public String toString() {
      return language;
    }
  }
}
