package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.http.HttpClient;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects are reported, not followed: the key is sent to the base URL only. */
@Timeout(60)
class RedirectsTest {
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) throws Exception {
    try (FaultServer server = new FaultServer();
        FaultServer other = new FaultServer();
        SessionLookup own = server.lookup().build();
        SessionLookup custom = server.lookup().httpClient(HttpClient.newHttpClient()).build()) {
      for (SessionLookup lookup : new SessionLookup[] {own, custom}) {
        for (String location :
            new String[] {other.baseUrl() + "/v1/sessions/x", "/elsewhere", "//localhost/x", ""}) {
          server.respond(
              ApiVersion.V1,
              exchange -> exchange.respond(status, "moved", "Location: " + location));
          int before = server.requests().size();
          UnexpectedStatusException thrown =
              assertThrows(UnexpectedStatusException.class, () -> lookup.get(FakeApi.ID));
          assertEquals(status, thrown.statusCode().getAsInt());
          assertEquals("moved", thrown.detail().orElseThrow());
          assertEquals(before + 1, server.requests().size(), "requests");
          assertEquals(0, other.connections(), "connections to the other host");
        }
      }
    }
  }
}
