package dev.devinsessions.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devinsessions.LookupStrategy;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionLookupBuilder;
import dev.devinsessions.SessionLookupException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;

/**
 * {@code make demo}: the library against both APIs on a loopback port, over real HTTP, shown to
 * people.
 */
final class Demo {
  /** Shorter than the slow answer takes; the other lookups have the default. */
  private static final Duration SHORT_DEADLINE = Duration.ofSeconds(1);

  private final DemoApi api;
  private final PrintStream out;
  private final Style style;

  private Demo(DemoApi api, PrintStream out, Style style) {
    this.api = api;
    this.out = out;
    this.style = style;
  }

  public static void main(String[] args) {
    run(System.getenv(), StandardStreams.out());
  }

  static void run(Map<String, String> environment, PrintStream out) {
    try (DemoApi api = DemoApi.start()) {
      new Demo(api, out, Style.of(environment)).show();
    }
  }

  private void show() {
    out.println(
        "Everything below was looked up over HTTP at "
            + api.baseUrl()
            + ", which plays the Devin API.");

    section("Through v1: messages and structured output");
    Session session = look(DemoApi.SERVICE_KEY, LookupStrategy.V1, DemoApi.FINISHED);
    out.print(SessionCard.of(session, style));

    section("The same session through v2 enterprise: owner, ACUs, pull-request states, analysis");
    session = look(DemoApi.ADMIN_KEY, LookupStrategy.V2_ENTERPRISE, DemoApi.FINISHED);
    out.print(SessionCard.of(session, style));

    section("Both merged, by its web address");
    session =
        look(
            DemoApi.ADMIN_KEY,
            LookupStrategy.COMPLETE,
            "https://app.devin.ai/sessions/"
                + DemoApi.FINISHED.replaceFirst("devin-", "")
                + "?tab=shell");
    out.print(SessionCard.of(session, style));

    section("Merged, as JSON");
    out.println(pretty(session));

    section("Merged, with a key that v2 is closed to: the gap says so");
    session = look(DemoApi.MEMBER_KEY, LookupStrategy.COMPLETE, DemoApi.BLOCKED);
    out.print(SessionCard.of(session, style));

    section("AUTO, of a session that has only just been made");
    session = look(DemoApi.ADMIN_KEY, LookupStrategy.COMPLETE, DemoApi.NEW);
    out.print(SessionCard.of(session, style));

    section("What goes wrong, as a tool would report it");
    showErrors();
  }

  private void showErrors() {
    complain(DemoApi.ADMIN_KEY, LookupStrategy.COMPLETE, "../secret");
    complain(DemoApi.ADMIN_KEY, LookupStrategy.COMPLETE, "devin-of-nobody");
    complain("apk_user_c29tZSBvbGQga2V5", LookupStrategy.COMPLETE, DemoApi.FINISHED);
    complain(DemoApi.MEMBER_KEY, LookupStrategy.V2_ENTERPRISE, DemoApi.FINISHED);
    complain(DemoApi.UNPAID_KEY, LookupStrategy.COMPLETE, DemoApi.FINISHED);
    for (String id :
        new String[] {
          DemoApi.REJECTED,
          DemoApi.RATE_LIMITED,
          DemoApi.OVERLOADED,
          DemoApi.REDIRECTED,
          DemoApi.LOGIN_PAGE
        }) {
      complain(DemoApi.ADMIN_KEY, LookupStrategy.V1, id);
    }
    complain(builder(DemoApi.ADMIN_KEY, LookupStrategy.V1).deadline(SHORT_DEADLINE), DemoApi.SLOW);
    complain(
        builder(DemoApi.ADMIN_KEY, LookupStrategy.V1).baseUrl("http://127.0.0.1:" + closedPort()),
        DemoApi.NEW);
  }

  private Session look(String key, LookupStrategy strategy, String sessionId) {
    try (SessionLookup lookup = builder(key, strategy).build()) {
      return lookup.get(sessionId);
    }
  }

  private void complain(String key, LookupStrategy strategy, String sessionId) {
    complain(builder(key, strategy), sessionId);
  }

  private void complain(SessionLookupBuilder builder, String sessionId) {
    try (SessionLookup lookup = builder.build()) {
      throw new IllegalStateException("no error, but " + lookup.get(sessionId));
    } catch (SessionLookupException e) {
      complain(e.getClass().getSimpleName(), ErrorLine.of(e));
    } catch (IllegalArgumentException e) {
      complain(e.getClass().getSimpleName(), e.getMessage());
    }
  }

  private void complain(String exception, String line) {
    out.println(style.error(exception) + "  " + line);
  }

  private SessionLookupBuilder builder(String key, LookupStrategy strategy) {
    return SessionLookup.builder()
        .apiKey(key)
        .baseUrl(api.baseUrl())
        .strategy(strategy)
        .maxRetries(1);
  }

  private void section(String title) {
    out.println();
    out.println(style.heading("== " + title + " =="));
  }

  private static String pretty(Session session) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(session);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("any ObjectMapper writes a session, this one did not", e);
    }
  }

  private static int closedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free loopback port", e);
    }
  }
}
