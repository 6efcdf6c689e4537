package dev.devinsessions.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The processor time that all threads of the JVM spend on one operation: unlike the time that
 * passes, hardly longer when other programs run.
 */
public final class CpuTimeProfiler implements InternalProfiler {
  static final String LABEL = "cpu.time.norm";

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private long before;

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = system.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double millis = (system.getProcessCpuTime() - before) / 1e6;
    return List.of(
        new ScalarResult(
            LABEL, millis / result.getMetadata().getAllOps(), "ms/op", AggregationPolicy.AVG));
  }

  @Override
  public String getDescription() {
    return "Processor time of an operation";
  }
}
