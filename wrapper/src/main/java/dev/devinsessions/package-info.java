/**
 * Looks up Devin sessions by id, over the v1 and v2 enterprise APIs. Start at {@link
 * dev.devinsessions.SessionLookup}.
 *
 * <pre>{@code
 * try (SessionLookup lookup = SessionLookup.fromEnvironment()) {
 *   System.out.println(lookup.get("devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c").status());
 * }
 * }</pre>
 *
 * <p>Nothing here is null unless it says so; null given where it is not allowed is a {@link
 * NullPointerException}.
 */
@NullMarked
package dev.devinsessions;

import org.jspecify.annotations.NullMarked;
