/** What the library costs, measured: {@code make bench}. */
package dev.devinsessions.bench;
