package dev.devinsessions.internal;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the date-times of the APIs: RFC 3339, a date, epoch seconds or epoch milliseconds. A space
 * may replace the {@code T} or precede the offset or zone. The offset may lack the colon or the
 * minutes, be {@code UTC} or a {@code [Zone]}, or be missing, which means UTC.
 */
public final class DateTimes {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][ ]")
          .appendOptional(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[ ]['UTC'][XXX][XX][X][ ]['['VV']']")
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  /** The usual format, parsed without {@link #FORMAT} for speed. */
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT(?:[01]\\d|2[0-3]):\\d\\d:\\d\\d(?:\\.\\d{1,9})?"
              + "(Z|[+-]\\d\\d:\\d\\d)");

  private static final int FRACTION = "2025-12-20T14:47:51.".length();
  private static final int NANO_DIGITS = 9;

  /** Fewer digits could be a date, such as 20251220. */
  private static final Pattern EPOCH = Pattern.compile("-?\\d{9,13}(\\.\\d{1,9})?");

  /** The year 5138 in seconds, or 1973 in milliseconds. Greater numbers are milliseconds. */
  private static final BigDecimal MAX_SECONDS = BigDecimal.TEN.pow(11);

  private static final int MILLIS_DIGITS = 3;
  private static final int MAX_SCALE = 20;

  private DateTimes() {}

  /** Reads a date-time; empty if the text is not a date-time. */
  public static Optional<Instant> tryParse(String text) {
    try {
      Matcher usual = RFC_3339.matcher(text);
      if (usual.matches()) {
        return Optional.of(rfc3339(text, usual.start(1)));
      }
      return EPOCH.matcher(text).matches()
          ? ofEpoch(new BigDecimal(text))
          : Optional.of(FORMAT.parse(text, Instant::from));
    } catch (DateTimeException notADateTime) {
      return Optional.empty();
    }
  }

  private static Instant rfc3339(String text, int offset) {
    int nanos = offset < FRACTION ? 0 : number(text, FRACTION, offset);
    for (int digits = offset - FRACTION; digits < NANO_DIGITS; digits++) {
      nanos *= 10;
    }
    LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    LocalTime time =
        LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19), nanos);
    return LocalDateTime.of(date, time).toInstant(ZoneOffset.of(text.substring(offset)));
  }

  private static int number(String text, int start, int end) {
    return Integer.parseInt(text, start, end, 10);
  }

  /** Reads epoch seconds or milliseconds, depending on the magnitude; empty if out of range. */
  static Optional<Instant> ofEpoch(BigDecimal number) {
    // A huge exponent would exhaust memory. Math.abs would overflow for 1e2147483648.
    if (number.scale() > MAX_SCALE || number.scale() < -MAX_SCALE) {
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
