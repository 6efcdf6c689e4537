package com.example.hidden;

import dev.devinsessions.generated.v1.GetSessionResponse;
import dev.devinsessions.generated.v2.SessionDetailResponse;
import dev.devinsessions.internal.Json;

/** Imports what no module but the library's own may use. */
final class Hidden {
  Json json;
  GetSessionResponse v1;
  SessionDetailResponse v2;
}
