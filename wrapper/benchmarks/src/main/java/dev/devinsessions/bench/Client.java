package dev.devinsessions.bench;

import dev.devinsessions.LookupStrategy;
import dev.devinsessions.SessionLookup;
import java.util.stream.Stream;

/** What is measured: the library, or the floor under it. */
interface Client extends AutoCloseable {
  String KEY = "apk_user_c2VudGluZWwta2V5LW9mLXRoZS1iZW5jaG1hcmtz";

  /** Looks up one session in v1. */
  Object get() throws Exception;

  /** Looks up many sessions in v1 and returns their number. */
  long getAll(int ids, int concurrency) throws Exception;

  @Override
  void close();

  static Client open(String name, String baseUrl) {
    return name.equals("floor") ? new Floor(baseUrl) : new Library(baseUrl, LookupStrategy.V1);
  }

  /** The library. */
  final class Library implements Client {
    private final SessionLookup lookup;

    Library(String baseUrl, LookupStrategy strategy) {
      lookup = SessionLookup.builder().apiKey(KEY).baseUrl(baseUrl).strategy(strategy).build();
    }

    @Override
    public Object get() {
      return lookup.get(Server.ID);
    }

    @Override
    public long getAll(int ids, int concurrency) {
      return lookup
          .getAll(Stream.generate(() -> Server.ID).limit(ids))
          .filter(result -> result.orElseThrow() != null)
          .count();
    }

    @Override
    public void close() {
      lookup.close();
    }
  }
}
