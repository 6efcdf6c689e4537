package dev.devinsessions.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as text. */
final class Table {
  private Table() {}

  static String of(List<Row> rows, int rounds) {
    return "| case | unit | ours | floor | ours / floor | native | ours / native | okhttp-gson"
        + " | ours / okhttp-gson | aim: floor, best peer | met |\n"
        + "|---|---|--:|--:|--:|--:|--:|--:|--:|---|---|\n"
        + rows.stream().map(Table::line).collect(Collectors.joining())
        + "\n"
        + machine(rounds)
        + "\n";
  }

  private static String line(Row row) {
    StringBuilder line = new StringBuilder("| " + row.title() + " | " + row.unit() + " | ");
    line.append(figure(row, Subject.OURS)).append(" | ");
    for (String other : Subject.ALL.subList(1, Subject.ALL.size())) {
      line.append(figure(row, other)).append(" | ");
      line.append(row.ratio(other).map(Ratio::toString).orElse("–")).append(" | ");
    }
    boolean isAimed = !row.aim().equals(Row.Aim.NONE);
    line.append(aim(row.aim().overFloor())).append(", ").append(aim(row.aim().overBestPeer()));
    return line + " | " + (!isAimed ? "–" : row.isMet() ? "yes" : "**no**") + " |\n";
  }

  private static String figure(Row row, String subject) {
    return row.median(subject)
        .map(value -> row.unit().equals("kB") ? value / 1000 : value)
        .map(value -> String.format(Locale.ROOT, value < 10 ? "%.3f" : "%,.1f", value))
        .orElse("–");
  }

  private static String aim(double atMost) {
    return atMost == 0 ? "–" : String.format(Locale.ROOT, "%.2f", atMost);
  }

  static String json(List<Row> rows, int rounds) throws JsonProcessingException {
    return new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(
            Map.of("machine", machine(rounds), "rows", rows.stream().map(Table::json).toList()));
  }

  private static Map<String, Object> json(Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("case", row.title());
    json.put("unit", row.unit().equals("kB") ? "bytes" : row.unit());
    json.put("aim", row.aim());
    json.put("met", row.isMet());
    Map<String, Object> ratios = new LinkedHashMap<>();
    row.samples().keySet().stream()
        .filter(subject -> !subject.equals(Subject.OURS))
        .forEach(subject -> ratios.put(subject, row.ratio(subject).orElseThrow()));
    json.put("ratios", ratios);
    json.put("samples", row.samples());
    return json;
  }

  /** Where and when. */
  private static String machine(int rounds) {
    return String.format(
        "%s, %s, %d processors (%s), JDK %s, %d rounds.",
        LocalDate.now(),
        System.getProperty("os.name"),
        Runtime.getRuntime().availableProcessors(),
        processor(),
        Runtime.version(),
        rounds);
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst("^[^:]*: *", ""))
          .findFirst()
          .orElseGet(() -> System.getProperty("os.arch"));
    } catch (IOException notLinux) {
      return System.getProperty("os.arch");
    }
  }
}
