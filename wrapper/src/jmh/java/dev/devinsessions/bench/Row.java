package dev.devinsessions.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A line of the table: what is compared, what is aimed at, and the samples by client. */
record Row(String title, String unit, Aim aim, Map<String, List<Double>> samples) {

  /** What the ratios should not exceed; 0 where nothing is aimed at. */
  record Aim(double overFloor, double overBestPeer) {
    static final Aim NONE = new Aim(0, 0);
  }

  Optional<Double> median(String subject) {
    return Optional.ofNullable(samples.get(subject)).map(Ratio::median);
  }

  /** Ours over another one. */
  Optional<Ratio> ratio(String subject) {
    return Optional.ofNullable(samples.get(subject))
        .map(others -> Ratio.of(samples.get(Subject.OURS), others));
  }

  OptionalDouble overFloor() {
    return ratio(Subject.FLOOR).stream().mapToDouble(Ratio::median).max();
  }

  OptionalDouble overBestPeer() {
    return List.of(Subject.NATIVE, Subject.OKHTTP_GSON).stream()
        .flatMap(peer -> ratio(peer).stream())
        .mapToDouble(Ratio::median)
        .max();
  }

  boolean isMet() {
    return isMet(overFloor(), aim.overFloor) && isMet(overBestPeer(), aim.overBestPeer);
  }

  private static boolean isMet(OptionalDouble ratio, double atMost) {
    return atMost == 0 || ratio.orElseThrow() <= atMost;
  }
}
