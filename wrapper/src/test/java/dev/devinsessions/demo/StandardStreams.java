package dev.devinsessions.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output and error in UTF-8: {@code System.out} has the locale's charset, which may be
 * ASCII.
 */
final class StandardStreams {
  private StandardStreams() {}

  static PrintStream out() {
    return utf8(FileDescriptor.out);
  }

  static PrintStream err() {
    return utf8(FileDescriptor.err);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
