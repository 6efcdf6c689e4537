package dev.devinsessions.examples;

import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;

public class PullRequestsOfSession {
  public static void main(String[] args) {
    String key = System.getenv("DEVIN_API_KEY");
    try (SessionLookup lookup = SessionLookup.builder().apiKey(key).build()) {
      Session session = lookup.get(args[0]);
      System.out.println(session.status() + " " + session.pullRequests());
    }
  }
}
