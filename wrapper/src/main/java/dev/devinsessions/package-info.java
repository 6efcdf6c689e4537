/**
 * Looks up Devin sessions by id or URL, over the v1 and v2 enterprise APIs. {@link
 * dev.devinsessions.SessionLookup} is where to start.
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
 * <p>No parameter or result may be null unless it is marked {@code @Nullable}; a null argument is a
 * {@link NullPointerException}.
 */
@NullMarked
package dev.devinsessions;

import org.jspecify.annotations.NullMarked;
