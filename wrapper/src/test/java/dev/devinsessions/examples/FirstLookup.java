package dev.devinsessions.examples;

import dev.devinsessions.SessionLookup;

public class FirstLookup {
  public static void main(String[] args) {
    try (SessionLookup lookup = SessionLookup.fromEnvironment()) {
      System.out.println(lookup.get(args[0]).status());
    }
  }
}
