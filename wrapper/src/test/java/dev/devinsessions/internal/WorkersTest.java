package dev.devinsessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  @Test
  void aTaskThatGetsNoThreadIsRunByWhoeverGivesIt() {
    Workers workers = new Workers();
    CompletableFuture<Thread> before = new CompletableFuture<>();
    workers.execute(() -> before.complete(Thread.currentThread()));
    assertNotEquals(Thread.currentThread(), before.join());
    workers.close();
    CompletableFuture<Thread> after = new CompletableFuture<>();
    workers.execute(() -> after.complete(Thread.currentThread()));
    assertEquals(Thread.currentThread(), after.getNow(null));
  }
}
