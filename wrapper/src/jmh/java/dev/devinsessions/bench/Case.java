package dev.devinsessions.bench;

import dev.devinsessions.bench.Row.Aim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is measured for one client after the other, and gives one line of the table a figure. */
final class Case {
  private final String title;
  private final Map<String, Probe> probes = new LinkedHashMap<>();
  private final Map<String, Aim> aims = new LinkedHashMap<>();
  private final Map<String, Map<String, List<Double>>> samples = new LinkedHashMap<>();
  private int repeats = 1;
  private int rounds = Integer.MAX_VALUE;

  Case(String title) {
    this.title = title;
  }

  Case probe(String subject, Probe probe) {
    probes.put(subject, probe);
    return this;
  }

  Case figure(String figure, Aim aim) {
    aims.put(figure, aim);
    samples.put(figure, new LinkedHashMap<>());
    return this;
  }

  /** How often it is measured within a round. */
  Case repeats(int repeats) {
    this.repeats = repeats;
    return this;
  }

  /** In how many rounds it is measured at all. */
  Case rounds(int rounds) {
    this.rounds = rounds;
    return this;
  }

  String title() {
    return title;
  }

  void measure(int round) throws Exception {
    for (int i = 0; i < repeats && round <= rounds; i++) {
      for (Map.Entry<String, Probe> probe : probes.entrySet()) {
        Map<String, Double> figures = probe.getValue().measure();
        samples.forEach(
            (figure, bySubject) ->
                bySubject
                    .computeIfAbsent(probe.getKey(), subject -> new ArrayList<>())
                    .add(figures.get(figure)));
      }
    }
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    aims.forEach(
        (figure, aim) ->
            rows.add(
                new Row(
                    title + ", " + figure,
                    figure.equals(Probe.BYTES) ? "kB" : "ms",
                    aim,
                    samples.get(figure))));
    return rows;
  }
}
