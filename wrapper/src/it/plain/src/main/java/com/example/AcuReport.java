package com.example;

import dev.devinsessions.LookupResult;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Adds up the ACUs of sessions, and reports which sessions the sum does not include. */
public final class AcuReport {
  private AcuReport() {}

  public static void main(String[] ids) {
    try (SessionLookup lookup = SessionLookup.fromEnvironment()) {
      print(lookup, List.of(ids), System.out::println);
    }
  }

  static void print(SessionLookup lookup, List<String> ids, Consumer<String> out) {
    BigDecimal sum = BigDecimal.ZERO;
    int failed = 0;
    int withoutAcus = 0;
    try (Stream<LookupResult> results = lookup.getAll(ids)) {
      for (Iterator<LookupResult> each = results.iterator(); each.hasNext(); ) {
        LookupResult result = each.next();
        Optional<BigDecimal> acus = result.session().flatMap(Session::acusConsumed);
        if (result.error().isPresent()) {
          failed++;
          out.accept(result.sessionId() + " failed: " + result.error().get().getMessage());
        } else if (acus.isEmpty()) {
          withoutAcus++;
          out.accept(result.sessionId() + " without ACUs: " + result.orElseThrow().gaps());
        } else {
          sum = sum.add(acus.get());
        }
      }
    }
    out.accept(
        sum + " ACUs; not included: " + failed + " failed, " + withoutAcus + " without ACUs");
  }
}
