package dev.devinsessions.bench;

import dev.devinsessions.LookupResult;
import dev.devinsessions.LookupStrategy;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.StubClients;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Prints the bytes in use towards the end of a long {@code getAll}: {@code HeapInUse <ids>}. The
 * transport answers from memory.
 */
public final class HeapInUse {
  private static final int SAMPLES = 10;

  private HeapInUse() {}

  public static void main(String[] args) {
    int ids = Integer.parseInt(args[0]);
    long[] inUse = new long[SAMPLES];
    try (SessionLookup lookup =
        SessionLookup.builder()
            .apiKey(Subject.KEY)
            .strategy(LookupStrategy.V1)
            .httpClient(StubClients.answering(Answers.v1("small")))
            .build()) {
      Iterator<LookupResult> results =
          lookup.getAll(IntStream.range(0, ids).mapToObj(i -> "devin-" + i)).iterator();
      // The last tenth: the longest that anything can have piled up.
      int first = ids - ids / SAMPLES;
      int step = ids / SAMPLES / SAMPLES;
      for (int i = 0; i < ids; i++) {
        results.next().orElseThrow();
        if (i >= first && (i - first) % step == 0) {
          inUse[(i - first) / step] = inUse();
        }
      }
    }
    System.out.println(Arrays.stream(inUse).sorted().skip(SAMPLES / 2).findFirst().getAsLong());
  }

  private static long inUse() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
