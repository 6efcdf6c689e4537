package com.example;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devinsessions.SessionLookup;
import dev.devinsessions.consumers.EmbeddedApi;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class TracedLookupTest {
  @RegisterExtension
  static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

  @Test
  @Timeout(60)
  void everyRequestHasASpan() throws Exception {
    try (EmbeddedApi api = EmbeddedApi.start();
        SessionLookup lookup =
            TracedLookup.build(
                SessionLookup.builder().apiKey(EmbeddedApi.KEY).baseUrl(api.baseUrl()),
                TELEMETRY.getOpenTelemetry())) {
      lookup.get("devin-1");
    }
    // The client ends a span when its future completes, which may be after the lookup.
    while (TELEMETRY.getSpans().size() < 2) {
      Thread.onSpinWait();
    }

    assertEquals(2, TELEMETRY.getSpans().size());
    assertEquals(
        Set.of(SpanKind.CLIENT),
        TELEMETRY.getSpans().stream().map(SpanData::getKind).collect(toSet()));
  }
}
