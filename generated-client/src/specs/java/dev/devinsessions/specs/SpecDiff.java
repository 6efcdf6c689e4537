package dev.devinsessions.specs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The differences between two documents, and their severity for applications. */
public final class SpecDiff {
  private final Map<String, String> before;
  private final Map<String, String> after;
  private final List<Pattern> hidden = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  private SpecDiff(Map<String, String> before, Map<String, String> after) {
    this.before = before;
    this.after = after;
  }

  /** The changes in the order of the first document; none if both are equal. */
  public static List<Change> between(Spec before, String beforePath, Spec after, String afterPath) {
    if (before.tree.equals(after.tree)) {
      return List.of();
    }
    SpecDiff diff = new SpecDiff(Facts.of(before, beforePath), Facts.of(after, afterPath));
    diff.compare();
    if (diff.changes.isEmpty()) {
      // The same facts from different trees.
      String[] parts = {"", "", "", "", "prose", "order or notation"};
      diff.changes.add(new Change(parts, before.yaml, after.yaml));
    }
    return diff.changes;
  }

  private void compare() {
    Set<String> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
    keys.forEach(this::hideNested);
    for (String key : keys) {
      String[] parts = key.split("\t", -1);
      boolean isAltered = before.containsKey(key) && after.containsKey(key);
      if (isAltered && containerOf(parts) != null
          || hidden.stream().anyMatch(whole -> whole.matcher(key).matches())) {
        continue;
      }
      changes.add(new Change(parts, before.get(key), after.get(key)));
    }
  }

  /** Hides changes inside anything that was added or removed, or whose type changed. */
  private void hideNested(String key) {
    String[] parts = key.split("\t", -1);
    String container = containerOf(parts);
    boolean isAltered = before.containsKey(key) && after.containsKey(key);
    if (container != null && !isAltered) {
      hidden.add(Pattern.compile(container));
    } else if (parts[4].equals("type") && isAltered) {
      String place = String.join("\t", Arrays.asList(parts).subList(0, 4));
      hidden.add(Pattern.compile(Pattern.quote(place) + "[.\\[{<](?!.*\tproperty\t).*"));
    }
  }

  /** A pattern for the nested keys; null for a leaf. */
  private static String containerOf(String[] parts) {
    String place = String.join("\t", Arrays.asList(parts).subList(0, 4));
    switch (parts[4]) {
      case "operation":
        return Pattern.quote(parts[0] + "\t") + "(?!\t\t\toperation\t).*";
      case "parameter":
      case "request body":
      case "response":
        return Pattern.quote(parts[0] + "\t" + parts[1] + "\t") + "(?!\t\t" + parts[4] + "\t).*";
      case "media type":
        return Pattern.quote(parts[0] + "\t" + parts[1] + "\t" + parts[2] + "\t")
            + "(?!\tmedia type\t).*";
      case "property":
        // Nested properties are still reported.
        return Pattern.quote(place) + "[\t.\\[{<](?!property\t|.*\tproperty\t).*";
      case "enum":
        return Pattern.quote(place + "\tenum value\t") + ".*";
      default:
        return null;
    }
  }

  /** One difference. */
  public static final class Change {
    private final String[] parts;
    private final String before;
    private final String after;
    private final String[] verdict;

    private Change(String[] parts, String before, String after) {
      this.parts = parts;
      this.before = before;
      this.after = after;
      verdict = Verdicts.of(line());
    }

    public boolean isStructural() {
      return impact() != Impact.PROSE_ONLY;
    }

    Impact impact() {
      return Impact.valueOf(verdict[0]);
    }

    /** Whether the second document has Chinese text here. */
    public boolean isTranslated() {
      return after != null && after.matches("(?s).*\\p{IsHan}.*");
    }

    /**
     * The text that {@link Verdicts} matches, such as {@code lookup, 200 response, url: + property
     * = optional string}.
     */
    private String line() {
      String kind =
          before == null ? "+" : after == null ? "-" : Verdicts.direction(parts[4], before, after);
      String value = before == null ? after : after == null ? before : before + " → " + after;
      String scope =
          parts[0].isEmpty() ? "document" : parts[0].equals(Facts.LOOKUP) ? parts[0] : "other";

      return scope
          + ", "
          + parts[1]
          + mediaTypeSuffix()
          + ", "
          + parts[3]
          + ": "
          + kind
          + " "
          + parts[4]
          + " = "
          + value;
    }

    /**
     * Human-readable, such as {@code 200 response, `tags[]`: type `string` → `integer`}.
     *
     * @param lookup the name of the operation that the library calls
     */
    String describe(String lookup) {
      return what(lookup)
          + values(" added: %s", " removed: %s", " %s → %s")
          + (verdict[2].isEmpty() ? "" : ". " + verdict[2]);
    }

    /** The same for two files, neither of which is older. */
    public String compare(String lookup, String beforeFile, String afterFile) {
      String altered = " is %s in " + beforeFile + ", %s in " + afterFile;
      return what(lookup)
          + values(" %s is only in " + afterFile, " %s is only in " + beforeFile, altered);
    }

    private String values(String added, String removed, String altered) {
      return before == null
          ? String.format(added, Text.code(after, ""))
          : after == null
              ? String.format(removed, Text.code(before, ""))
              : String.format(altered, Text.code(before, after), Text.code(after, before));
    }

    /** For example, {@code " as text/plain"}; empty for JSON. */
    private String mediaTypeSuffix() {
      return parts[2].isEmpty() || parts[2].equals("application/json") ? "" : " as " + parts[2];
    }

    private String what(String lookup) {
      List<String> place = new ArrayList<>();
      if (parts[0].isEmpty() && parts[1].isEmpty()) {
        place.add("document");
      } else if (!parts[0].isEmpty() && (parts[1].isEmpty() || !parts[0].equals(Facts.LOOKUP))) {
        place.add(Text.code(parts[0].equals(Facts.LOOKUP) ? lookup : parts[0]));
      }
      if (!parts[1].isEmpty()) {
        place.add(parts[1] + mediaTypeSuffix());
      }
      if (!parts[3].isEmpty()) {
        place.add(Text.code(parts[3]));
      }
      boolean isNamed = Set.of("prose", "other", "keyword").contains(parts[4]);
      return Text.excerpt(String.join(", ", place) + ": " + (isNamed ? parts[5] : parts[4]), 400);
    }
  }
}
