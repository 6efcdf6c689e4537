package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * In a native image only that is found by reflection what the metadata of the two jars names. Both
 * files are written by each build, from the classes; which classes, {@code
 * write-native-image-metadata} in the pom.xml says. There a name that is missing here belongs.
 */
class NativeImageMetadataTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OURS = "dev.devinsessions.";
  private static final List<String> MEMBERS =
      List.of(
          "allDeclaredConstructors", "allDeclaredFields", "allDeclaredMethods", "allPublicMethods");

  private final Map<String, JsonNode> listed = new TreeMap<>();

  NativeImageMetadataTest() throws IOException {
    for (String artifact : List.of("devin-sessions", "devin-sessions-generated-client")) {
      String file = "/META-INF/native-image/dev.devinsessions/" + artifact + "/reflect-config.json";
      try (InputStream in = Session.class.getResourceAsStream(file)) {
        for (JsonNode entry : JSON.readTree(in)) {
          listed.put(entry.get("name").textValue(), entry);
        }
      }
    }
  }

  @Test
  void namesWhateverLookupsAndJsonTouchByReflection(@TempDir Path folder) throws Exception {
    API.answer(ApiVersion.V1, FakeApi.file("v1/blocked-with-pull-request.json"));
    API.answer(ApiVersion.V2_ENTERPRISE, FakeApi.file("v2/finished-with-analysis.json"));

    Set<String> touched =
        ReflectionTrace.of(folder.resolve("log"), Program.class.getName(), API.baseUrl()).stream()
            .filter(name -> name.startsWith(OURS) || name.startsWith("java.net.http."))
            // The JVM makes these by reflection, a native image does not.
            .filter(name -> !name.contains("$$Lambda"))
            .filter(name -> !name.startsWith(Program.class.getName()))
            .collect(Collectors.toCollection(TreeSet::new));

    // What is surely so, lest a trace that saw nothing would do.
    assertTrue(
        touched.containsAll(
            Set.of(
                OURS + "generated.v1.SessionMessage#<init>",
                OURS + "generated.v2.SessionDetailResponse",
                OURS + "Session#toJsonForm",
                "java.net.http.HttpClient")),
        touched::toString);
    assertEquals(
        Set.of(), touched.stream().filter(name -> !isListed(name)).collect(Collectors.toSet()));
  }

  private boolean isListed(String touched) {
    String[] parts = touched.split("#");
    JsonNode entry = listed.get(parts[0]);
    return entry != null
        && (parts.length == 1 || parts[0].startsWith(OURS) || names(entry, parts[1]));
  }

  private static boolean names(JsonNode entry, String method) {
    return entry.get("methods").findValuesAsText("name").contains(method);
  }

  @Test
  void namesEveryModelAndEveryValue() {
    Set<Class<?>> types = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
    collect(dev.devinsessions.generated.v1.SessionsApi.GetSessionResult.class, types);
    collect(dev.devinsessions.generated.v2.SessionsApi.GetSessionResult.class, types);
    collect(Session.class, types);

    Set<String> expected = types.stream().map(Class::getName).collect(Collectors.toSet());
    assertTrue(expected.contains(OURS + "generated.v2.SessionAnalysisActionItem"));
    assertTrue(expected.contains(OURS + "AutoValue_SessionAnalysis_ActionItem$Builder"));
    expected.removeAll(listed.keySet());
    assertEquals(Set.of(), expected);
  }

  /** A type of ours, what it extends, and those that its methods take and give. */
  private static void collect(Type type, Set<Class<?>> types) {
    if (type instanceof ParameterizedType) {
      for (Type argument : ((ParameterizedType) type).getActualTypeArguments()) {
        collect(argument, types);
      }
    }
    if (!(type instanceof Class) || !isDecoded((Class<?>) type) || !types.add((Class<?>) type)) {
      return;
    }
    Class<?> found = (Class<?>) type;
    collect(found.getSuperclass(), types);
    for (Method method : found.getMethods()) {
      collect(method.getGenericReturnType(), types);
      Stream.of(method.getGenericParameterTypes()).forEach(parameter -> collect(parameter, types));
    }
    if (Modifier.isAbstract(found.getModifiers()) && !found.getName().contains("ValueBuilder")) {
      String nested = found.getName().substring(found.getPackageName().length() + 1);
      String value = nested.replaceFirst("\\$?Builder$", "").replace('$', '_');
      String builder = nested.endsWith("Builder") ? "$Builder" : "";
      types.add(classNamed(OURS + "AutoValue_" + value + builder));
    }
  }

  private static boolean isDecoded(Class<?> type) {
    return type.getName().startsWith(OURS) && !type.getName().startsWith(OURS + "internal.");
  }

  @Test
  void namesNothingThatIsNotThere() {
    listed.keySet().forEach(name -> assertDoesNotThrow(() -> classNamed(name)));
  }

  @Test
  void keepsAllMembersOfWhatIsOurs() {
    listed.forEach(
        (name, entry) -> {
          for (String members : name.startsWith(OURS) ? MEMBERS : List.<String>of()) {
            assertTrue(entry.path(members).booleanValue(), name + ": " + members);
          }
        });
  }

  @Test
  void keepsTheMethodThatClosesClientsFromJava21On() {
    assertTrue(names(listed.get("java.net.http.HttpClient"), "shutdownNow"));
  }

  private static Class<?> classNamed(String name) {
    try {
      return Class.forName(name, false, Session.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name + " does not exist", e);
    }
  }

  /** Does what makes the library, or a Jackson of either generation, use reflection. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws IOException {
      tools.jackson.databind.ObjectMapper jackson3 = new tools.jackson.databind.ObjectMapper();
      try (SessionLookup lookup =
          SessionLookup.builder()
              .apiKey(FakeApi.PERSONAL_KEY)
              .baseUrl(arguments[0])
              .strategy(LookupStrategy.COMPLETE)
              .build()) {
        Session session = lookup.get(FakeApi.ID);
        check(session, Session.fromJson(session.toJson()));
        check(session, JSON.readValue(JSON.writeValueAsString(session), Session.class));
        check(session, jackson3.readValue(jackson3.writeValueAsString(session), Session.class));
      }
    }

    private static void check(Session session, Session copy) {
      if (!session.equals(copy)) {
        throw new IllegalStateException(session + " became " + copy);
      }
    }
  }
}
