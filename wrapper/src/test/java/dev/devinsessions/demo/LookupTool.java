package dev.devinsessions.demo;

import dev.devinsessions.LookupStrategy;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionLookupBuilder;
import dev.devinsessions.SessionLookupException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * {@code make lookup}: prints one session. Takes everything from the environment, where no shell
 * can misread it: {@code SESSION}, {@code FORMAT}, {@code STRATEGY}, {@code DEVIN_API_KEY}, {@code
 * DEVIN_API_BASE_URL}.
 */
final class LookupTool {
  static final int FOUND = 0;
  static final int NO_SESSION = 1;
  static final int BAD_ARGUMENT = 2;

  private static final String SAMPLES =
      "DEVIN_API_KEY is not set: this is the embedded sample API, which knows "
          + String.join(", ", DemoApi.SESSIONS);
  private static final int LONGEST_COMPLAINT = 400;

  private enum Format {
    CARD,
    JSON
  }

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  private LookupTool(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    System.exit(run(System.getenv(), StandardStreams.out(), StandardStreams.err()));
  }

  /**
   * Looks the session up and prints it; an error as one line.
   *
   * @return the exit status
   */
  static int run(Map<String, String> environment, PrintStream out, PrintStream err) {
    return new LookupTool(environment, out, err).run();
  }

  private int run() {
    boolean isSample = value("DEVIN_API_KEY", "").isEmpty();
    try {
      Format format = choice("FORMAT", Format.class, Format.CARD);
      Session session =
          isSample ? lookUpInDemoApi() : lookUp(builder().apiKey(value("DEVIN_API_KEY", "")));
      if (isSample) {
        err.println(SAMPLES);
      }
      if (format == Format.JSON) {
        out.println(session.toJson());
      } else {
        out.print(SessionCard.of(session, Style.of(environment)));
      }
      return FOUND;
    } catch (SessionLookupException e) {
      complain(ErrorLine.of(e) + (isSample ? " (" + SAMPLES + ")" : ""));
      return NO_SESSION;
    } catch (IllegalArgumentException e) {
      complain(OneLine.of(e.getMessage(), LONGEST_COMPLAINT));
      return BAD_ARGUMENT;
    }
  }

  private Session lookUpInDemoApi() {
    SessionLookupBuilder builder = builder();
    try (DemoApi api = DemoApi.start()) {
      return lookUp(builder.apiKey(DemoApi.ADMIN_KEY).baseUrl(api.baseUrl()));
    }
  }

  private SessionLookupBuilder builder() {
    SessionLookupBuilder builder =
        SessionLookup.builder()
            .applicationName("devin-sessions-lookup")
            .strategy(choice("STRATEGY", LookupStrategy.class, LookupStrategy.COMPLETE));
    String baseUrl = value("DEVIN_API_BASE_URL", "");
    return baseUrl.isEmpty() ? builder : builder.baseUrl(baseUrl);
  }

  private Session lookUp(SessionLookupBuilder builder) {
    try (SessionLookup lookup = builder.build()) {
      return lookup.get(value("SESSION", ""));
    }
  }

  /** One line; the key taken out should somebody have given it for something else. */
  private void complain(String line) {
    String key = value("DEVIN_API_KEY", "");
    err.println(key.isEmpty() ? line : line.replace(key, "[API key]"));
  }

  private String value(String name, String otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? otherwise : value;
  }

  private <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
    String value = value(name, otherwise.name());
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(value.strip().toUpperCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        name + " is \"" + value + "\": give one of " + Arrays.toString(type.getEnumConstants()));
  }
}
