package dev.devinsessions.bench;

import java.io.IOException;

/**
 * A program that looks one session up, says so, and waits for its end: {@code FirstSession <client>
 * <base URL>}.
 */
public final class FirstSession {
  private FirstSession() {}

  public static void main(String[] args) throws Exception {
    try (Subject client = Subject.open(args[0], args[1])) {
      System.out.println(client.get(Answers.ID) == null ? "nothing" : "a session");
      awaitEnd();
    }
  }

  private static void awaitEnd() throws IOException {
    System.in.read();
  }
}
