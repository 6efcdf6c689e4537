package dev.devinsessions.bench;

/**
 * How long to measure. Every round measures everything, in a JVM of its own each; the heap, which
 * takes a minute, in fewer rounds.
 */
record Effort(
    int rounds,
    int warmupMillis,
    int iterations,
    int iterationMillis,
    int firstSessions,
    int heapRounds) {
  static final Effort FULL = new Effort(5, 2_500, 5, 300, 5, 2);
  static final Effort QUICK = new Effort(2, 1_200, 3, 300, 5, 1);
}
