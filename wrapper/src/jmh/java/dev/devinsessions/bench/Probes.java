package dev.devinsessions.bench;

import static java.util.Map.entry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The ways to measure. */
final class Probes {
  private static final String JACKSON = "jackson-(annotations|core|databind)-2.*";
  private static final String PEER_JACKSON =
      JACKSON + "|jackson-datatype-jsr310.*|jackson-databind-nullable.*";

  /** By client, the jars and folders that it needs besides the classes here. */
  private static final Map<String, String> CLASS_PATHS =
      Map.ofEntries(
          entry(Subject.OURS, "classes|" + PEER_JACKSON),
          entry(Subject.FLOOR, JACKSON),
          entry(Subject.NATIVE, PEER_JACKSON + "|jakarta.*"),
          entry(
              Subject.OKHTTP_GSON,
              "okhttp.*|okio.*|logging-interceptor.*|kotlin.*|gson.*|jakarta.*"));

  private final String server;
  private final Effort effort;

  Probes(String server, Effort effort) {
    this.server = server;
    this.effort = effort;
  }

  /**
   * A benchmark in a JVM of its own. The median of its iterations, so that one bad one is none.
   *
   * @param warmups how many periods it takes until most of what runs is compiled
   */
  Probe jmh(int warmups, Class<?> benchmark, String method, Map<String, String> parameters) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName() + "." + method + "$")
            .forks(1)
            .warmupIterations(warmups)
            .warmupTime(TimeValue.milliseconds(effort.warmupMillis()))
            .measurementIterations(effort.iterations())
            .measurementTime(TimeValue.milliseconds(effort.iterationMillis()))
            .jvmArgs(jvmArguments())
            .addProfiler(CpuTimeProfiler.class)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    parameters.forEach(options::param);
    return () -> run(new Runner(options.build()));
  }

  private String[] jvmArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-Xms2g", "-Xmx2g", "-Dfile.encoding=UTF-8"));
    arguments.add("-D" + Environment.SERVER + "=" + server);
    if (Runtime.version().feature() >= 24) { // Otherwise each process warns of what JMH does.
      arguments.add("--sun-misc-unsafe-memory-access=allow");
    }
    return arguments.toArray(new String[0]);
  }

  private static Map<String, Double> run(Runner runner) throws RunnerException {
    BenchmarkResult result = runner.runSingle().getBenchmarkResults().iterator().next();
    List<Double> times =
        result.getIterationResults().stream()
            .map(iteration -> iteration.getPrimaryResult().getScore())
            .toList();
    return Map.of(
        Probe.TIME,
        Ratio.median(times),
        Probe.CPU_TIME,
        result.getSecondaryResults().get(CpuTimeProfiler.LABEL).getScore(),
        Probe.BYTES,
        result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
  }

  /** The one that takes longer. */
  static Probe slower(Probe one, Probe other) {
    return () ->
        List.of(one.measure(), other.measure()).stream()
            .max(Comparator.comparing(figures -> figures.get(Probe.TIME)))
            .orElseThrow();
  }

  /** From the start of a JVM to its first session. */
  Probe firstSession(String subject) {
    Predicate<Path> isNeeded =
        entry ->
            entry.endsWith("bench/classes")
                || entry.getFileName().toString().matches(CLASS_PATHS.get(subject));
    return () -> {
      long started = System.nanoTime();
      try (Child program = Child.start(isNeeded, FirstSession.class, subject, server + "/small")) {
        program.line();
        double wall = (System.nanoTime() - started) / 1e6;
        return Map.of(Probe.TIME, wall, Probe.CPU_TIME, program.cpuTime().toNanos() / 1e6);
      }
    };
  }

  /** The heap in use towards the end of many ids. */
  Probe heapInUse(int ids) {
    return () -> {
      try (Child program = Child.start(HeapInUse.class, Integer.toString(ids))) {
        return Map.of(Probe.BYTES, Double.valueOf(program.line()));
      }
    };
  }
}
