/**
 * What keeps {@code specs/} up to date: {@link dev.devinsessions.specs.SpecImport} takes a
 * documentation page, says what it changes and renews the file. A developer's tool, in test scope:
 * no consumer of the library gets it.
 *
 * <p>A page passes through the classes in this order: {@code PageReader} (bytes to text), {@code
 * SpecPage} (the YAML in it), {@code SpecTree} and {@code SpecDocument} (bounded parsing,
 * validation), {@code SpecFolder} (which file it renews), {@code SpecFacts} and {@code SpecDiff}
 * (what changed), {@code Judgement} (how bad that is) and {@code SpecReport} (the same for people).
 */
package dev.devinsessions.specs;
