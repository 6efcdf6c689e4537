package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A version of the HTTP API that returns sessions. */
public enum ApiVersion {
  /** {@code GET /v1/sessions/{session_id}}: messages, structured output, playbook. */
  V1,
  /**
   * {@code GET /v2/enterprise/sessions/{session_id}}: owner, ACUs, pull-request states, analysis.
   */
  V2_ENTERPRISE;

  @JsonValue
  final String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
