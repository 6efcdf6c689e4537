package dev.devinsessions.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes a chart and a table from JMH's results: {@code Report <results folder> <output folder>}.
 * The table goes into the README.md of the folder if there is one. A ratio is the median over the
 * rounds.
 */
public final class Report {
  private static final String START = "<!-- results -->\n";
  private static final String END = "<!-- end of the results -->";

  /** A measurement of a case, and its target ratio. */
  private record Row(String title, String benchmark, String mode, String figure, double goal) {}

  private static final String SCORE = "/primaryMetric/score";
  private static final String BYTES = "/secondaryMetrics/gc.alloc.rate.norm/score";
  private static final List<Row> ROWS =
      List.of(
          new Row("small lookup, time", "smallLookup", "avgt", SCORE, 1.00),
          new Row("small lookup, bytes", "smallLookup", "avgt", BYTES, 1.15),
          new Row("10,000 messages, time", "tenThousandMessages", "avgt", SCORE, 1.00),
          new Row("10,000 messages, bytes", "tenThousandMessages", "avgt", BYTES, 1.05),
          new Row("getAll of 2,000, time", "getAll", "avgt", SCORE, 0.95),
          new Row("getAll of 2,000, bytes", "getAll", "avgt", BYTES, 1.20),
          new Row("32 callers, time per lookup", "callers", "avgt", SCORE, 1.05),
          new Row(
              "32 callers, 99th percentile",
              "callers",
              "sample",
              "/primaryMetric/scorePercentiles/99.0",
              1.10),
          new Row("joined lookup vs. the slower lookup", "joinedLookup", "avgt", SCORE, 1.10),
          new Row("JVM start to first session", "freshJvm", "ss", SCORE, 1.05));

  private Report() {}

  public static void main(String[] args) throws IOException {
    // JDK, then case, mode and client, then the result of each round
    Map<String, Map<String, List<JsonNode>>> results = new TreeMap<>();
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".json")).sorted().toList()) {
        for (JsonNode result : new ObjectMapper().readTree(file.toFile())) {
          String name = result.get("benchmark").asText().replaceAll(".*\\.", "");
          String client = result.at("/params/client").asText();
          results
              .computeIfAbsent(
                  result.get("jdkVersion").asText().split("\\.")[0], jdk -> new TreeMap<>())
              .computeIfAbsent(
                  key(name, result.get("mode").asText(), client), k -> new ArrayList<>())
              .add(result);
        }
      }
    }
    String table = table(results);
    System.out.print(table);
    Files.writeString(Path.of(args[1], "chart.svg"), chart(results));
    Path readme = Path.of(args[1], "README.md");
    if (Files.exists(readme)) {
      String text = Files.readString(readme);
      String before = text.substring(0, text.indexOf(START) + START.length());
      Files.writeString(readme, before + table + text.substring(text.indexOf(END)));
    }
  }

  private static String key(String benchmark, String mode, String client) {
    return benchmark + " " + mode + " " + client;
  }

  private static String table(Map<String, Map<String, List<JsonNode>>> results) {
    StringBuilder head = new StringBuilder("| ours / floor |");
    StringBuilder line = new StringBuilder("|---|");
    for (String jdk : results.keySet()) {
      head.append(" JDK ").append(jdk).append(" | lowest to highest | ours | floor |");
      line.append("--:|---|--:|--:|");
    }
    StringBuilder table = new StringBuilder(head + " goal |\n" + line + "--:|\n");
    for (Row row : ROWS) {
      table.append("| ").append(row.title).append(" |");
      for (Map<String, List<JsonNode>> ofJdk : results.values()) {
        List<Double> ratios = ratios(row, ofJdk);
        table.append(
            ratios.isEmpty()
                ? " | | | |"
                : format(
                    " **%.2f** | %.2f to %.2f | %s | %s |",
                    median(ratios),
                    new TreeSet<>(ratios).first(),
                    new TreeSet<>(ratios).last(),
                    figure(row, median(figures(row, ofJdk, "ours"))),
                    figure(row, median(figures(row, ofJdk, "floor")))));
      }
      table.append(format(" %.2f |\n", row.goal));
    }
    return table.toString();
  }

  private static String figure(Row row, double value) {
    return row.figure.equals(BYTES) ? format("%,.1f kB", value / 1000) : format("%,.3f ms", value);
  }

  private static List<Double> figures(Row row, Map<String, List<JsonNode>> ofJdk, String client) {
    return ofJdk.getOrDefault(key(row.benchmark, row.mode, client), List.of()).stream()
        .map(result -> result.at(row.figure).asDouble())
        .toList();
  }

  private static List<Double> ratios(Row row, Map<String, List<JsonNode>> ofJdk) {
    List<Double> floor = figures(row, ofJdk, "floor");
    List<Double> ours = figures(row, ofJdk, "ours");
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < Math.min(floor.size(), ours.size()); round++) {
      ratios.add(ours.get(round) / floor.get(round));
    }
    return ratios;
  }

  private static double median(Collection<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** One bar for each case and JDK, with a line where ours equals the floor. */
  private static String chart(Map<String, Map<String, List<JsonNode>>> results) {
    String[] colours = {"#8fb8de", "#2f6ea5", "#1b3f5f"};
    int left = 270;
    int scale = 220;
    int rowHeight = 18 * results.size() + 14;
    int height = 76 + rowHeight * ROWS.size();
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"13\">\n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n"
                + "<text x=\"16\" y=\"24\" font-size=\"16\">Cost of the library as a multiple of"
                + " the floor (lower is better)</text>\n",
            height));
    int y = 64;
    for (Row row : ROWS) {
      svg.append(text(left - 12, y + rowHeight / 2 - 6, "end", row.title));
      int at = y;
      int colour = 0;
      for (Map.Entry<String, Map<String, List<JsonNode>>> jdk : results.entrySet()) {
        List<Double> ratios = ratios(row, jdk.getValue());
        if (!ratios.isEmpty()) {
          double ratio = median(ratios);
          int width = (int) (scale * ratio);
          svg.append(
              format(
                  "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"15\" fill=\"%s\"/>\n",
                  left, at, width, colours[colour % colours.length]));
          int label = Math.max(left + width, left + scale) + 8;
          svg.append(text(label, at + 12, "start", format("%.2f  JDK %s", ratio, jdk.getKey())));
        }
        at += 18;
        colour++;
      }
      y += rowHeight;
    }
    svg.append(text(left + scale, 48, "middle", "1.00 = floor"));
    svg.append(
        format(
            "<line x1=\"%1$d\" y1=\"54\" x2=\"%1$d\" y2=\"%2$d\" stroke=\"#c0392b\""
                + " stroke-dasharray=\"4 3\"/>\n",
            left + scale, height - 12));
    return svg.append("</svg>\n").toString();
  }

  private static String text(int x, int y, String anchor, String text) {
    return format("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, text);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
