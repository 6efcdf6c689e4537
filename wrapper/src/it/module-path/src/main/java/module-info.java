module com.example.outcome {
  requires dev.devinsessions;

  // structuredOutputAs creates an Outcome by reflection.
  opens com.example.outcome to
      com.fasterxml.jackson.databind;
}
