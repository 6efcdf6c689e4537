package dev.devinsessions.specs;

import java.util.Map;

/** The specifications that {@code specs/} keeps, told apart by the operation that the library calls. */
enum KnownSpec {
  V1("v1", 1, "/v1/sessions/{session_id}"),
  V2_ENTERPRISE("v2-enterprise", 2, "/v2/enterprise/sessions/{session_id}");

  private final String baseName;
  private final int major;
  private final String path;

  KnownSpec(String baseName, int major, String path) {
    this.baseName = baseName;
    this.major = major;
    this.path = path;
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

  /** The path of the lookup in a document, whatever its parameter is called there; null where it has none. */
  String lookupPath(SpecDocument document) {
    return document.section("paths").entrySet().stream()
        .filter(entry -> shape(entry.getKey()).equals(shape(path)))
        .filter(entry -> SpecTree.map(document.resolve(entry.getValue())).containsKey("get"))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** The path of the operation with this id, for a lookup that moved; null where the document has none. */
  static String pathOfOperation(SpecDocument document, String operationId) {
    return document.section("paths").entrySet().stream()
        .filter(entry -> operationId != null && operationId.equals(operationId(document, entry.getKey())))
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
