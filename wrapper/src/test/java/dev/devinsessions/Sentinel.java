package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

/** An API key that must not leak, and assertions that it did not. */
final class Sentinel {
  /** A personal key in base64 with special characters and padding. */
  static final String KEY = "apk_user_TmV2ZXJTaG93bk/FueXdoZXJl+SW5NZXNzYWdlcw==";

  /** The parts of the key that must not appear. */
  private static final List<String> SECRETS =
      List.of("TmV2ZXJTaG93bk", "FueXdoZXJl", "SW5NZXNzYWdlcw");

  private Sentinel() {}

  static void assertNotIn(String where, String text) {
    for (String secret : SECRETS) {
      assertFalse(text.contains(secret), () -> where + " shows the key: " + text);
    }
  }

  /** Checks the stack trace with all causes, and the serialized form, which has all data. */
  static void assertNotIn(Throwable error) throws IOException {
    StringWriter printed = new StringWriter();
    error.printStackTrace(new PrintWriter(printed, true));
    assertNotIn("the stack trace", printed.toString());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(error);
    }
    assertNotIn(
        "the serialized form", new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1));
  }

  /** Records the library's log down to FINE while open, including that of other tests. */
  static class Log extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("dev.devinsessions");

    static {
      LOGGER.setLevel(Level.FINE); // Never reset, because parallel tests need it too.
    }

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    Log() {
      setLevel(Level.ALL);
      LOGGER.addHandler(this);
    }

    List<LogRecord> records() {
      return records;
    }

    /** The messages that contain a text. */
    List<String> linesWith(String text) {
      return records.stream()
          .map(record -> new SimpleFormatter().formatMessage(record))
          .filter(line -> line.contains(text))
          .collect(Collectors.toList());
    }

    @Override
    public void publish(LogRecord record) {
      records.add(record);
    }

    void assertNoKey() {
      for (LogRecord record : records) {
        assertNotIn("the log", new SimpleFormatter().format(record));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      LOGGER.removeHandler(this);
    }
  }
}
