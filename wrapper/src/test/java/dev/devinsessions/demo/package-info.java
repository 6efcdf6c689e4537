/**
 * What the library does, to look at: {@code make demo} and {@code make lookup}. A tool as anybody
 * would write it, on the public API alone; among the tests, so that no consumer ever has it on the
 * class path.
 */
package dev.devinsessions.demo;
