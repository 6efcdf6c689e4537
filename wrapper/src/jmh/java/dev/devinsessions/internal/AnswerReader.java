package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.Session;
import java.io.IOException;
import java.net.http.HttpClient;

/** Lets the benchmarks at what reads an answer of v1. */
public final class AnswerReader {
  private final SessionSource source =
      SessionSource.WITH_KEY_ALONE
          .get(ApiVersion.V1)
          .over(HttpClient.newHttpClient(), "http://localhost");

  public Session read(byte[] body) throws IOException {
    return source.reader.read(body);
  }
}
