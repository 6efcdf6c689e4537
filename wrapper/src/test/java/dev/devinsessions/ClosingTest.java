package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.FaultServer.Exchange;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** close() releases everything that the library created, and nothing that the caller passed. */
class ClosingTest extends LookupTestCase {
  private final OwnThreads threads = new OwnThreads();

  @Test
  void closeEndsThreadsAndConnections() throws Exception {
    for (int i = 0; i < 5; i++) {
      int most =
          threads.run(
              () -> {
                try (SessionLookup lookup = server.lookup().build()) {
                  lookup.get(FakeApi.ID);
                  for (CompletableFuture<Session> future : start(lookup, 20)) {
                    await(future);
                  }
                  return threads.alive().size();
                }
              });
      assertTrue(most > 1, "the client had threads");
    }
    assertEquals(List.of(), threads.awaitEnd());
    server.awaitClosedByClient(20);
  }

  @Test
  void closeEndsLookupsInFlight() throws Exception {
    server.respond(
        ApiVersion.V1,
        exchange -> {
          exchange.write(Exchange.head(200, "Content-Length: 500") + "{");
          exchange.stall();
        });
    List<CompletableFuture<Session>> futures =
        threads.run(
            () -> {
              SessionLookup lookup = server.lookup().maxConcurrency(5).build();
              List<CompletableFuture<Session>> started = start(lookup, 20);
              awaitStalls(5);
              lookup.close();
              assertThrows(IllegalStateException.class, () -> lookup.getAsync(FakeApi.ID));
              assertThrows(IllegalStateException.class, () -> lookup.get(FakeApi.ID));
              assertThrows(IllegalStateException.class, () -> lookup.getAll(ids(1)));
              lookup.close();
              return started;
            });
    futures.forEach(future -> awaitFailure(IllegalStateException.class, future));
    assertEquals(List.of(), threads.awaitEnd());
    server.awaitClosedByClient(20);
    assertEquals(5, server.requests().size(), "queued lookups sent no request");
  }

  @Test
  void closeDoesNotWaitForCallbacks() throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    server.respond(ApiVersion.V1, Exchange::stall);
    SessionLookup lookup = open(server.lookup());
    List<CompletableFuture<Session>> futures = start(lookup, 5);
    List<CompletableFuture<Void>> callbacks =
        futures.stream()
            .map(future -> future.handle((session, error) -> closed.join()))
            .collect(Collectors.toList());
    awaitStalls(5);
    lookup.close();
    assertTrue(futures.stream().allMatch(CompletableFuture::isCompletedExceptionally));
    server.awaitClosedByClient(20);
    closed.complete(null);
    for (CompletableFuture<Void> callback : callbacks) {
      await(callback);
    }
  }

  @Test
  void closeDoesNotCloseACustomClient() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < 2; i++) {
      try (SessionLookup lookup = server.lookup().httpClient(client).build()) {
        lookup.get(FakeApi.ID);
      }
    }
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/v1/x")).build();
    assertEquals(200, client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    assertEquals(1, server.connections(), "its connection was kept");
  }
}
