package dev.devinsessions.bench;

/** What a measured process is told by the one that starts it. */
final class Environment {
  static final String SERVER = "bench.server";

  private Environment() {}

  static String baseUrl(String scenario) {
    return System.getProperty(SERVER) + "/" + scenario;
  }
}
