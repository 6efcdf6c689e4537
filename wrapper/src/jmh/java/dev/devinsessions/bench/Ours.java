package dev.devinsessions.bench;

import dev.devinsessions.LookupStrategy;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.internal.AnswerReader;
import java.io.IOException;

/** This library. */
final class Ours implements Subject {
  private final SessionLookup lookup;

  Ours(String baseUrl) {
    lookup = open(baseUrl, LookupStrategy.V1);
  }

  static SessionLookup open(String baseUrl, LookupStrategy strategy) {
    return SessionLookup.builder().apiKey(KEY).baseUrl(baseUrl).strategy(strategy).build();
  }

  @Override
  public Object get(String sessionId) {
    return lookup.get(sessionId);
  }

  @Override
  public Object decode(byte[] body) throws IOException {
    return Decoding.READER.read(body);
  }

  @Override
  public void close() {
    lookup.close();
  }

  /** Apart, because a lookup has a reader of its own. */
  private static final class Decoding {
    static final AnswerReader READER = new AnswerReader();
  }
}
