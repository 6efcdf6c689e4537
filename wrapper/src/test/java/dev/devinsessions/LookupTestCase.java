package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A server and a clock for each test, and lookups that are closed after it. */
@Timeout(60)
abstract class LookupTestCase {
  final FakeClock clock = new FakeClock();
  FaultServer server;
  private final List<SessionLookup> lookups = new ArrayList<>();
  private final Semaphore stalls = new Semaphore(0);

  @BeforeEach
  void startServer() throws IOException {
    server = new FaultServer();
    server.onStall(stalls::release);
  }

  @AfterEach
  void closeLookupsAndServer() throws IOException {
    lookups.forEach(SessionLookup::close);
    server.close();
  }

  SessionLookup open(SessionLookupBuilder builder) {
    SessionLookup lookup = builder.build();
    lookups.add(lookup);
    return lookup;
  }

  /** Waits until this many more requests stall. Requires the default {@code onStall} action. */
  void awaitStalls(int count) throws InterruptedException {
    assertTrue(stalls.tryAcquire(count, 30, TimeUnit.SECONDS));
  }

  /** Distinct valid session ids. */
  static Stream<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "devin-" + i);
  }

  /** Starts a lookup of each of the {@link #ids}. */
  static List<CompletableFuture<Session>> start(SessionLookup lookup, int count) {
    return ids(count).map(lookup::getAsync).collect(Collectors.toList());
  }

  static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  /** Waits until a future fails, and returns its error. */
  static <T extends Throwable> T awaitFailure(Class<T> type, CompletableFuture<?> future) {
    ExecutionException failed = assertThrows(ExecutionException.class, () -> await(future));
    return assertInstanceOf(type, failed.getCause());
  }
}
