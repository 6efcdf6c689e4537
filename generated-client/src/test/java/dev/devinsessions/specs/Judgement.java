package dev.devinsessions.specs;

import java.util.Arrays;
import java.util.Set;

/**
 * How bad one change is, and for whom. Tools read answers through the library, so that an answer
 * which says more, or says it more surely, breaks nobody; the library sends requests, so that there
 * the reverse holds.
 */
final class Judgement {
  /** Stands between the ways to authorise a request. */
  static final String OR = " or ";

  private final Impact impact;
  private final String advice;

  private Judgement(Impact impact, String advice) {
    this.impact = impact;
    this.advice = advice;
  }

  Impact impact() {
    return impact;
  }

  /** What it means for tools and for the wrapper; empty where it means nothing. */
  String advice() {
    return advice;
  }

  /**
   * @param lookup the operation that the library calls: nothing in another one can break it
   */
  static Judgement of(Change change, String lookup) {
    if (!change.place().media().isEmpty()) {
      return compatible("The library reads and writes JSON.");
    }
    if (change.place().isInError() && !change.place().path().isEmpty()) {
      // Prose stays prose.
      return change.aspect() == Aspect.PROSE
          ? ofAnything(change)
          : compatible(
              "The library reads errors of any shape; violations() and detail() may say less.");
    }
    Judgement judgement = change.place().isSent() ? ofRequest(change) : ofAnswer(change);
    String operation = change.place().operation();
    if (judgement.impact == Impact.BREAKING && !operation.equals(lookup)) {
      return compatible("The library does not call this operation.");
    }
    return judgement;
  }

  private static Judgement ofAnswer(Change change) {
    switch (change.aspect()) {
      case PROPERTY:
        return change.isAdded()
            ? compatible("Tools find it in additionalProperties() until the wrapper maps it.")
            : breaking(
                "Tools lose it, and released versions refuse the answer if it was required.");
      case TYPE:
        return breaking(
            "Released versions refuse such an answer; the wrapper's mapping has to follow.");
      case FORMAT:
        return breaking(
            "The same text now means something else; the wrapper's mapping has to follow.");
      case NULLABLE:
        return "nullable".equals(change.after())
            ? breaking(
                "Released versions refuse an answer where it is null; the accessor has to become Optional.")
            : compatible("Nobody has to act.");
      case REQUIRED:
        return "optional".equals(change.after())
            ? breaking(
                "Released versions refuse an answer without it; the accessor has to become Optional.")
            : compatible("Nobody has to act.");
      case ENUM_WORD:
        return change.isAdded()
            ? compatible(
                "The word is kept as it came; a status word is UNKNOWN until the wrapper gives it a status.")
            : compatible("It is no longer sent; tools that wait for it wait in vain.");
      case ANSWER:
        return ofStatus(change);
      case MEDIA_TYPE:
        return change.isRemoved() ? breaking("The library reads JSON.") : compatible("");
      default:
        return ofAnything(change);
    }
  }

  private static Judgement ofStatus(Change change) {
    String status = change.isAdded() ? change.after() : change.before();
    if (status.startsWith("2")) {
      return change.isAdded()
          ? breaking("A success of another form: the wrapper has to tell them apart.")
          : breaking("The answer that tools wait for is gone.");
    }
    return compatible("Tools get the exception of that status.");
  }

  private static Judgement ofRequest(Change change) {
    switch (change.aspect()) {
      case PARAMETER:
      case REQUEST_BODY:
        if (change.isAdded()) {
          return "required".equals(change.after())
              ? breaking(
                  "The library does not send it; api.mustache keeps the client from compiling until it does.")
              : compatible("The library does not send it.");
        }
        return "required".equals(change.before())
            ? breaking("The library sends it, and the method of the generated client changes.")
            : compatible("The library does not send it.");
      case REQUIRED:
        return "required".equals(change.after())
            ? breaking("The library does not send what was optional.")
            : compatible("The library still may send it.");
      case PROPERTY:
        return change.isAdded() && change.after().startsWith("required")
            ? breaking("The library does not send it.")
            : compatible("The library need not act.");
      case TYPE:
      case FORMAT:
        return breaking("The library sends the old form.");
      case NULLABLE:
      case ENUM_WORD:
        return change.isAdded() || "nullable".equals(change.after())
            ? compatible("More is accepted than before.")
            : breaking("Less is accepted than before.");
      case KEYWORD:
        return change.isRemoved()
            ? compatible("More is accepted than before.")
            : breaking("What the library sends may no longer be accepted.");
      default:
        return ofAnything(change);
    }
  }

  private static Judgement ofAnything(Change change) {
    switch (change.aspect()) {
      case OPERATION:
        return change.isRemoved()
            ? breaking("The library calls it.")
            : change.isAdded()
                ? compatible("Nothing uses it yet.")
                : new Judgement(Impact.PROSE_ONLY, "");
      case PATH:
        return breaking(
            "Released versions ask the old address. Name the new path in specs/README.md.");
      case OPERATION_ID:
        return breaking(
            "Tools notice nothing, but the wrapper does not compile before operationIdNameMappings in "
                + "generated-client/pom.xml names the new one.");
      case SECURITY:
        return change.isAltered() && waysOf(change.after()).containsAll(waysOf(change.before()))
            ? compatible("The key is still accepted as it was.")
            : breaking("The library authorises its requests the old way.");
      case SCHEMA_NAME:
        return compatible(
            "Tools notice nothing; a generated class is renamed, and the wrapper may have to follow.");
      case DEFAULT:
        return compatible("The library fills in no defaults.");
      case PROSE:
      case NOTATION:
        return new Judgement(Impact.PROSE_ONLY, "");
      default:
        return compatible("");
    }
  }

  private static Set<String> waysOf(String security) {
    return Set.copyOf(Arrays.asList(security.split(OR)));
  }

  private static Judgement compatible(String advice) {
    return new Judgement(Impact.COMPATIBLE, advice);
  }

  private static Judgement breaking(String advice) {
    return new Judgement(Impact.BREAKING, advice);
  }
}
