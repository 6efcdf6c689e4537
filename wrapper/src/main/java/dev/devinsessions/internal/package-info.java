/**
 * How lookups work. Not part of the API.
 *
 * <p>The way of a lookup: {@code DefaultSessionLookup} takes the call, {@code Strategy} decides
 * which API is asked, a {@code SourceCall} asks it attempt by attempt, {@code SessionSource} sends
 * and maps one answer, {@code BoundedBody} reads the bytes.
 */
@NullMarked
package dev.devinsessions.internal;

import org.jspecify.annotations.NullMarked;
