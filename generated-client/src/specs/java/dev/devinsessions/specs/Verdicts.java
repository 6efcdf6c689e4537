package dev.devinsessions.specs;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * The severity of each kind of change; the first matching row wins. A response may contain or
 * guarantee more; a request may require less.
 */
final class Verdicts {
  /**
   * Each row: a verdict, a pattern of changes, and advice. A change is written {@code operation,
   * part, path: kind aspect = value}. The kinds are added (+), removed (-), narrowed (<), widened
   * (>) and altered (~).
   */
  private static final String[] TABLE = {
    "PROSE_ONLY | .*: . prose = .* | ",
    "COMPATIBLE | other, .* | The library does not call this operation.",
    "COMPATIBLE | lookup, .* as \\S+, .* | The library uses JSON only.",
    "COMPATIBLE | lookup, [^2]\\S* response, .*: . response = .* | Applications get the exception for that status.",
    "COMPATIBLE | lookup, [^2]\\S* response, .* | The library reads errors of any shape; violations() and detail() may contain less.",
    "BREAKING | lookup, .*: . path = .* | Released versions call the old URL.",
    "BREAKING | lookup, .*: . server prefix = .* | The library appends the path to baseUrl: add the prefix to its default.",
    "BREAKING | lookup, .*: . operation id = .* | Applications are not affected, but the wrapper does not compile until generated-client/pom.xml names the new id (lookup.*).",
    "COMPATIBLE | lookup, .*: > security = .* | The key is still accepted as before.",
    "BREAKING | lookup, .*: . security = .* | The library still authorizes requests the old way.",
    "COMPATIBLE | lookup, path parameter .*: . name = .* | The URL is the same; no action needed.",
    "BREAKING | PARAMETER: \\+ (parameter|request body|property) = required.* | The library does not send it.",
    "BREAKING | PARAMETER: - (parameter|request body) = required.* | The library still sends it.",
    "COMPATIBLE | PARAMETER: . (parameter|request body|property) = .* | The library does not send it.",
    "BREAKING | PARAMETER: . required = .* → required | The library does not send what was optional.",
    "COMPATIBLE | PARAMETER: (> type|- format|- keyword|\\+ enum value|- enum) = .* | More is accepted than before.",
    "COMPATIBLE | PARAMETER: ~ nullable = .* → nullable | More is accepted than before.",
    "BREAKING | PARAMETER: . (type|format|nullable|enum|enum value|keyword) = .* | What the library sends may no longer be accepted.",
    "COMPATIBLE | lookup, 2\\S* response, .*: ~ status = .* | The library treats all 2xx alike.",
    "BREAKING | lookup, 2\\S* response, .*: \\+ response = .* | A second success response: the wrapper must tell the two apart.",
    "BREAKING | lookup, 2\\S* response, .*: - response = .* | The response that applications wait for is gone.",
    "BREAKING | JSON: - media type = .* | The library reads JSON.",
    "COMPATIBLE | JSON: \\+ property = .* | Applications find it in additionalProperties() until the wrapper maps it.",
    "BREAKING | JSON: - property = .* | Applications lose it; if it was required, released versions report a deviation.",
    "COMPATIBLE | JSON: < type = .* | Responses guarantee more; no action needed.",
    "BREAKING | JSON: . type = .* | Released versions leave such a value out and list it in deviations(); update the mapping.",
    "BREAKING | JSON: . format = .* | The same value may mean something else; update the mapping.",
    "BREAKING | JSON: ~ nullable = .* → nullable | Released versions list a deviation when it is null; the accessor must become Optional.",
    "BREAKING | JSON: . required = .* → optional | Released versions list a deviation when it is missing; the accessor must become Optional.",
    "COMPATIBLE | JSON: . (nullable|required) = .* | No action needed.",
    "COMPATIBLE | JSON: \\+ enum value = .* | The word is kept as sent; a status word is UNKNOWN until the wrapper maps it.",
    "COMPATIBLE | JSON: - enum value = .* | It is no longer documented; applications that wait for it may never see it.",
    "COMPATIBLE | JSON: - enum = .* | Any word is allowed now; unknown ones are kept as sent.",
    "COMPATIBLE | JSON: \\+ enum = .* | No other word is documented now; no action needed.",
    "COMPATIBLE | JSON: . schema name = .* | Applications are not affected; a generated class is renamed, so the wrapper may need an update.",
    "COMPATIBLE | JSON: . allOf = .* | The same content, but generated classes may differ: run make test.",
    "COMPATIBLE | JSON: . default = .* | The library fills in no defaults.",
    "COMPATIBLE | .* | ",
  };

  private Verdicts() {}

  /** The row for a change: the verdict, the pattern and the advice. */
  static String[] of(String change) {
    return Arrays.stream(TABLE)
        .map(row -> row.split(" \\| ", -1))
        .filter(row -> change.matches(pattern(row[1])))
        .findFirst()
        .orElseThrow();
  }

  private static String pattern(String text) {
    // A value may span several lines.
    return ("(?s)" + text)
        .replace("PARAMETER", "lookup, ((path|query|header|cookie) parameter|request body).*")
        .replace("JSON", "lookup, 2\\S* response, .*");
  }

  /** {@code <} if less is allowed than before, {@code >} if more, otherwise {@code ~}. */
  static String direction(String aspect, String before, String after) {
    if (!Set.of("type", "security").contains(aspect)) {
      return "~";
    }
    return allows(before, after) ? "<" : allows(after, before) ? ">" : "~";
  }

  private static boolean allows(String wide, String narrow) {
    if (wide.equals("any")) {
      return true;
    }
    Set<String> choices = choices(wide);
    if (choices.contains("number")) {
      choices.add("integer");
    }
    // Two objects may have different properties.
    return !choices.contains("object") && choices.containsAll(choices(narrow));
  }

  private static Set<String> choices(String text) {
    return new TreeSet<>(Arrays.asList(text.replaceFirst("^(any|one) of ", "").split(", | or ")));
  }
}
