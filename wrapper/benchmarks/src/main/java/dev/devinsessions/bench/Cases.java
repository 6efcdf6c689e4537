package dev.devinsessions.bench;

import dev.devinsessions.LookupStrategy;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** The cases. JMH runs each with the floor and, right after it, with the library. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class Cases {
  private static final int IDS = 2_000;

  @Param({"floor", "ours"})
  public String client;

  private Server server;
  private Client small;
  private Client large;
  private Client joined;

  @Setup
  public void start() throws Exception {
    server = Server.start();
    small = Client.open(client, server.baseUrl(2, 0, 0));
    large = Client.open(client, server.baseUrl(10_000, 0, 0));
    // The floor of a joined lookup is the slower of its two lookups.
    joined =
        new Client.Library(
            server.baseUrl(2, 20, 15),
            client.equals("floor") ? LookupStrategy.V1 : LookupStrategy.COMPLETE);
  }

  @TearDown
  public void stop() {
    small.close();
    large.close();
    joined.close();
    server.close();
  }

  @Benchmark
  public Object smallLookup() throws Exception {
    return small.get();
  }

  @Benchmark
  public Object tenThousandMessages() throws Exception {
    return large.get();
  }

  @Benchmark
  public long getAll() throws Exception {
    return small.getAll(IDS, 32);
  }

  @Benchmark
  @Threads(32)
  @BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
  public Object callers() throws Exception {
    return small.get();
  }

  @Benchmark
  public Object joinedLookup() throws Exception {
    return joined.get();
  }

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 1)
  @Measurement(iterations = 7)
  public int freshJvm() throws Exception {
    String[] program = {FirstSession.class.getName(), client, server.baseUrl(2, 0, 0)};
    int status = Server.java(program).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("exit status " + status);
    }
    return status;
  }

  /** A program that looks up one session. */
  public static final class FirstSession {
    private FirstSession() {}

    public static void main(String[] args) throws Exception {
      try (Client client = Client.open(args[0], args[1])) {
        client.get();
      }
    }
  }
}
