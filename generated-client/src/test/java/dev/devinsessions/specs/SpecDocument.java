package dev.devinsessions.specs;

import io.swagger.parser.OpenAPIParser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A validated OpenAPI document and its references. */
final class SpecDocument {
  private static final String REF = "$ref";
  private static final int MAX_CHAIN = 20;

  private final String yaml;
  private final Map<String, Object> tree;

  private SpecDocument(String yaml, Map<String, Object> tree) {
    this.yaml = yaml;
    this.tree = tree;
  }

  /** Refuses what the build could not generate a client from. */
  static SpecDocument parse(String yaml) {
    SpecDocument document = new SpecDocument(yaml, SpecTree.parse(yaml));
    document.checkVersion();
    Names.check(document.tree);
    document.checkReferences(document.tree, "");
    document.checkWithTheGeneratorsParser();
    return document;
  }

  String yaml() {
    return yaml;
  }

  Map<String, Object> tree() {
    return tree;
  }

  Map<String, Object> section(String name) {
    return SpecTree.map(tree.get(name));
  }

  String version() {
    return String.valueOf(section("info").get("version"));
  }

  /**
   * The node that a reference leads to, through any number of references, with what stands beside
   * them laid over it: OpenAPI 3.1 lets a reference have a description of its own. Every other node
   * is returned as it is.
   */
  Object resolve(Object node) {
    Map<String, Object> map = SpecTree.map(node);
    return map.get(REF) instanceof String ? resolve(map, new HashSet<>()) : node;
  }

  /**
   * Where the node leads if it is a reference, such as {@code
   * #/components/schemas/PullRequestInfo}; else null.
   */
  static String reference(Object node) {
    Object ref = SpecTree.map(node).get(REF);
    return ref instanceof String ? (String) ref : null;
  }

  private Object resolve(Map<String, Object> node, Set<String> seen) {
    String ref = reference(node);
    if (!seen.add(ref) || seen.size() > MAX_CHAIN) {
      throw new Refusal(
          "the reference " + ref + " leads to itself or through too many others: it is refused");
    }
    Object target = follow(ref);
    if (reference(target) != null) {
      target = resolve(SpecTree.map(target), seen);
    }
    if (node.size() == 1 || !(target instanceof Map)) {
      return target;
    }
    Map<String, Object> merged = new LinkedHashMap<>(SpecTree.map(target));
    node.forEach(
        (key, value) -> {
          if (!key.equals(REF)) {
            merged.put(key, value);
          }
        });
    return merged;
  }

  /** The node itself that a reference names; null where there is none. */
  Object follow(String ref) {
    Object node = tree;
    for (String step : ref.substring(Math.min(2, ref.length())).split("/", -1)) {
      String key = URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
      key = key.replace("~1", "/").replace("~0", "~");
      node = SpecTree.map(node).get(key);
    }
    return node;
  }

  private void checkVersion() {
    String version = String.valueOf(tree.get("openapi"));
    if (!version.matches("3\\.[01]\\.[0-9]+")) {
      throw new Refusal(
          tree.containsKey("openapi")
              ? "the page is OpenAPI "
                  + version
                  + ", which the generator cannot read: only 3.0 and 3.1 can be imported"
              : "the YAML has no key openapi: it is no OpenAPI file");
    }
  }

  /** Before the parser sees them: it would fetch what lies outside of the document. */
  private void checkReferences(Object node, String where) {
    SpecTree.list(node).forEach(item -> checkReferences(item, where + "[]"));
    SpecTree.map(node)
        .forEach(
            (key, value) -> {
              if (key.equals(REF) && value instanceof String) {
                checkReference((String) value, where);
              }
              checkReferences(value, where.isEmpty() ? key : where + "." + key);
            });
  }

  private void checkReference(String ref, String where) {
    if (!ref.startsWith("#/")) {
      throw new Refusal(
          "the reference "
              + ref
              + " at "
              + where
              + " leaves the page: only references inside it can be imported");
    }
    try {
      if (resolve(Map.of(REF, ref)) == null) {
        throw new Refusal(
            "the reference "
                + ref
                + " at "
                + where
                + " leads nowhere: the page is truncated, download it again");
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "the reference " + ref + " at " + where + " is ill-formed: download the page again", e);
    }
  }

  private void checkWithTheGeneratorsParser() {
    // The options of the generator itself: what passes here passes in the build.
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    options.setResolveResponses(true);
    SwaggerParseResult result;
    try {
      result = new OpenAPIParser().readContents(yaml, null, options);
    } catch (RuntimeException | StackOverflowError e) {
      throw new Refusal(
          "the generator's parser fails on the page (" + e + "): download it again", e);
    }
    List<String> messages = result.getMessages() == null ? List.of() : result.getMessages();
    if (!messages.isEmpty() || result.getOpenAPI() == null) {
      throw new Refusal(
          "the page is no valid OpenAPI: "
              + (messages.isEmpty()
                  ? "the generator's parser reads nothing from it"
                  : messages.get(0))
              + (messages.size() > 1 ? " (and " + (messages.size() - 1) + " more)" : "")
              + ": download it again");
    }
  }
}
