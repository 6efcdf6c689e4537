package dev.devinsessions;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public members, recorded in {@code FILE} so that a change of them shows in a diff. */
class PublicApiTest {
  private static final Path FILE = Path.of("src/test/resources/public-api.txt");
  private static final Pattern QUALIFIED_NAME = Pattern.compile("[a-z]\\w*(\\.[\\w$]+)+");
  private static final Pattern ALLOWED = Pattern.compile("java\\.(?!net\\.http\\.).*");

  @Test
  void matchesThePublicApiFile() throws Exception {
    String api =
        String.join("\n", signatures()).replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "") + "\n";
    if (Boolean.getBoolean("api.accept")) {
      Files.writeString(FILE, api);
    }

    assertEquals(Files.readString(FILE), api, "to accept the change: make accept-api");
  }

  @Test
  void exposesOnlyPublicTypesAndTheJdk() throws Exception {
    Set<String> allowed = publicTypes().map(Class::getName).collect(toCollection(TreeSet::new));
    Set<String> leaks = new TreeSet<>();
    for (String signature : signatures()) {
      QUALIFIED_NAME
          .matcher(signature)
          .results()
          .map(MatchResult::group)
          .filter(name -> !allowed.contains(name) && !ALLOWED.matcher(name).matches())
          .forEach(name -> leaks.add(signature));
    }

    assertEquals(1, leaks.size(), leaks::toString);
    assertTrue(leaks.iterator().next().contains(" httpClient(java.net.http.HttpClient)"));
  }

  private static Set<String> signatures() throws Exception {
    Set<String> signatures = new TreeSet<>();
    publicTypes()
        .forEach(type -> members(type).forEach(member -> signatures.add(signature(type, member))));
    return signatures;
  }

  /** The visible members of a type, including those inherited from a package-private class. */
  private static Stream<Member> members(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    boolean isHidden =
        parent != null && parent.getPackage() == type.getPackage() && !isVisible(parent);
    Stream<Member> own =
        Stream.<Member[]>of(
                type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
            .flatMap(Stream::of)
            .filter(PublicApiTest::isVisible);
    return isHidden ? Stream.concat(own, members(parent)) : own;
  }

  private static String signature(Class<?> type, Member member) {
    String name = type.getName().substring(type.getPackageName().length() + 1);
    String signature =
        member instanceof Method ? ((Method) member).toGenericString() : member.toString();
    String declaring = member.getDeclaringClass().getName() + ".";
    return name
        + ": "
        + signature
            .replace("synchronized ", "")
            .replaceFirst(Pattern.quote(declaring) + "(?=\\w+(\\(|$))", "");
  }

  private static Stream<Class<?>> publicTypes() throws IOException, ReflectiveOperationException {
    Path classes =
        Path.of(Session.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Stream.Builder<Class<?>> types = Stream.builder();
    try (Stream<Path> files = Files.list(classes.resolve("dev/devinsessions"))) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        String name = file.getFileName().toString().replaceFirst("\\.class$", "");
        if (!name.equals("package-info") && file.toString().endsWith(".class")) {
          Class<?> type = Class.forName("dev.devinsessions." + name);
          if (isVisible(type)) {
            types.add(type);
          }
        }
      }
    }
    return types.build();
  }

  private static boolean isVisible(Class<?> type) {
    return (type.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
        && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
  }

  private static boolean isVisible(Member member) {
    return (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
        && !member.isSynthetic();
  }
}
