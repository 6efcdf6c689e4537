/**
 * Looks up Devin sessions by id or URL, through the v1 API and the v2 enterprise API. Start with
 * {@link dev.devinsessions.SessionLookup}.
 *
 * <pre>{@code
 * import dev.devinsessions.SessionLookup;
 *
 * public class FirstLookup {
 *   public static void main(String[] args) {
 *     try (SessionLookup lookup = SessionLookup.fromEnvironment()) {
 *       System.out.println(lookup.get(args[0]).status());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Parameters and results are non-null unless marked {@code @Nullable}. Methods throw {@link
 * NullPointerException} for a null argument.
 *
 * <h2>JSON</h2>
 *
 * <p>Any Jackson 2 or 3 {@code ObjectMapper} writes and reads sessions and their values, including
 * inside lists, maps and your own types, without modules or settings. {@link
 * dev.devinsessions.Session#toJson()} writes the same form:
 *
 * <ul>
 *   <li>Property names are those of the specification, or else the accessor names in snake case.
 *   <li>Enums are in lower case, date-times in ISO 8601, and a {@link dev.devinsessions.SessionId}
 *       is a string.
 *   <li>Absent values and empty {@code gaps} are omitted; empty lists are not.
 *   <li>Additional properties are written into the object itself; those whose names clash with its
 *       own properties are under {@code additional_properties}.
 *   <li>Numbers keep full precision, but a mapper with default settings reads decimals as {@code
 *       double}, except for {@code acus_consumed}.
 *   <li>A {@link dev.devinsessions.LookupResult} has its own form and can only be written.
 * </ul>
 */
@NullMarked
package dev.devinsessions;

import org.jspecify.annotations.NullMarked;
