package dev.devinsessions.specs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an import changes, as Markdown that reads well in a terminal and in a change request. */
final class SpecReport {
  /** The longest value shown; longer ones are shown where they differ. */
  static final int MAX_VALUE = 160;

  private static final int MAX_LINES = 500;

  private final String fileName;
  private final KnownSpec.Edition edition;
  private final String lookup;
  private final List<Change> changes;
  private final Impact verdict;

  SpecReport(String fileName, KnownSpec.Edition edition, String lookup, List<Change> changes) {
    this.fileName = fileName;
    this.edition = edition;
    this.lookup = lookup;
    this.changes = changes;
    verdict =
        changes.stream()
            .map(change -> Judgement.of(change, lookup).impact())
            .max(Impact::compareTo)
            .orElse(Impact.IDENTICAL);
  }

  Impact verdict() {
    return verdict;
  }

  /**
   * @param page where it came from
   * @param before SHA-256 of the file, and {@code after} of what the page holds
   * @param drift changes from this edition to the translated one, when both are as they will be
   */
  String markdown(String page, String before, String after, List<Change> drift) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + Text.code(fileName) + " (" + edition + "): " + verdict);
    lines.add("");
    lines.add("- page: " + Text.code(Text.excerpt(page, MAX_VALUE)));
    lines.add("- on file: " + Text.code(before));
    if (verdict == Impact.IDENTICAL) {
      lines.add(
          before.equals(after)
              ? "- the page: the same bytes"
              : "- the page: "
                  + Text.code(after)
                  + ", the same content in another layout, so the file stays as it is");
    } else {
      lines.add("- the page: " + Text.code(after));
    }
    section(lines, Impact.BREAKING, "Breaking");
    section(lines, Impact.COMPATIBLE, "Compatible");
    section(lines, Impact.PROSE_ONLY, "Prose only");
    if (!drift.isEmpty()) {
      lines.add("");
      lines.add(
          "## The " + edition.other() + " edition differs in structure (" + drift.size() + ")");
      lines.add("");
      lines.add("Import its page too; until then its test fails.");
      lines.add("");
      bullets(lines, drift, Map.of(), false);
    }
    return String.join("\n", lines) + "\n";
  }

  private void section(List<String> lines, Impact impact, String heading) {
    List<Change> those = new ArrayList<>();
    changes.stream()
        .filter(change -> Judgement.of(change, lookup).impact() == impact)
        .forEach(those::add);
    if (!those.isEmpty()) {
      lines.add("");
      lines.add("## " + heading + " (" + those.size() + ")");
      lines.add("");
      bullets(lines, those, SpecDiff.renames(changes), true);
    }
  }

  private void bullets(
      List<String> lines, List<Change> those, Map<Change, Change> renames, boolean advised) {
    those.stream()
        .limit(MAX_LINES)
        .forEach(
            change -> {
              String advice = advised ? Judgement.of(change, lookup).advice() : "";
              Change renamed = renames.get(change);
              String rename =
                  renamed == null ? "" : " (renamed to " + Text.code(renamed.place().path()) + "?)";
              lines.add(
                  "- "
                      + change.describe(lookup)
                      + rename
                      + (advice.isEmpty() ? "" : ". " + advice));
            });
    if (those.size() > MAX_LINES) {
      lines.add("- … and " + (those.size() - MAX_LINES) + " more");
    }
  }
}
