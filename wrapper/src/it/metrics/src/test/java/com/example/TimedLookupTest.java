package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.SessionLookup;
import dev.devinsessions.consumers.EmbeddedApi;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TimedLookupTest {
  @Test
  @Timeout(60)
  void everyRequestIsTimed() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (EmbeddedApi api = EmbeddedApi.start();
        SessionLookup lookup =
            TimedLookup.build(
                SessionLookup.builder().apiKey(EmbeddedApi.KEY).baseUrl(api.baseUrl()), registry)) {
      lookup.get("devin-1");
      lookup.get("devin-2");
    }
    // The client records a request when its future completes, which may be after the lookup.
    while (registry.find("http.client.requests").timers().stream().mapToLong(Timer::count).sum()
        < 4) {
      Thread.onSpinWait();
    }

    for (String path : List.of("/v1/sessions/{id}", "/v2/enterprise/sessions/{id}")) {
      Timer timer =
          registry
              .get("http.client.requests")
              .tags("method", "GET", "status", "200", "uri", path)
              .timer();
      assertEquals(2, timer.count());
      assertTrue(timer.totalTime(TimeUnit.NANOSECONDS) > 0);
    }
  }
}
