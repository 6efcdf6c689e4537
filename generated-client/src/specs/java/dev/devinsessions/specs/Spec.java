package dev.devinsessions.specs;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An OpenAPI document, independent of its notation. */
public final class Spec {
  /** Each spec expands to about 100 schemas. The limit stops endless expansion. */
  private static final int MAX_SCHEMAS = 20_000;

  final String yaml;
  final Map<String, Object> tree;
  private final List<Operation> operations = new ArrayList<>();
  private final Set<String> followed = new LinkedHashSet<>();
  private int schemas;

  private Spec(String yaml) {
    this.yaml = yaml;
    tree = SpecTree.parse(yaml);
  }

  /** Rejects unsafe names, external references and references without a target. */
  public static Spec parse(String yaml) {
    Spec spec = new Spec(yaml);
    String version = Text.of(spec.tree.getOrDefault("openapi", "missing"));
    if (!version.matches("3\\.[01]\\.[0-9]+")) {
      throw new PageException("the OpenAPI version of the page is %.50s, not 3.0 or 3.1", version);
    }
    Names.check(spec.tree);
    spec.checkReferences(spec.tree, "the page");
    spec.section("paths").forEach(spec::addOperations);
    return spec;
  }

  Map<String, Object> section(String name) {
    return SpecTree.map(tree.get(name));
  }

  /** Every operation of the document. */
  public List<Operation> operations() {
    return operations;
  }

  /** The GET operation at a path, ignoring parameter names; null if there is none. */
  public Operation get(String path) {
    return operations.stream()
        .filter(operation -> shape(operation.toString()).equals(shape("GET " + path)))
        .findFirst()
        .orElse(null);
  }

  /** Without parameters such as a charset. */
  static String mediaType(String name) {
    return name.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }

  static String shape(String path) {
    return path.replaceAll("\\{[^}]*}", "{}");
  }

  boolean isFollowed(String reference) {
    return followed.contains(reference);
  }

  void countSchema() {
    if (++schemas > MAX_SCHEMAS) {
      throw new PageException(
          "the page has more than %d schemas, with all references resolved", MAX_SCHEMAS);
    }
  }

  /** The value of {@code $ref}; null if the node is not a reference. */
  static String reference(Object node) {
    Object ref = SpecTree.map(node).get("$ref");
    return ref instanceof String ? (String) ref : null;
  }

  /** The target of a reference, with its sibling keys, which OpenAPI 3.1 allows. */
  Map<String, Object> followOnce(Object node) {
    String ref = reference(node);
    followed.add(ref);
    Object target = tree;
    for (String step : ref.substring(2).split("/", -1)) {
      String key = URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
      target = SpecTree.map(target).get(key.replace("~1", "/").replace("~0", "~"));
    }
    if (!(target instanceof Map)) {
      throw new PageException("the reference %s has no target; the page may be truncated", ref);
    }
    Map<String, Object> merged = new LinkedHashMap<>(SpecTree.map(node));
    merged.remove("$ref");
    SpecTree.map(target).forEach(merged::putIfAbsent);
    return merged;
  }

  Map<String, Object> resolve(Object node) {
    Map<String, Object> resolved = SpecTree.map(node);
    for (int steps = 0; reference(resolved) != null; steps++) {
      if (steps > 20) {
        throw new PageException("the reference %s refers to itself", reference(node));
      }
      resolved = followOnce(resolved);
    }
    return resolved;
  }

  /** Must run before the generator, whose parser would fetch external references. */
  private void checkReferences(Object node, String where) {
    SpecTree.list(node).forEach(item -> checkReferences(item, where));
    String ref = reference(node);
    if (ref != null && !ref.matches("#/[A-Za-z0-9_./~%-]+")) {
      throw new PageException("the reference %s in %s points outside the page", ref, where);
    }
    if (ref != null) {
      resolve(node);
      followed.clear();
    }
    SpecTree.map(node).forEach((key, value) -> checkReferences(value, key));
  }

  private void addOperations(String path, Object node) {
    Map<String, Object> item = resolve(node);
    item.forEach(
        (method, operation) -> {
          if (method.matches("get|put|post|delete|options|head|patch|trace")) {
            operations.add(new Operation(method, path, item, SpecTree.map(operation)));
          }
        });
  }

  /** An operation: a method at a path. */
  public final class Operation {
    private final String method;
    private final String path;
    private final Map<String, Object> item;
    final Map<String, Object> node;

    private Operation(
        String method, String path, Map<String, Object> item, Map<String, Object> node) {
      this.method = method.toUpperCase(Locale.ROOT);
      this.path = path;
      this.item = item;
      this.node = node;
    }

    public String method() {
      return method;
    }

    /** For example, {@code /v1/sessions/{session_id}}. */
    public String path() {
      return path;
    }

    String summary() {
      return Text.of(node.getOrDefault("summary", "no summary"));
    }

    String id() {
      return Text.of(node.getOrDefault("operationId", ""));
    }

    /** The path prefix of the first server, such as {@code /api}; or empty. */
    public String serverPrefix() {
      Object servers =
          node.getOrDefault("servers", item.getOrDefault("servers", tree.get("servers")));
      return SpecTree.list(servers).stream()
          .map(server -> Text.of(SpecTree.map(server).getOrDefault("url", "")))
          .map(url -> url.replaceFirst("^https?://[^/]*", "").replaceFirst("/+$", ""))
          .findFirst()
          .orElse("");
    }

    /** Each parameter, with references resolved. */
    public List<Map<String, Object>> parameters() {
      List<Object> parameters = new ArrayList<>(SpecTree.list(item.get("parameters")));
      parameters.addAll(SpecTree.list(node.get("parameters")));
      return parameters.stream().map(Spec.this::resolve).collect(Collectors.toList());
    }

    /** Each response by its status, such as {@code 200} or {@code 4XX}. */
    public Map<String, Map<String, Object>> responses() {
      Map<String, Map<String, Object>> responses = new LinkedHashMap<>();
      SpecTree.map(node.get("responses"))
          .forEach(
              (status, response) ->
                  responses.put(status.toUpperCase(Locale.ROOT), resolve(response)));
      return responses;
    }

    /** The success statuses, such as {@code 200} or {@code 2XX}. */
    public Set<String> successes() {
      return responses().keySet().stream()
          .filter(status -> status.startsWith("2"))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The JSON schema of a successful response; null if the page has none. */
    public Schema success() {
      for (String status : successes()) {
        Map<String, Object> content = SpecTree.map(responses().get(status).get("content"));
        for (String type : content.keySet()) {
          if (mediaType(type).equals("application/json")) {
            return schema(SpecTree.map(content.get(type)).get("schema"));
          }
        }
      }
      return null;
    }

    Schema schema(Object schema) {
      return new Schema(Spec.this, schema, Set.of());
    }

    /**
     * The ways to authorize a request, such as {@code http bearer}; {@code none} if none is
     * required.
     */
    public Set<String> security() {
      Set<String> ways = new TreeSet<>();
      for (Object way : SpecTree.list(node.getOrDefault("security", tree.get("security")))) {
        Set<String> schemes = new TreeSet<>();
        SpecTree.map(way).forEach((name, scopes) -> schemes.add(kind(name, SpecTree.list(scopes))));
        ways.add(schemes.isEmpty() ? "none" : String.join(" and ", schemes));
      }
      return ways.isEmpty() ? Set.of("none") : ways;
    }

    private String kind(String name, List<?> scopes) {
      Object schemes = section("components").get("securitySchemes");
      Map<String, Object> scheme = resolve(SpecTree.map(schemes).get(name));
      return Spec.kind(scheme, name) + (scopes.isEmpty() ? "" : " with scopes " + Text.of(scopes));
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** How a security scheme authorizes requests. Its name on the page does not matter. */
  static String kind(Map<String, Object> scheme, String name) {
    Object type = scheme.get("type");
    if (type == null || type.equals("http") && scheme.get("scheme") == null) {
      throw new PageException(
          "the security scheme %s is incomplete; the page may be truncated", name);
    }
    return type.equals("http")
        ? "http " + scheme.get("scheme")
        : type.equals("apiKey")
            ? "key in " + scheme.get("in") + " " + scheme.get("name")
            : Text.of(type);
  }
}
