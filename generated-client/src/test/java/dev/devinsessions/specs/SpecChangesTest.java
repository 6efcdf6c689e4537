package dev.devinsessions.specs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One change at a time: each is classed and named, and nothing else is. */
class SpecChangesTest {
  private static final Path CHANGES = Path.of("src", "test", "resources", "changes");

  @TempDir Path folder;
  private ImportBench bench;

  @BeforeEach
  void copySpecs() throws IOException {
    bench = new ImportBench(folder);
  }

  @ParameterizedTest
  @MethodSource("edits")
  void is_classed_and_named(SpecEdit edit) throws IOException {
    int status = bench.importText(edit.apply(ImportBench.spec(edit.file())), "--dry-run");

    assertEquals("", bench.err());
    assertEquals(0, status);
    String report = bench.report();
    assertTrue(report.startsWith("# `" + edit.file() + "`"), report);
    assertEquals(
        edit.verdict(), report.lines().findFirst().orElseThrow().replaceFirst(".*: ", ""), report);
    List<String> bullets = bullets(report);
    assertAll(
        report,
        edit.lines().stream()
            .map(
                line ->
                    () ->
                        assertTrue(
                            bullets.stream().anyMatch(bullet -> bullet.startsWith("- " + line)),
                            line)));
    assertEquals(edit.lines().size(), bullets.size(), report);
  }

  static Stream<SpecEdit> edits() throws IOException {
    try (Stream<Path> files = Files.list(CHANGES)) {
      return files.sorted().map(SpecEdit::new).collect(Collectors.toList()).stream();
    }
  }

  @Test
  void whatever_is_altered_in_a_spec_is_named_old_beside_new_or_refused() throws IOException {
    assertNoneIsMissed(new Alterations("altered"));
  }

  @Test
  void whatever_is_removed_from_a_spec_is_noticed_or_refused() throws IOException {
    assertNoneIsMissed(new Alterations(null));
  }

  private void assertNoneIsMissed(Alterations alterations) throws IOException {
    Map<String, Object> tree = SpecTree.parse(ImportBench.spec("v1.yaml"));
    alterations.of("", tree, tree);
    assertFalse(alterations.pages.isEmpty());
    for (Map.Entry<String, String> page : alterations.pages.entrySet()) {
      int status = bench.importText(page.getValue(), "--dry-run");
      String where = page.getKey() + "\n" + bench.out() + bench.err();
      if (status == 0) {
        assertFalse(bench.out().lines().findFirst().orElseThrow().endsWith(": identical"), where);
        assertTrue(bench.out().contains("altered") || alterations.value == null, where);
        // The last resort of the comparison, where it finds no meaning in what differs.
        assertFalse(bench.out().matches("(?s).*\n- document: (components|paths)\\..*"), where);
      } else {
        assertEquals(1, bench.err().lines().count(), where);
      }
    }
  }

  private static List<String> bullets(String report) {
    String changes = report.replaceAll("(?s)\n## The \\w+ edition differs.*", "");
    return changes
        .lines()
        .dropWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("- "))
        .collect(Collectors.toList());
  }

  /** Every page that differs from a tree in one value; JSON, by where it differs. */
  private static final class Alterations {
    private final Map<String, String> pages = new LinkedHashMap<>();
    private final Object value;

    /**
     * @param value put in the place of each scalar; null removes each entry of a map or list
     *     instead
     */
    private Alterations(Object value) {
      this.value = value;
    }

    private void of(String where, Object node, Object root) {
      for (String key : List.copyOf(SpecTree.map(node).keySet())) {
        Map<String, Object> map = SpecTree.map(node);
        Map<String, Object> original = new LinkedHashMap<>(map);
        if (value == null) {
          map.remove(key);
          pages.put(where + "." + key, Text.of(root));
        } else if (!(original.get(key) instanceof Map || original.get(key) instanceof List)) {
          map.put(key, value);
          pages.put(where + "." + key, Text.of(root));
        }
        map.clear();
        map.putAll(original);
        of(where + "." + key, map.get(key), root);
      }
      @SuppressWarnings("unchecked") // The trees of SpecTree have lists of anything.
      List<Object> list = node instanceof List ? (List<Object>) node : new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        Object original = list.remove(i);
        if (value == null) {
          pages.put(where + "[" + i + "]", Text.of(root));
        }
        list.add(i, original instanceof String && value != null ? value : original);
        if (value != null && original instanceof String) {
          pages.put(where + "[" + i + "]", Text.of(root));
        }
        list.set(i, original);
        of(where + "[" + i + "]", original, root);
      }
    }
  }
}
