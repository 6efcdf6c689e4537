/** The clients that are generated from the specifications: for the wrapper alone. */
@SuppressWarnings("module") // The module that they are exported to comes later in the build.
module dev.devinsessions.generated {
  requires com.fasterxml.jackson.annotation;
  requires com.fasterxml.jackson.databind;
  requires java.net.http;
  requires org.openapitools.jackson.nullable;

  exports dev.devinsessions.generated.v1 to
      dev.devinsessions;
  exports dev.devinsessions.generated.v2 to
      dev.devinsessions;

  opens dev.devinsessions.generated.v1 to
      com.fasterxml.jackson.databind;
  opens dev.devinsessions.generated.v2 to
      com.fasterxml.jackson.databind;
}
