/**
 * Keeps {@code specs/} up to date, in test scope: {@code Spec} and {@code Schema} read a document
 * into a normalized form, {@code Facts} flattens it, {@code SpecDiff} compares two and {@code
 * Verdicts} judges each change. The tests of the wrapper read the specifications with the same
 * classes.
 */
package dev.devinsessions.specs;
