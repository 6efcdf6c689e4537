package dev.devinsessions.bench;

import dev.devinsessions.LookupResult;
import dev.devinsessions.LookupStrategy;
import dev.devinsessions.SessionLookup;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Many ids, through {@code getAll} and through a loop as one writes it oneself. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class GetAllBenchmark {
  private static final int IDS = 5_000;
  private static final int CONCURRENCY = 32;

  private final List<String> ids =
      IntStream.range(0, IDS).mapToObj(i -> "devin-" + i).collect(Collectors.toList());
  private SessionLookup lookup;
  private Floor floor;

  @Setup
  public void open() {
    lookup = Ours.open(Environment.baseUrl("small"), LookupStrategy.V1);
    floor = new Floor(Environment.baseUrl("small"));
  }

  @Benchmark
  @OperationsPerInvocation(IDS)
  public void ours(Blackhole blackhole) {
    lookup.getAll(ids.stream()).map(LookupResult::orElseThrow).forEach(blackhole::consume);
  }

  @Benchmark
  @OperationsPerInvocation(IDS)
  public void floor(Blackhole blackhole) throws InterruptedException {
    Semaphore permits = new Semaphore(CONCURRENCY);
    CompletableFuture<?>[] sessions = new CompletableFuture<?>[IDS];
    for (int i = 0; i < IDS; i++) {
      permits.acquire();
      sessions[i] = floor.getAsync(ids.get(i)).whenComplete((session, error) -> permits.release());
    }
    for (CompletableFuture<?> session : sessions) {
      blackhole.consume(session.join());
    }
  }

  @TearDown
  public void close() {
    lookup.close();
  }
}
