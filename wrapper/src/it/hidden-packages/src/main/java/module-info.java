module com.example.hidden {
  requires dev.devinsessions;
  requires dev.devinsessions.generated;
}
