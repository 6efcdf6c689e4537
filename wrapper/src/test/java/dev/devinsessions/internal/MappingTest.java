package dev.devinsessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.devinsessions.ApiVersion;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The conversions for properties that a later specification declares with another type. */
class MappingTest {
  private final ResponseContext context = new ResponseContext(ApiVersion.V1, "devin-1");
  private final V1Mapping mapping = new V1MappingImpl();

  @Test
  void convertsOtherTypes() {
    Instant instant = Instant.parse("2025-12-20T14:47:51Z");
    assertEquals(instant, mapping.instant("2025-12-20T14:47:51Z", context));
    assertEquals(instant, mapping.instant(new BigDecimal("1766242071"), context));
    assertEquals(new BigDecimal("2.370"), mapping.number("2.370", context));
    assertEquals("", context.toString());
  }

  @Test
  void reportsWhatCannotBeConverted() {
    context.isPresent("yesterday", "createdAt");
    assertNull(mapping.instant("yesterday", context));
    context.isPresent(BigDecimal.TEN, "updatedAt");
    assertNull(mapping.instant(BigDecimal.TEN.pow(18), context));
    context.isPresent("many", "acusConsumed");
    assertNull(mapping.number("many", context));
    context.isPresent("9", "size");
    assertNull(mapping.number("9".repeat(100_000), context));

    assertEquals(
        "$.created_at is not a date-time; $.updated_at is not a date-time; "
            + "$.acus_consumed is not a number; $.size is not a number",
        context.toString());
  }
}
