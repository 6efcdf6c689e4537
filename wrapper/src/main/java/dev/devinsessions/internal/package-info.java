/**
 * The implementation. Not part of the public API.
 *
 * <p>A lookup starts in {@code DefaultSessionLookup}. {@code Strategy} decides which APIs are
 * called; one {@code ApiCall} for each makes the attempts; an {@code Attempt} sends a request and
 * collects the bytes of the response; {@code SessionSource} maps them to a session.
 */
@NullMarked
package dev.devinsessions.internal;

import org.jspecify.annotations.NullMarked;
