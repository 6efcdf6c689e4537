package com.example;

import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionLookupBuilder;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.javahttpclient.JavaHttpClientTelemetry;
import java.net.http.HttpClient;

/** A lookup with an OpenTelemetry span for each request, retries included. */
final class TracedLookup {
  private TracedLookup() {}

  static SessionLookup build(SessionLookupBuilder builder, OpenTelemetry telemetry) {
    HttpClient traced =
        JavaHttpClientTelemetry.create(telemetry).newHttpClient(HttpClient.newHttpClient());
    return builder.httpClient(traced).build();
  }
}
