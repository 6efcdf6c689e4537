package dev.devinsessions;

import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Lets the benchmarks at the tests' client without a network. */
public final class StubClients {
  private StubClients() {}

  /** Answers any request with the same body, on one thread of its own. */
  public static HttpClient answering(byte[] body) {
    StubHttpClient.Answer answer = new StubHttpClient.Answer(200, Map.of(), body);
    Executor transport =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            });
    return new StubHttpClient(request -> CompletableFuture.supplyAsync(() -> answer, transport));
  }
}
