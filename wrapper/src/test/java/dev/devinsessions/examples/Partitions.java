package dev.devinsessions.examples;

import dev.devinsessions.LookupResult;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What each machine of a cluster does with its part of the ids. */
final class Partitions {
  private Partitions() {}

  /** One a JVM, however many parts it works on. */
  private static final class Shared {
    static final SessionLookup LOOKUP =
        SessionLookup.builder().apiKey(System.getenv("DEVIN_API_KEY")).maxConcurrency(8).build();
  }

  static Iterator<String> sessions(Iterator<String> ids) {
    return sessions(Shared.LOOKUP, ids);
  }

  static Iterator<String> sessions(SessionLookup lookup, Iterator<String> ids) {
    Spliterator<String> part = Spliterators.spliteratorUnknownSize(ids, Spliterator.ORDERED);
    Stream<LookupResult> results = lookup.getAll(StreamSupport.stream(part, false));
    return results.flatMap(result -> result.session().stream()).map(Session::toJson).iterator();
  }
}
