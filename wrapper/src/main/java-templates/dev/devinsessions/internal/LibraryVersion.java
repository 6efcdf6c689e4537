package dev.devinsessions.internal;

/** The version of this library, filled in by the build. */
final class LibraryVersion {
  static final String VALUE = "${project.version}";

  private LibraryVersion() {}
}
