package dev.devinsessions.examples;

import dev.devinsessions.LookupResult;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Stream;

/** The README's longer lookups. */
final class WaitAndReport {
  private WaitAndReport() {}

  static void printPullRequests(SessionLookup lookup, String id) {
    Session session =
        lookup.waitUntil(id, seen -> seen.status().isSettled(), Duration.ofMinutes(30));
    session.pullRequests().forEach(pullRequest -> System.out.println(pullRequest.url()));
  }

  static BigDecimal acus(SessionLookup lookup, Stream<String> ids) {
    try (Stream<LookupResult> results = lookup.getAll(ids)) {
      return results
          .flatMap(result -> result.session().flatMap(Session::acusConsumed).stream())
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }
}
