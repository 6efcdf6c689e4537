package dev.devinsessions.specs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which file of {@code specs/} a page updates: decided by its operation and its language. */
final class SpecTarget {
  final String fileName;

  /** The path of the lookup on the page, and in the file. */
  final String path;

  final String pathOnFile;

  private SpecTarget(String fileName, String path, String pathOnFile) {
    this.fileName = fileName;
    this.path = path;
    this.pathOnFile = pathOnFile;
  }

  /** The file of the other language; the same for English and Chinese. */
  String otherEdition() {
    return fileName.endsWith(".zh.yaml")
        ? fileName.replace(".zh.yaml", ".yaml")
        : fileName.replace(".yaml", ".zh.yaml");
  }

  static SpecTarget of(SpecPage page, Spec spec, SpecFolder folder) {
    Map<String, String> paths = folder.lookupPaths();
    String ending = isChinese(page, spec) ? ".zh.yaml" : ".yaml";
    List<SpecTarget> found = new ArrayList<>();
    paths.forEach(
        (file, path) -> {
          boolean isEnglish = !file.endsWith(".zh.yaml");
          Spec.Operation lookup = isEnglish ? find(spec, folder.read(file).get(path), path) : null;
          if (lookup != null) {
            String target = file.replace(".yaml", ending);
            found.add(new SpecTarget(target, lookup.path(), paths.get(target)));
          }
        });
    if (found.size() != 1) {
      throw new Refusal(
          "the page has the operations "
              + spec.operations().stream()
                  .limit(3)
                  .map(Spec.Operation::toString)
                  .collect(Collectors.joining(", "))
              + (found.isEmpty() ? ": none of them" : ": more than one of them")
              + " is in specs/README.md; for a new API see generated-client/README.md");
    }
    if (found.get(0).pathOnFile == null) {
      throw new Refusal(
          "specs/README.md has no row for "
              + found.get(0).fileName
              + ", the file of this page in its language");
    }
    return found.get(0);
  }

  /** By the path; if that changed, by the operation id; if both did, by the response. */
  private static Spec.Operation find(Spec spec, Spec.Operation known, String path) {
    List<Predicate<Spec.Operation>> signs =
        List.of(
            each -> each == spec.get(path),
            each -> each.id().equals(known.id()),
            each -> isAlike(each, known));
    return signs.stream()
        .flatMap(sign -> spec.operations().stream().filter(sign))
        .filter(each -> each.method().equals("GET") && each.path().endsWith("}"))
        .findFirst()
        .orElse(null);
  }

  /** Whether most properties of the responses are the same. */
  private static boolean isAlike(Spec.Operation one, Spec.Operation other) {
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
      throw new Refusal(
          "the page is in the language "
              + page.language()
              + ": only English and Chinese pages are kept");
    }
    String prose =
        spec.section("info").get("description")
            + spec.operations().stream()
                .map(each -> "" + each.node.get("summary") + each.node.get("description"))
                .collect(Collectors.joining());
    if (prose.matches("(?s).*[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsCyrillic}].*")) {
      throw new Refusal(
          "the page is neither English nor Chinese: only pages in these languages are kept");
    }
    return page.language().equals("zh")
        || page.language().isEmpty() && prose.matches("(?s).*\\p{IsHan}.*");
  }
}
