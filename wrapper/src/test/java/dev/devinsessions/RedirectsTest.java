package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects are reported, not followed: the key is sent to the base URL only. */
class RedirectsTest extends LookupTestCase {
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void doesNotFollowRedirects(int status) throws Exception {
    SessionLookup own = open(server.lookup());
    SessionLookup custom = open(server.lookup().httpClient(HttpClient.newHttpClient()));
    try (FaultServer other = new FaultServer()) {
      for (String location :
          List.of(other.baseUrl() + "/v1/sessions/x", "/elsewhere", "//localhost/x", "")) {
        server.respond(ApiVersion.V1, e -> e.respond(status, "moved", "Location: " + location));
        for (SessionLookup lookup : List.of(own, custom)) {
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
