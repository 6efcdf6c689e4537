package com.example;

import dev.devinsessions.LookupResult;
import dev.devinsessions.PullRequest;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints a line a session: its status and its pull requests, or why it is not to be had. */
public final class PullRequestReport {
  private PullRequestReport() {}

  public static void main(String[] ids) {
    try (SessionLookup lookup = SessionLookup.fromEnvironment();
        Stream<String> lines = lines(lookup, Stream.of(ids))) {
      lines.forEach(System.out::println);
    }
  }

  static Stream<String> lines(SessionLookup lookup, Stream<String> ids) {
    return lookup.getAll(ids).map(PullRequestReport::line);
  }

  private static String line(LookupResult result) {
    return result
        .session()
        .map(PullRequestReport::line)
        .orElseGet(() -> result.sessionId() + " " + result.error().orElseThrow().getMessage());
  }

  private static String line(Session session) {
    return session.id()
        + " "
        + session.status()
        + " "
        + session.pullRequests().stream().map(PullRequest::url).collect(Collectors.joining(" "));
  }
}
