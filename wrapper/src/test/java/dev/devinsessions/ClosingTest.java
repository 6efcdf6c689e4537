package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What close() leaves behind: nothing of its own, and all that was given. */
@Timeout(60)
class ClosingTest {
  @Test
  void closeEndsThreadsAndConnections() throws Exception {
    OwnThreads threads = new OwnThreads();
    try (FaultServer server = new FaultServer()) {
      List<Thread> meanwhile =
          threads.run(
              () -> {
                try (SessionLookup lookup = lookup(server).build()) {
                  List<CompletableFuture<Session>> futures = new ArrayList<>();
                  for (int i = 0; i < 20; i++) {
                    futures.add(lookup.getAsync(FakeApi.ID));
                  }
                  for (CompletableFuture<Session> future : futures) {
                    future.get(20, TimeUnit.SECONDS);
                  }
                  return threads.alive();
                }
              });
      assertTrue(meanwhile.size() > 1, "the client had threads");
      meanwhile.clear();
      assertEquals(List.of(), threads.awaitEnd());
      server.awaitClosedByClient(20);
    }
  }

  @Test
  void closeEndsLookupsInFlight() throws Exception {
    OwnThreads threads = new OwnThreads();
    try (FaultServer server = new FaultServer()) {
      CountDownLatch stalled = new CountDownLatch(5);
      server.onStall(stalled::countDown);
      server.respond(
          ApiVersion.V1,
          exchange -> {
            exchange.write(Exchange.head(200, "Content-Length: 500") + "{");
            exchange.stall();
          });
      List<CompletableFuture<Session>> futures =
          threads.run(
              () -> {
                List<CompletableFuture<Session>> started = new ArrayList<>();
                SessionLookup lookup = lookup(server).maxConcurrency(5).build();
                for (int i = 0; i < 20; i++) {
                  started.add(lookup.getAsync(FakeApi.ID));
                }
                assertTrue(stalled.await(20, TimeUnit.SECONDS));
                lookup.close();
                assertThrows(IllegalStateException.class, () -> lookup.getAsync(FakeApi.ID));
                assertThrows(IllegalStateException.class, () -> lookup.get(FakeApi.ID));
                assertThrows(IllegalStateException.class, () -> lookup.getAll(List.of(FakeApi.ID)));
                lookup.close();
                return started;
              });
      for (CompletableFuture<Session> future : futures) {
        Throwable failure =
            assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS))
                .getCause();
        assertInstanceOf(IllegalStateException.class, failure);
      }
      assertEquals(List.of(), threads.awaitEnd());
      server.awaitClosedByClient(20);
      assertEquals(5, server.requests().size(), "queued lookups sent no request");
    }
  }

  @Test
  void closeDoesNotWaitForCallbacks() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (FaultServer server = new FaultServer()) {
      CountDownLatch stalled = new CountDownLatch(5);
      server.onStall(stalled::countDown);
      server.onStall(stalled::countDown);
      server.respond(ApiVersion.V1, Exchange::stall);
      SessionLookup lookup = lookup(server).build();
      List<CompletableFuture<Session>> futures = new ArrayList<>();
      List<CompletableFuture<Boolean>> reactions = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        futures.add(lookup.getAsync(FakeApi.ID));
        reactions.add(futures.get(i).handle((session, error) -> await(closed)));
      }
      assertTrue(stalled.await(20, TimeUnit.SECONDS));
      lookup.close();
      assertTrue(futures.stream().allMatch(CompletableFuture::isCompletedExceptionally));
      server.awaitClosedByClient(20);
      closed.countDown();
      for (CompletableFuture<Boolean> reaction : reactions) {
        assertTrue(reaction.get(20, TimeUnit.SECONDS));
      }
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(50, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void closeDoesNotCloseACustomClient() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    try (FaultServer server = new FaultServer()) {
      lookup(server).httpClient(client).build().close();
      try (SessionLookup lookup = lookup(server).httpClient(client).build()) {
        lookup.get(FakeApi.ID);
      }
      HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/v1/x")).build();
      assertEquals(200, client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
      assertEquals(1, server.connections(), "its connection was kept");
    }
  }

  @Test
  void manyClosedLookupsLeaveNoThreads() throws Exception {
    OwnThreads threads = new OwnThreads();
    try (FaultServer server = new FaultServer()) {
      threads.run(
          () -> {
            for (int i = 0; i < 30; i++) {
              try (SessionLookup lookup = lookup(server).build()) {
                assertFalse(lookup.get(FakeApi.ID).id().isEmpty());
              }
            }
            return null;
          });
      assertEquals(List.of(), threads.awaitEnd());
      server.awaitClosedByClient(20);
    }
  }

  private static SessionLookupBuilder lookup(FaultServer server) {
    return server.lookup().deadline(Duration.ofSeconds(50)).attemptTimeout(Duration.ofSeconds(50));
  }
}
