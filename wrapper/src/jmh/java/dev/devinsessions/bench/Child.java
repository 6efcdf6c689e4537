package dev.devinsessions.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A JVM of its own that runs one of the programs here. Ends when its standard input does. */
final class Child implements AutoCloseable {
  private static final String[] CLASS_PATH =
      System.getProperty("java.class.path").split(File.pathSeparator);

  private final Process process;
  private final BufferedReader out;

  private Child(Process process) {
    this.process = process;
    out = new BufferedReader(new InputStreamReader(process.getInputStream()));
  }

  static Child start(Class<?> program, String... arguments) throws IOException {
    return start(entry -> true, program, arguments);
  }

  /**
   * Starts a program with the parts of the class path that it needs: what it does not need, it
   * would look into too.
   */
  static Child start(Predicate<Path> isNeeded, Class<?> program, String... arguments)
      throws IOException {
    String classPath =
        Arrays.stream(CLASS_PATH)
            .filter(entry -> isNeeded.test(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-Xmx1g", "-cp", classPath));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Waits for the next line that it prints. */
  String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("a program ended without a word; its error output says why");
    }
    return line;
  }

  /** The processor time that it has used so far. */
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
  }
}
