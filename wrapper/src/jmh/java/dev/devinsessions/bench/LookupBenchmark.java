package dev.devinsessions.bench;

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

/** One session after the other, over loopback or from the bytes on. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LookupBenchmark {
  @Param("")
  String subject;

  @Param("")
  String scenario;

  private Subject client;
  private byte[] body;

  @Setup
  public void open() {
    client = Subject.open(subject, Environment.baseUrl(scenario));
    body = Answers.v1(scenario);
  }

  @Benchmark
  public Object get() throws Exception {
    return client.get(Answers.ID);
  }

  @Benchmark
  public Object decode() throws Exception {
    return client.decode(body);
  }

  @TearDown
  public void close() {
    client.close();
  }
}
