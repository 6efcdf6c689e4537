package dev.devinsessions.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each change is reported with its verdict, and nothing else is. */
class SpecChangesTest {
  private static final Path CHANGES = Path.of("src", "test", "resources", "changes");

  @TempDir Path temporary;
  private SpecFolder folder;

  @BeforeEach
  void copySpecs() throws IOException {
    folder = Pages.folder(temporary);
  }

  static Set<String> changes() {
    return Pages.files(CHANGES).keySet();
  }

  /**
   * The first line of a file names a specification and the verdict. The lines that change follow:
   * old ones after {@code -}, new ones after {@code +}. Lines after {@code =} are the starts of the
   * lines of the report.
   */
  @ParameterizedTest
  @MethodSource("changes")
  void reportsAChangeWithItsVerdict(String change) {
    String[] blocks = Pages.text(CHANGES.resolve(change)).split("\n\n");
    String[] title = blocks[0].strip().split(": ");
    String yaml = "\n" + Pages.spec(title[0]);
    List<String> expected = new ArrayList<>();
    for (String block : blocks) {
      String before = lines(block, "-").map(line -> line + "\n").collect(Collectors.joining());
      String after = lines(block, "+").map(line -> line + "\n").collect(Collectors.joining());
      int at = yaml.indexOf("\n" + before) + 1;
      assertTrue(at > 0, "no such lines in " + title[0] + ":\n" + before);
      if (!before.isEmpty()) {
        yaml = yaml.substring(0, at) + after + yaml.substring(at + before.length());
      }
      lines(block, "= ").map(line -> "- " + line).forEach(expected::add);
    }

    String report = Pages.importPage(yaml.substring(1), folder, true);

    assertEquals(
        "# `" + title[0] + "`: " + title[1], report.lines().findFirst().orElseThrow(), report);
    List<String> bullets =
        report
            .replaceAll("(?s)\n## \\S+ differs.*", "")
            .lines()
            .filter(line -> line.startsWith("- "))
            .collect(Collectors.toList());
    for (String line : expected) {
      assertTrue(
          bullets.stream().anyMatch(bullet -> bullet.startsWith(line)),
          line + "\nis not in\n" + report);
    }
    assertEquals(expected.size(), bullets.size(), report);
  }

  private static Stream<String> lines(String block, String mark) {
    return block
        .lines()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()));
  }

  /**
   * Every page with an altered or removed value is rejected, or not reported as identical; the
   * report names an altered value.
   */
  @Test
  void detectsEveryAlteredOrRemovedValue() {
    Map<String, String> pages = new LinkedHashMap<>();
    Map<String, Object> tree = SpecTree.parse(Pages.spec("v1.yaml"));
    alter("", tree, tree, pages);
    assertTrue(pages.size() > 200, "alterations: " + pages.size());
    pages.forEach(
        (where, page) -> {
          try {
            String report = Pages.importPage(page, folder, true);
            assertFalse(report.startsWith("# `v1.yaml`: identical"), where);
            assertTrue(report.contains("altered") || where.startsWith("removed"), where + report);
            // The fallback for differences without a known meaning.
            boolean isNotation = report.contains("\n- document: order or notation");
            assertTrue(!isNotation || where.endsWith(".type"), where + report);
          } catch (PageException e) {
            assertFalse(e.getMessage().isBlank(), where);
          }
        });
  }

  /** Every page that lacks one entry of a tree, or has another value there. */
  private static void alter(String where, Object node, Object root, Map<String, String> pages) {
    for (String key : List.copyOf(SpecTree.map(node).keySet())) {
      Map<String, Object> map = SpecTree.map(node);
      Map<String, Object> original = new LinkedHashMap<>(map);
      map.remove(key);
      pages.put("removed " + where + "." + key, Text.of(root));
      if (original.get(key) instanceof String) {
        map.put(key, "altered");
        pages.put(where + "." + key, Text.of(root));
      }
      map.clear();
      map.putAll(original);
      alter(where + "." + key, map.get(key), root, pages);
    }
    SpecTree.list(node).forEach(item -> alter(where + "[]", item, root, pages));
  }
}
