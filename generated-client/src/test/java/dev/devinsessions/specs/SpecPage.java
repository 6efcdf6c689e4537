package dev.devinsessions.specs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The YAML of a page: the one fenced YAML block of a Markdown page, or a text that is YAML as a
 * whole, either of them character for character. JSON is rewritten as YAML in block style, since a
 * spec on one line could not be reviewed.
 */
final class SpecPage {
  private static final Pattern FENCE = Pattern.compile("^(`{3,99}|~{3,99})[ \\t]*([^\\n]*)$");
  private static final Pattern HTML = Pattern.compile("(?i)<(!doctype|html|head|\\?xml)\\b");
  private static final Pattern YAML_INFO = Pattern.compile("(?i)ya?ml(?:\\s+(.*))?");
  private static final Pattern OPENAPI_LINE =
      Pattern.compile("^['\"]?(openapi|swagger)['\"]?[ \\t]*:[ \\t]*['\"]?[0-9]");

  private final String yaml;
  private final String info;

  private SpecPage(String yaml, String info) {
    this.yaml = yaml;
    this.info = info;
  }

  /** What would be written to {@code specs/}. */
  String yaml() {
    return yaml;
  }

  /**
   * What follows {@code yaml} where the block opens, such as {@code zh/v2-openapi.yaml GET /v2/…};
   * else empty.
   */
  String info() {
    return info;
  }

  static SpecPage of(String text) {
    String start = text.stripLeading();
    if (start.isEmpty()) {
      throw new Refusal("the page is empty: download it again");
    }
    // Markdown may start with a tag, too.
    if (HTML.matcher(start).lookingAt()) {
      throw new Refusal(
          "the page is HTML: download its Markdown edition (its address with .md at the end)");
    }
    if (start.startsWith("{")) {
      return new SpecPage(yamlOfJson(text), "");
    }
    List<SpecPage> blocks = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    int offset = 0;
    for (int i = 0; i < lines.length; i++) {
      Matcher fence = FENCE.matcher(lines[i]);
      if (blocks.isEmpty() && OPENAPI_LINE.matcher(lines[i]).find()) {
        return new SpecPage(text, "");
      }
      offset += lines[i].length() + 1;
      if (!fence.matches()) {
        continue;
      }
      int opening = i + 1;
      int from = Math.min(offset, text.length());
      Pattern closing =
          Pattern.compile("^" + fence.group(1) + fence.group(1).charAt(0) + "*[ \\t]*$");
      for (i++; i < lines.length && !closing.matcher(lines[i]).matches(); i++) {
        offset += lines[i].length() + 1;
      }
      Matcher yamlInfo = YAML_INFO.matcher(fence.group(2).strip());
      if (i == lines.length) {
        throw new Refusal(
            "the block that opens on line "
                + opening
                + " is never closed: the page is truncated, download it again");
      }
      if (yamlInfo.matches()) {
        String info = yamlInfo.group(1) == null ? "" : yamlInfo.group(1);
        blocks.add(new SpecPage(text.substring(from, offset), info));
      }
      offset += lines[i].length() + 1;
    }
    if (blocks.size() != 1) {
      throw new Refusal(
          "the page has "
              + (blocks.isEmpty() ? "no" : String.valueOf(blocks.size()))
              + " fenced YAML blocks and is no bare OpenAPI file: give a page with one YAML block, or YAML or JSON");
    }
    return blocks.get(0);
  }

  private static String yamlOfJson(String json) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(SpecTree.MAX_NESTING).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    ObjectMapper mapper =
        new ObjectMapper(factory)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    DumperOptions style = new DumperOptions();
    style.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    style.setSplitLines(false);
    try {
      return new Yaml(style).dump(mapper.readValue(json, Map.class));
    } catch (JsonProcessingException e) {
      throw new Refusal(
          "the page starts like JSON but is none ("
              + e.getOriginalMessage()
              + "): download it again",
          e);
    }
  }
}
