package dev.devinsessions.specs;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The YAML of a page: its only fenced YAML block, or the whole text. */
final class SpecPage {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?ms)^(?<fence>`{3,}|~{3,})[ \t]*([^\n]*)\n(.*?)(^\\k<fence>[`~]*[ \t]*$|\\z)");
  private static final int INFO = 2;
  private static final int YAML = 3;
  private static final int END = 4;

  private static final Pattern BARE =
      Pattern.compile("(?m)\\A\\s*\\{|^['\"]?openapi['\"]?[ \t]*:[ \t]*['\"]?[0-9]");

  /** The info string of a page in a language folder, such as {@code zh/v2.yaml}. */
  private static final Pattern LANGUAGE =
      Pattern.compile("(?i)ya?ml\\s+/?([a-z]{2})(-[a-z]+)?/\\S+.*");

  /** The text that is written to {@code specs/}. */
  final String yaml;

  private final String info;

  private SpecPage(String yaml, String info) {
    this.yaml = yaml;
    this.info = info;
  }

  /** The language that the page declares, such as {@code zh}; or empty. */
  String language() {
    Matcher language = LANGUAGE.matcher(info);
    return language.matches() ? language.group(1).toLowerCase(Locale.ROOT) : "";
  }

  static SpecPage of(String page) {
    String text = page.replaceFirst("^\uFEFF", "").replace("\r\n", "\n");
    List<MatchResult> blocks =
        BLOCK
            .matcher(text)
            .results()
            .filter(block -> block.group(INFO).matches("(?i)ya?ml\\b.*"))
            .collect(Collectors.toList());
    if (blocks.isEmpty() && BARE.matcher(text).find()) {
      return new SpecPage(text, "");
    }
    if (blocks.size() != 1) {
      throw new PageException(
          "the page has %d fenced YAML blocks and is not an OpenAPI file: pass the Markdown edition of the page (its URL plus .md)",
          blocks.size());
    }
    MatchResult block = blocks.get(0);
    if (block.group(END).isEmpty()) {
      throw new PageException("the YAML block of the page is not closed: download the page again");
    }
    return new SpecPage(block.group(YAML), block.group(INFO));
  }
}
