/**
 * Looks up Devin sessions by id or URL, over the v1 and v2 enterprise APIs. Start with {@link
 * dev.devinsessions.SessionLookup}.
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
 * <p>No parameter or result may be null unless it is marked {@code @Nullable}. Methods throw {@link
 * NullPointerException} for a null argument.
 */
@NullMarked
package dev.devinsessions;

import org.jspecify.annotations.NullMarked;
