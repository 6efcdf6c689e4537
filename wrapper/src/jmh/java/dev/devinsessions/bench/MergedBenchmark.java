package dev.devinsessions.bench;

import dev.devinsessions.LookupStrategy;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Both APIs, or one of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MergedBenchmark {
  @Param("MERGED")
  LookupStrategy strategy;

  @Param("")
  String scenario;

  private SessionLookup lookup;

  @Setup
  public void open() {
    lookup = Ours.open(Environment.baseUrl(scenario), strategy);
    if (!lookup.get(Answers.ID).gaps().isEmpty()) {
      throw new IllegalStateException("an API did not answer");
    }
  }

  @Benchmark
  public Session get() {
    return lookup.get(Answers.ID);
  }

  @TearDown
  public void close() {
    lookup.close();
  }
}
