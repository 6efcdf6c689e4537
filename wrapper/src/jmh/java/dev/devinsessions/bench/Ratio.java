package dev.devinsessions.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How two series compare: the median of the ratios within the rounds, between the bounds of its 95
 * % confidence interval (the lowest and highest of up to 7 rounds).
 */
record Ratio(double median, double low, double high) {
  static Ratio of(List<Double> ours, List<Double> others) {
    List<Double> ratios =
        IntStream.range(0, ours.size())
            .mapToObj(round -> ours.get(round) / others.get(round))
            .sorted()
            .toList();
    int n = ratios.size();
    int lower = Math.max(0, (int) Math.floor(n / 2.0 - 0.98 * Math.sqrt(n)));
    return new Ratio(median(ratios), ratios.get(lower), ratios.get(n - 1 - lower));
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f ±%.2f", median, (high - low) / 2);
  }
}
