package dev.devinsessions.examples;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.devinsessions.LookupResult;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionLookupException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code make demo}: shows the library with an embedded HTTP server whose responses are in {@code
 * src/test/resources/demo}.
 */
final class Demo {
  private static final String FINISHED = "devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c";
  private static final String WORKING = "devin-9b0e6d1c52a84f7e8d3c7a41f6b2e035";

  private Demo() {}

  public static void main(String[] args) {
    WireMockServer api =
        new WireMockServer(
            options().bindAddress("127.0.0.1").dynamicPort().usingFilesUnderClasspath("demo"));
    api.start();
    try (SessionLookup lookup =
        SessionLookup.builder()
            .apiKey("apk_user_demo")
            .baseUrl("http://127.0.0.1:" + api.port())
            .pollInterval(Duration.ofMillis(200))
            .maxRetries(0)
            .build()) {
      System.out.println("One session, joined from the v1 and v2 enterprise APIs");
      print(lookup.get("https://app.devin.ai/sessions/4f1c2a9be07d4c5f8a3b6d2e1f009a7c"));

      System.out.println("\nWait until a session ends or needs a reply");
      print(lookup.waitUntil(WORKING, s -> s.status().isSettled(), Duration.ofMinutes(1)));

      System.out.println("\nThe ACUs of many sessions");
      printAcus(
          lookup,
          List.of(FINISHED, WORKING, "nightly-import_42", "devin-unavailable", "../secret"));

      System.out.println("\nA response that deviates from its specification");
      print(lookup.get("devin-drifted"));

      System.out.println("\nErrors");
      for (String id :
          List.of(
              "../secret",
              "devin-unknown",
              "devin-unauthorized",
              "devin-unpaid",
              "devin-rejected",
              "devin-unavailable",
              "devin-redirected",
              "devin-login-page",
              "devin-rate-limited")) {
        printError(lookup, id);
      }
    } finally {
      api.stop();
    }
  }

  static void print(Session session) {
    print("id", session.id());
    print("status", session.status());
    session.title().ifPresent(title -> print("title", title));
    session.acusConsumed().ifPresent(acus -> print("ACUs", acus));
    session.pullRequests().forEach(pull -> print("pull request", pull.url()));
    session.structuredOutputJson().ifPresent(json -> print("output", json));
    session
        .messages()
        .forEach(message -> print(message.type(), message.message().replace('\n', ' ')));
    print("sources", session.sources());
    session.gaps().forEach((api, gap) -> print("gap", gap.message()));
    session.deviations().forEach(one -> print("deviation", one.path() + " " + one.problem()));
  }

  private static void print(String label, Object value) {
    System.out.printf("  %-22s%s%n", label, value);
  }

  private static void printAcus(SessionLookup lookup, Collection<String> ids) {
    Map<String, BigDecimal> acus = new TreeMap<>(); // by session id: duplicates count once
    Map<String, String> unknown = new TreeMap<>();
    try (Stream<LookupResult> results = lookup.getAll(ids)) {
      results.forEach(
          result ->
              result
                  .session()
                  .flatMap(Session::acusConsumed)
                  .ifPresentOrElse(
                      consumed -> acus.put(result.orElseThrow().id(), consumed),
                      () -> unknown.put(result.sessionId(), whyUnknown(result))));
    }
    BigDecimal sum = acus.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);

    print("sum", sum + " for " + acus.size() + " sessions, unknown: " + unknown.size());
    unknown.forEach((id, why) -> print("unknown", id + " (" + why + ")"));
  }

  private static String whyUnknown(LookupResult result) {
    return result
        .session()
        .map(session -> "no ACUs, gaps: " + session.gaps().keySet())
        .orElseGet(() -> result.error().orElseThrow().getMessage());
  }

  private static void printError(SessionLookup lookup, String id) {
    try {
      print(lookup.get(id));
    } catch (SessionLookupException | IllegalArgumentException e) {
      System.out.println("  " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
