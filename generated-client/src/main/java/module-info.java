/** The clients generated from the specifications, for the wrapper only. */
@SuppressWarnings("module") // The module that they are exported to comes later in the build.
module dev.devinsessions.generated {
  requires java.net.http;
  requires org.openapitools.jackson.nullable;

  exports dev.devinsessions.generated to
      dev.devinsessions;
  exports dev.devinsessions.generated.v1 to
      dev.devinsessions;
  exports dev.devinsessions.generated.v2 to
      dev.devinsessions;
}
