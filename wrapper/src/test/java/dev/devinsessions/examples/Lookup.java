package dev.devinsessions.examples;

import dev.devinsessions.LookupStrategy;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionLookupException;
import java.util.Arrays;
import java.util.List;

/** {@code make lookup}: prints one session, or the message of an error. */
final class Lookup {
  private Lookup() {}

  public static void main(String[] args) {
    try (SessionLookup lookup =
        SessionLookup.builder()
            .fromEnvironment()
            .strategy(
                LookupStrategy.valueOf(
                    variable(
                        "STRATEGY",
                        Arrays.stream(LookupStrategy.values())
                            .map(Enum::name)
                            .toArray(String[]::new))))
            .build()) {
      boolean isJson = variable("FORMAT", "text", "json").equals("json");
      Session session = lookup.get(System.getenv().getOrDefault("SESSION", ""));
      if (isJson) {
        System.out.println(session.toJson());
      } else {
        Demo.print(session);
      }
    } catch (SessionLookupException | IllegalArgumentException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static String variable(String name, String... values) {
    String value = System.getenv().getOrDefault(name, "");
    if (!value.isEmpty() && !List.of(values).contains(value)) {
      throw new IllegalArgumentException(name + " must be one of " + List.of(values));
    }
    return value.isEmpty() ? values[0] : value;
  }
}
