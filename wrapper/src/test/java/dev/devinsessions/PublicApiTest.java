package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What users compile against: nothing that was promised is missing, and nothing comes along that is
 * not theirs.
 */
class PublicApiTest {
  private static final String PACKAGE = PublicApiTest.class.getPackageName();

  @Test
  void whatWasPromisedIsThere() throws Exception {
    assertEquals(
        List.of(),
        missing(PublicApiTest.class.getClassLoader()),
        "put these back: programs use them");
  }

  @Test
  void whatWasPromisedIsInTheBaseline() throws Exception {
    List<URL> path =
        new ArrayList<>(List.of(Path.of("src", "api", "baseline.jar").toUri().toURL()));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    try (URLClassLoader baseline =
        new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      assertTrue(
          baseline
              .loadClass(PACKAGE + ".Session")
              .getResource("Session.class")
              .toString()
              .contains("baseline.jar"));
      assertEquals(
          List.of(),
          missing(baseline),
          "wrapper/src/api/baseline.jar lacks these: put them back, then make api-baseline");
    }
  }

  /** The table of contents that a user reads. A new name here is a decision, not an accident. */
  @Test
  void theseAreThePublicTypes() {
    Set<String> expected =
        Stream.concat(
                promises().stream().map(line -> line.split(":")[0].split("\\.")[0]),
                Stream.of("FailureDetails"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> actual =
        publicTypes().stream()
            .filter(type -> !type.isMemberClass())
            .map(Class::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        expected, actual, "make the others package-private, or list a member in public-api.txt");
  }

  @Test
  void signaturesNameOnlyTypesOfTheJdkAndPublicOnesOfThePackage() {
    List<String> leaks = new ArrayList<>();
    int members = 0;
    for (Class<?> type : publicTypes()) {
      for (Member member : visibleMembers(type)) {
        members++;
        for (Class<?> named : typesIn(member)) {
          if (!isAllowed(named, member)) {
            leaks.add(member + " names " + named.getName());
          }
        }
      }
    }
    assertEquals(List.of(), leaks);
    assertTrue(members > 200, "the classes were not read: " + members);
  }

  /** So that a new accessor breaks nobody; the API check relies on it. */
  @Test
  void nobodyElseCanExtendTheValues() {
    List<Constructor<?>> open =
        publicTypes().stream()
            .filter(type -> Modifier.isAbstract(type.getModifiers()) && !type.isInterface())
            .flatMap(type -> Stream.of(type.getDeclaredConstructors()))
            .filter(constructor -> isVisible(constructor.getModifiers()))
            .collect(Collectors.toList());
    assertEquals(List.of(), open, "make these package-private");
  }

  private static List<String> missing(ClassLoader loader) throws ClassNotFoundException {
    List<String> missing = new ArrayList<>();
    for (String promise : promises()) {
      String[] parts = promise.split(": ");
      Class<?> type = loader.loadClass(PACKAGE + "." + parts[0].replace('.', '$'));
      boolean isThere =
          Modifier.isPublic(type.getModifiers())
              && visibleMembers(type).stream()
                  .anyMatch(member -> signature(member).equals(parts[1]));
      if (!isThere) {
        missing.add(promise);
      }
    }
    return missing;
  }

  private static List<String> promises() {
    try (InputStream in = PublicApiTest.class.getResourceAsStream("/public-api.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As in {@code public-api.txt}: types without their packages. */
  private static String signature(Member member) {
    if (!(member instanceof Method)) {
      return member.getName();
    }
    Method method = (Method) member;
    String parameters =
        Stream.of(method.getGenericParameterTypes())
            .map(PublicApiTest::simpleName)
            .collect(Collectors.joining(", "));
    return (Modifier.isStatic(method.getModifiers()) ? "static " : "")
        + simpleName(method.getGenericReturnType())
        + " "
        + method.getName()
        + "("
        + parameters
        + ")";
  }

  private static String simpleName(Type type) {
    return type.getTypeName().replaceAll("\\b[a-z][a-z0-9]*\\.", "").replace('$', '.');
  }

  private static List<Class<?>> publicTypes() {
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(classes().resolve(PACKAGE.replace('.', '/')))) {
      for (Path file : files.sorted().collect(Collectors.toList())) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.equals("package-info.class")) {
          Class<?> type =
              Class.forName(PACKAGE + "." + name.substring(0, name.length() - ".class".length()));
          if (isReachable(type)) {
            types.add(type);
          }
        }
      }
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return types;
  }

  private static Path classes() {
    try {
      return Path.of(Session.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isReachable(Class<?> type) {
    return isVisible(type.getModifiers())
        && (type.getEnclosingClass() == null || isReachable(type.getEnclosingClass()));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** Its own and, from classes that are not public, inherited ones. */
  private static List<Member> visibleMembers(Class<?> type) {
    List<Member> members = new ArrayList<>();
    for (Class<?> owner = type;
        owner != null && owner.getName().startsWith(PACKAGE);
        owner = owner.getSuperclass()) {
      members.addAll(Arrays.asList(owner.getDeclaredMethods()));
      members.addAll(Arrays.asList(owner.getDeclaredConstructors()));
      members.addAll(Arrays.asList(owner.getDeclaredFields()));
    }
    members.removeIf(member -> !isVisible(member.getModifiers()) || member.isSynthetic());
    return members;
  }

  private static Set<Class<?>> typesIn(Member member) {
    Set<Class<?>> types = new HashSet<>();
    if (member instanceof Field) {
      collect(((Field) member).getGenericType(), types);
      return types;
    }
    Executable executable = (Executable) member;
    collect(executable.getGenericParameterTypes(), types);
    collect(executable.getGenericExceptionTypes(), types);
    for (TypeVariable<?> variable : executable.getTypeParameters()) {
      collect(variable.getBounds(), types);
    }
    if (member instanceof Method) {
      collect(((Method) member).getGenericReturnType(), types);
    }
    return types;
  }

  private static void collect(Type[] some, Set<Class<?>> types) {
    for (Type type : some) {
      collect(type, types);
    }
  }

  private static void collect(Type type, Set<Class<?>> types) {
    if (type instanceof ParameterizedType) {
      collect(((ParameterizedType) type).getRawType(), types);
      collect(((ParameterizedType) type).getActualTypeArguments(), types);
    } else if (type instanceof GenericArrayType) {
      collect(((GenericArrayType) type).getGenericComponentType(), types);
    } else if (type instanceof WildcardType) {
      collect(((WildcardType) type).getUpperBounds(), types);
      collect(((WildcardType) type).getLowerBounds(), types);
    } else if (type instanceof Class) {
      Class<?> named = (Class<?>) type;
      types.add(named.isArray() ? named.getComponentType() : named);
    }
  }

  private static boolean isAllowed(Class<?> named, Member member) {
    if (named == HttpClient.class) {
      return member.getDeclaringClass() == SessionLookupBuilder.class
          && member.getName().equals("httpClient");
    }
    boolean isOurs = named.getPackageName().equals(PACKAGE) && isReachable(named);
    boolean isOfTheJdk =
        named.getName().startsWith("java.") && !named.getName().startsWith("java.net.http.");
    return named.isPrimitive() || isOurs || isOfTheJdk;
  }
}
