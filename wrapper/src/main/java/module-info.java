/** Looks up Devin sessions by id. */
@SuppressWarnings("module") // The Jackson 3 module is optional.
module dev.devinsessions {
  requires com.fasterxml.jackson.annotation;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires dev.devinsessions.generated;
  requires transitive java.net.http;
  requires static org.jspecify;

  exports dev.devinsessions;

  // Jackson calls package-private methods to write and read values.
  opens dev.devinsessions to
      com.fasterxml.jackson.databind,
      tools.jackson.databind;
  opens dev.devinsessions.internal to
      com.fasterxml.jackson.databind,
      tools.jackson.databind;
}
