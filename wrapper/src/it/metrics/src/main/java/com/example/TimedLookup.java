package com.example;

import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionLookupBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.java11.instrument.binder.jdk.MicrometerHttpClient;
import java.net.http.HttpClient;

/** A lookup whose requests are timed as {@code http.client.requests}, retries included. */
final class TimedLookup {
  private TimedLookup() {}

  static SessionLookup build(SessionLookupBuilder builder, MeterRegistry registry) {
    HttpClient timed =
        MicrometerHttpClient.instrumentationBuilder(HttpClient.newHttpClient(), registry)
            // Without this, every session would have its own time series.
            .uriMapper(request -> request.uri().getPath().replaceFirst("[^/]+$", "{id}"))
            .build();
    return builder.httpClient(timed).build();
  }
}
