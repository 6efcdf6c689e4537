package dev.devinsessions.examples;

import dev.devinsessions.PullRequest;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionLookupException;
import dev.devinsessions.SessionNotFoundException;

public class QuickStart {
  public static void main(String[] args) {
    try (SessionLookup lookup = SessionLookup.fromEnvironment()) {
      Session session =
          lookup.get("https://app.devin.ai/sessions/4f1c2a9be07d4c5f8a3b6d2e1f009a7c");
      System.out.println(session.title().orElse("-") + "  " + session.status());
      for (PullRequest pullRequest : session.pullRequests()) {
        System.out.println(pullRequest.url());
      }
    } catch (SessionNotFoundException e) {
      System.err.println("no session " + e.sessionId());
    } catch (SessionLookupException e) {
      System.err.println(e.getMessage() + (e.isRetryable() ? " (try again later)" : ""));
    }
  }
}
