package dev.devinsessions.internal;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the date-times of the APIs: RFC 3339, a date, epoch seconds or epoch milliseconds. A blank
 * may replace the {@code T} or precede the offset. The offset may lack the colon or the minutes, be
 * {@code UTC} or a {@code [Zone]}, or be missing, which means UTC.
 */
public final class DateTimes {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][ ]")
          .appendOptional(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[ ]['UTC'][XXX][XX][X]['['VV']']")
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  /** A number with fewer digits may be a date. */
  private static final Pattern EPOCH = Pattern.compile("-?\\d{9,13}(\\.\\d{1,9})?");

  /** Seconds up to the year 5138, milliseconds from 1973 to the same year. */
  private static final BigDecimal MAX_SECONDS = BigDecimal.TEN.pow(11);

  private static final int MILLIS_DIGITS = 3;
  private static final int MAX_SCALE = 20;

  private DateTimes() {}

  /** Reads a date-time; empty if the text is not a date-time. */
  public static Optional<Instant> tryParse(String text) {
    if (EPOCH.matcher(text).matches()) {
      return ofEpoch(new BigDecimal(text));
    }
    try {
      return Optional.of(FORMAT.parse(text, Instant::from));
    } catch (DateTimeException notADateTime) {
      return Optional.empty();
    }
  }

  /** Reads epoch seconds or milliseconds, depending on the magnitude; empty if out of range. */
  static Optional<Instant> ofEpoch(BigDecimal number) {
    if (Math.abs(number.scale()) > MAX_SCALE) { // Expanding it would take memory.
      return Optional.empty();
    }
    BigDecimal seconds =
        number.abs().compareTo(MAX_SECONDS) < 0 ? number : number.movePointLeft(MILLIS_DIGITS);
    return seconds.abs().compareTo(MAX_SECONDS) < 0
        ? Optional.of(
            Instant.ofEpochSecond(
                seconds.longValue(),
                seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue()))
        : Optional.empty();
  }
}
