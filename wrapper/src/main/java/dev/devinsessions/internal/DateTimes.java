package dev.devinsessions.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/**
 * How a date-time of the API is read: RFC 3339, or with a blank for the T, without a colon in the
 * offset, or without an offset, which means UTC.
 */
public final class DateTimes {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHmm", "Z")
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private DateTimes() {}

  /**
   * Reads a date-time.
   *
   * @throws DateTimeException if the text is none
   */
  static Instant parse(String text) {
    boolean hasBlank = text.length() > 10 && text.charAt(10) == ' ';
    return FORMAT.parse(hasBlank ? text.replaceFirst(" ", "T") : text, Instant::from);
  }

  /** Reads a date-time; empty if the text is none. */
  public static Optional<Instant> tryParse(String text) {
    try {
      return Optional.of(parse(text));
    } catch (DateTimeException notADateTime) {
      return Optional.empty();
    }
  }
}
