package dev.devinsessions.examples;

import dev.devinsessions.LookupStrategy;
import dev.devinsessions.MalformedResponseException;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import java.util.List;

/**
 * A program that is compiled once and then runs on whatever build of the library it finds: prints
 * one session of the API at the base URL given, as each strategy sees it, in JSON; an answer that
 * is refused by its message.
 */
public final class OldProgram {
  private static final List<LookupStrategy> STRATEGIES =
      List.of(
          LookupStrategy.COMPLETE,
          LookupStrategy.V1,
          LookupStrategy.V2_ENTERPRISE,
          LookupStrategy.COMPLETE);

  private OldProgram() {}

  public static void main(String[] arguments) {
    for (LookupStrategy strategy : STRATEGIES) {
      try (SessionLookup lookup =
          SessionLookup.builder()
              .apiKey("apk_user_old")
              .baseUrl(arguments[0])
              .strategy(strategy)
              .maxRetries(0)
              .build()) {
        Session session = lookup.get("devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c");
        if (!session.equals(Session.fromJson(session.toJson()))
            || session.status().isTerminal() && !session.status().isSettled()) {
          throw new IllegalStateException("not what it was: " + session);
        }
        System.out.println(strategy + " " + session.toJson());
      } catch (MalformedResponseException e) {
        System.out.println(strategy + " refused: " + e.getMessage());
      }
    }
  }
}
