module com.example.archive {
  requires dev.devinsessions;
  requires tools.jackson.databind;
}
