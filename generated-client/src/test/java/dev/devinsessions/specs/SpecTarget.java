package dev.devinsessions.specs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** The file of {@code specs/} that a page updates, found by operation and language. */
final class SpecTarget {
  /** In this order: by path, by operation id if the path changed, by response if both did. */
  private static final List<BiPredicate<Spec.Operation, Spec.Operation>> RULES =
      List.of(
          (each, known) -> Spec.shape(each.path()).equals(Spec.shape(known.path())),
          (each, known) -> each.id().equals(known.id()),
          SpecTarget::areSimilar);

  final String fileName;

  /** The path of the lookup on the page. */
  final String path;

  /** The path in the file; null for a new file. */
  final String pathInFile;

  private SpecTarget(String fileName, String path, String pathInFile) {
    this.fileName = fileName;
    this.path = path;
    this.pathInFile = pathInFile;
  }

  /** The file of the other language edition. */
  String otherEdition() {
    return fileName.endsWith(".zh.yaml")
        ? fileName.replace(".zh.yaml", ".yaml")
        : fileName.replace(".yaml", ".zh.yaml");
  }

  boolean isNew() {
    return pathInFile == null;
  }

  /**
   * @param newApi for the first page of an API, for example {@code v3}; else empty
   */
  static SpecTarget of(SpecPage page, Spec spec, SpecFolder folder, String newApi) {
    Map<String, String> paths = folder.lookupPaths();
    String ending = isChinese(page, spec) ? ".zh.yaml" : ".yaml";
    List<SpecTarget> found = new ArrayList<>();
    if (!newApi.isEmpty()) {
      if (!(newApi + ending).matches("v[0-9][a-z0-9-]*\\.yaml")
          || paths.containsKey(newApi + ending)) {
        throw new PageException(
            "NEW must name an API that has no file yet, such as v3, and PAGE its English page");
      }
      spec.operations().stream()
          .filter(SpecTarget::mayBeLookup)
          .forEach(lookup -> found.add(new SpecTarget(newApi + ending, lookup.path(), null)));
    }
    for (BiPredicate<Spec.Operation, Spec.Operation> rule : RULES) {
      if (newApi.isEmpty() && found.isEmpty()) {
        paths.forEach(
            (file, path) -> {
              String target = file.replace(".yaml", ending);
              Spec.Operation known = folder.read(file).get(path);
              spec.operations().stream()
                  .filter(each -> !file.endsWith(".zh.yaml"))
                  .filter(each -> mayBeLookup(each) && rule.test(each, known))
                  .findFirst()
                  .map(each -> new SpecTarget(target, each.path(), paths.get(target)))
                  .ifPresent(found::add);
            });
      }
    }
    if (found.size() != 1) {
      throw new PageException(
          "the page has the operations %s: %s of them %s",
          spec.operations().subList(0, Math.min(3, spec.operations().size())),
          found.isEmpty() ? "none" : "more than one",
          newApi.isEmpty()
              ? "is in specs/README.md; for a new API see generated-client/README.md"
              : "returns one session");
    }
    return found.get(0);
  }

  private static boolean mayBeLookup(Spec.Operation operation) {
    return operation.method().equals("GET") && operation.path().endsWith("}");
  }

  /** Whether the responses have most properties in common. */
  private static boolean areSimilar(Spec.Operation one, Spec.Operation other) {
    if (one.success() == null || other.success() == null) {
      return false;
    }
    Set<String> all = new TreeSet<>(one.success().properties().keySet());
    Set<String> common = new TreeSet<>(all);
    common.retainAll(other.success().properties().keySet());
    all.addAll(other.success().properties().keySet());
    return common.size() * 3 > all.size() * 2;
  }

  private static boolean isChinese(SpecPage page, Spec spec) {
    if (!page.language().matches("|en|zh")) {
      throw new PageException(
          "the language of the page is %s: only English and Chinese pages are supported",
          page.language());
    }
    String prose =
        spec.section("info").get("description")
            + spec.operations().stream()
                .map(each -> "" + each.node.get("summary") + each.node.get("description"))
                .collect(Collectors.joining());
    if (prose.matches("(?s).*[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsCyrillic}].*")) {
      throw new PageException(
          "the page is neither English nor Chinese: only these languages are supported");
    }
    return page.language().equals("zh")
        || page.language().isEmpty() && prose.matches("(?s).*\\p{IsHan}.*");
  }
}
