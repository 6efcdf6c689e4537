package dev.devinsessions.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Measures everything in rounds, so that what else the machine does hits all clients alike, and
 * writes what came out: {@code Bench <folder> [--quick] [<pattern of the cases>]}.
 */
public final class Bench {
  private Bench() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("jmh.ignoreLock", "true");
    Path folder = Path.of(args[0]);
    boolean isQuick = args.length > 1 && args[1].equals("--quick");
    Effort effort = isQuick ? Effort.QUICK : Effort.FULL;
    Pattern chosen = Pattern.compile(args.length > (isQuick ? 2 : 1) ? args[args.length - 1] : "");
    try (Child server = Child.start(BenchServer.class)) {
      Probes probes = new Probes("http://127.0.0.1:" + server.line(), effort);
      List<Case> all = new Cases(probes, effort).all();
      List<Case> cases =
          all.stream().filter(candidate -> chosen.matcher(candidate.title()).find()).toList();
      if (cases.isEmpty()) {
        System.err.println("no case matches " + chosen + "; there are:");
        all.forEach(candidate -> System.err.println("  " + candidate.title()));
        System.exit(1);
      }
      for (int round = 1; round <= effort.rounds(); round++) {
        for (Case measured : cases) {
          System.err.println("round " + round + " of " + effort.rounds() + ": " + measured.title());
          measured.measure(round);
        }
        write(folder, rows(cases), round); // What there is, should the next round fail.
      }
      System.out.println(Files.readString(folder.resolve("results.md")));
    }
  }

  private static List<Row> rows(List<Case> cases) {
    return cases.stream().flatMap(measured -> measured.rows().stream()).toList();
  }

  private static void write(Path folder, List<Row> rows, int rounds) throws IOException {
    Files.writeString(folder.resolve("results.md"), Table.of(rows, rounds));
    Files.writeString(folder.resolve("results.json"), Table.json(rows, rounds));
    Files.writeString(folder.resolve("chart.svg"), Chart.of(rows));
  }
}
