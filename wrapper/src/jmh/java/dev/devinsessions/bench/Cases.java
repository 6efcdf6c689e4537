package dev.devinsessions.bench;

import static dev.devinsessions.bench.Probe.BYTES;
import static dev.devinsessions.bench.Probe.CPU_TIME;
import static dev.devinsessions.bench.Probe.TIME;

import dev.devinsessions.LookupStrategy;
import dev.devinsessions.bench.Row.Aim;
import java.util.List;
import java.util.Map;

/** All that is measured, and what is aimed at. */
final class Cases {
  private final Probes probes;
  private final Effort effort;

  Cases(Probes probes, Effort effort) {
    this.probes = probes;
    this.effort = effort;
  }

  List<Case> all() {
    return List.of(
        lookup("small lookup", "get", "small", Subject.ALL)
            .figure(TIME, new Aim(1.00, 0.90))
            .figure(CPU_TIME, Aim.NONE)
            .figure(BYTES, new Aim(1.25, 0.65)),
        lookup("lookup of 10,000 messages, ASCII", "get", "ascii-10000", Subject.ALL)
            .figure(TIME, Aim.NONE),
        lookup("lookup of 10,000 messages, Chinese", "get", "chinese-10000", Subject.ALL)
            .figure(TIME, Aim.NONE),
        lookup("10,000 messages to `Session`, ASCII", "decode", "ascii-10000", Subject.ALL)
            .figure(TIME, new Aim(1.15, 0.65))
            .figure(CPU_TIME, Aim.NONE)
            .figure(BYTES, new Aim(1.35, 0.60)),
        lookup("10,000 messages to `Session`, Chinese", "decode", "chinese-10000", Subject.ALL)
            .figure(TIME, new Aim(1.15, 0.60))
            .figure(CPU_TIME, Aim.NONE)
            .figure(BYTES, new Aim(1.35, 0.60)),
        toSession("1,000", "ascii-1000"),
        toSession("100,000", "ascii-100000"),
        new Case("an id of 5,000 through `getAll`")
            .probe(Subject.OURS, probes.jmh(2, GetAllBenchmark.class, "ours", Map.of()))
            .probe(Subject.FLOOR, probes.jmh(2, GetAllBenchmark.class, "floor", Map.of()))
            .figure(TIME, new Aim(1 / 0.95, 0))
            .figure(CPU_TIME, Aim.NONE),
        merged("`MERGED`, APIs take 20 and 15 ms", "small-delayed").figure(TIME, new Aim(1.10, 0)),
        merged("`MERGED`, APIs answer at once", "small").figure(TIME, Aim.NONE),
        firstSession(),
        new Case("heap in use, 1,000,000 ids over 10,000")
            .probe(Subject.OURS, probes.heapInUse(1_000_000))
            .probe(Subject.FLOOR, probes.heapInUse(10_000))
            .rounds(effort.heapRounds())
            .figure(BYTES, new Aim(1.05, 0)));
  }

  private Case toSession(String messages, String scenario) {
    return lookup(
            messages + " messages to `Session`, ASCII",
            "decode",
            scenario,
            List.of(Subject.OURS, Subject.FLOOR))
        .figure(TIME, Aim.NONE);
  }

  private Case lookup(String title, String method, String scenario, List<String> subjects) {
    Case lookup = new Case(title);
    int warmups = scenario.equals("small") ? 4 : 1;
    for (String subject : subjects) {
      lookup.probe(
          subject,
          probes.jmh(
              warmups,
              LookupBenchmark.class,
              method,
              Map.of("subject", subject, "scenario", scenario)));
    }
    return lookup;
  }

  /** In place of the floor: the slower one of the two lookups that it makes. */
  private Case merged(String title, String scenario) {
    return new Case(title)
        .probe(Subject.OURS, merged(LookupStrategy.COMPLETE, scenario))
        .probe(
            Subject.FLOOR,
            Probes.slower(
                merged(LookupStrategy.V1, scenario),
                merged(LookupStrategy.V2_ENTERPRISE, scenario)));
  }

  private Probe merged(LookupStrategy strategy, String scenario) {
    return probes.jmh(
        2, MergedBenchmark.class, "get", Map.of("strategy", strategy.name(), "scenario", scenario));
  }

  private Case firstSession() {
    Case firstSession =
        new Case("new JVM to first session")
            .figure(TIME, new Aim(1.20, 1.00))
            .figure(CPU_TIME, new Aim(1.20, 1.00))
            .repeats(effort.firstSessions());
    for (String subject : Subject.ALL) {
      firstSession.probe(subject, probes.firstSession(subject));
    }
    return firstSession;
  }
}
