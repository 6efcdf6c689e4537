package dev.devinsessions.specs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The YAML of a page: the one fenced YAML block of Markdown, or a text that is YAML as a whole. */
final class SpecPage {
  private static final Pattern FENCE = Pattern.compile("^(`{3,}|~{3,})[ \t]*(.*)$");
  private static final Pattern BARE =
      Pattern.compile("(?m)\\A\\s*\\{|^['\"]?openapi['\"]?[ \t]*:[ \t]*['\"]?[0-9]");

  /** What names the file of a page, if that is in the folder of a language: {@code zh/v2.yaml}. */
  private static final Pattern LANGUAGE =
      Pattern.compile("(?i)ya?ml\\s+/?([a-z]{2})(-[a-z]+)?/\\S+.*");

  private final String yaml;
  private final String info;

  private SpecPage(String yaml, String info) {
    this.yaml = yaml;
    this.info = info;
  }

  /** What would be written to {@code specs/}, byte for byte. */
  String yaml() {
    return yaml;
  }

  /** The language that the page says it has, such as {@code zh}; empty if it says nothing. */
  String language() {
    Matcher language = LANGUAGE.matcher(info);
    return language.matches() ? language.group(1).toLowerCase(Locale.ROOT) : "";
  }

  static SpecPage of(String page) {
    String text = page.replaceFirst("^\uFEFF", "").replace("\r\n", "\n");
    List<SpecPage> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    String fence = null;
    String info = "";
    for (String line : text.split("(?<=\n)")) {
      Matcher marks =
          FENCE.matcher(line.strip().equals(line.stripTrailing()) ? line.stripTrailing() : "");
      if (fence == null && marks.matches()) {
        fence = marks.group(1);
        info = marks.group(2);
        block.setLength(0);
      } else if (fence != null
          && line.stripTrailing().matches(Pattern.quote(fence) + fence.charAt(0) + "*")) {
        if (info.matches("(?i)ya?ml\\b.*")) {
          blocks.add(new SpecPage(block.toString(), info));
        }
        fence = null;
      } else {
        block.append(line);
      }
    }
    if (blocks.isEmpty() && BARE.matcher(text).find()) {
      if (fence == null || info.isEmpty()) {
        return new SpecPage(text, "");
      }
      throw new Refusal(
          "the block of the page is never closed: it is truncated, download it again");
    }
    if (blocks.size() != 1) {
      throw new Refusal(
          "the page has "
              + blocks.size()
              + " fenced YAML blocks and is no OpenAPI file: give the Markdown edition of a page (its URL with .md)");
    }
    return blocks.get(0);
  }
}
