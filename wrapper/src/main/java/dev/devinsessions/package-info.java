/**
 * Looks up Devin sessions by id, over the v1 and v2 enterprise APIs. Start at {@link
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
 * <p>Nothing here is null unless it says so; null given where it is not allowed is a {@link
 * NullPointerException}.
 */
@NullMarked
package dev.devinsessions;

import org.jspecify.annotations.NullMarked;
