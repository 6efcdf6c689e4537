package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public API is recorded in {@code FILE}, so that a change shows in the diff. */
class PublicApiTest {
  private static final Path FILE = Path.of("src/test/resources/public-api.txt");
  private static final Path CLASSES = Path.of("target/classes/dev/devinsessions");
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile("(?m)^public .*?(?:class|interface) ([\\w.$]+)");
  private static final Pattern TYPE_OF_A_MEMBER =
      Pattern.compile("[ (<,]([a-z]\\w*(?:\\.[\\w$]+)+)");

  @Test
  void matchesThePublicApiFile() throws Exception {
    String api = api().replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "");
    if (Boolean.getBoolean("api.accept")) {
      Files.writeString(FILE, api);
    }

    assertEquals(Files.readString(FILE), api, "to accept the change: make accept-api");
  }

  @Test
  void exposesOnlyPublicTypesAndTheJdk() throws Exception {
    String api = api();
    Set<String> types =
        api.lines()
            .filter(line -> line.startsWith("  "))
            .flatMap(member -> matches(TYPE_OF_A_MEMBER, member))
            .filter(type -> !type.matches("java\\.(?!net\\.http\\.).*"))
            .collect(Collectors.toCollection(TreeSet::new));
    types.removeAll(matches(PUBLIC_TYPE, api).collect(Collectors.toSet()));

    assertEquals(Set.of("java.net.http.HttpClient"), types);
  }

  private static Stream<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1));
  }

  /** The public and protected members of public types, and of the abstract classes they extend. */
  private static String api() throws IOException {
    StringWriter output = new StringWriter();
    try (Stream<Path> files = Files.list(CLASSES);
        PrintWriter writer = new PrintWriter(output)) {
      Stream<String> classes =
          files.map(Path::toString).filter(file -> file.endsWith(".class")).sorted();
      String[] arguments = Stream.concat(Stream.of("-protected"), classes).toArray(String[]::new);
      assertEquals(0, ToolProvider.findFirst("javap").orElseThrow().run(writer, writer, arguments));
    }
    return Stream.of(output.toString().split("Compiled from .*\\R"))
        .filter(type -> type.startsWith("public ") || type.startsWith("abstract "))
        .collect(Collectors.joining());
  }
}
