package dev.devinsessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mappings that are easy to get wrong. */
class ResponseMappingTest {
  @RegisterExtension static final FakeApi API = new FakeApi();

  private static Session get(LookupStrategy strategy, String v1, String v2) {
    API.respond(ApiVersion.V1, v1);
    API.respond(ApiVersion.V2_ENTERPRISE, v2);
    try (SessionLookup lookup = API.lookup(FakeApi.PERSONAL_KEY).strategy(strategy).build()) {
      return lookup.get(FakeApi.ID);
    }
  }

  private static Session v1(String properties) {
    return get(LookupStrategy.V1, "{\"status\": \"blocked\", " + properties + "}", "");
  }

  private static List<PullRequest> pullRequests(String items) {
    String v2 = "{\"status\": \"exit\", \"pull_requests\": " + items + "}";
    return get(LookupStrategy.V2_ENTERPRISE, "", v2).pullRequests();
  }

  private static PullRequest pullRequest(String url, String state) {
    return PullRequest.builder().url(url).state(state).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"V1", "V2_ENTERPRISE"})
  void rejectsADifferentSession(LookupStrategy strategy) {
    String other = "{\"session_id\": \"devin-other\", \"status\": \"running\"}";
    MalformedResponseException thrown =
        assertThrows(MalformedResponseException.class, () -> get(strategy, other, other));
    assertTrue(thrown.getMessage().contains("$.session_id"), thrown::getMessage);
  }

  @Test
  void acceptsABareIdAndAMissingId() {
    String bare = FakeApi.ID.replace("devin-", "");
    assertEquals(FakeApi.ID, v1("\"session_id\": \"" + bare + "\"").id());
    Session without = v1("\"title\": \"no id\"");
    assertEquals(FakeApi.ID, without.id());
    assertTrue(without.deviations().toString().contains("$.session_id is missing"));
  }

  @Test
  void findsThePromptAtAnyPosition() {
    Session session =
        v1(
            "\"messages\": [{\"type\": \"devin_message\", \"message\": \"hello\"},"
                + " {\"type\": \"initial_user_message\", \"message\": \"do it\"}]");
    assertEquals(Optional.of("do it"), session.initialUserMessage());
    assertEquals("", session.messages().get(0).eventId());
  }

  @Test
  void readsBothShapesOfAPullRequest() {
    assertEquals(
        List.of(pullRequest("u", "merged")),
        pullRequests("[{\"pr_url\": \"u\", \"pr_state\": \"merged\"}]"));
    assertEquals(
        List.of(pullRequest("u", "merged")),
        pullRequests("[{\"pr_url\": \"u\", \"state\": \"merged\"}]"));
    assertEquals(
        List.of(
            pullRequest("u", "open").toBuilder()
                .additionalProperties(Map.of("pr_url", "v", "pr_state", "closed"))
                .build()),
        pullRequests(
            "[{\"url\": \"u\", \"state\": \"open\", \"pr_url\": \"v\", \"pr_state\": \"closed\"}]"));
    assertEquals(
        List.of(
            pullRequest("u", "open").toBuilder()
                .additionalProperties(Map.of("pr_state", "closed"))
                .build()),
        pullRequests("[{\"pr_url\": \"u\", \"state\": \"open\", \"pr_state\": \"closed\"}]"));
    assertEquals(
        List.of(
            pullRequest("u", null).toBuilder().additionalProperties(Map.of("pr_state", 5)).build()),
        pullRequests("[{\"pr_url\": \"u\", \"pr_state\": 5}]"));
    PullRequest unread = pullRequests("[{\"pr_url\": 5, \"pr_state\": \"open\"}]").get(0);
    assertEquals("", unread.url());
    assertEquals(Map.of("pr_url", 5, "pr_state", "open"), unread.additionalProperties());
  }

  @Test
  void joinsPullRequestsByUrl() {
    String start = "{\"status\": \"blocked\", \"session_id\": \"" + FakeApi.ID + "\", ";
    Session session =
        get(
            LookupStrategy.COMPLETE,
            start + "\"pull_request\": {\"url\": \"u\"}}",
            start
                + "\"pull_requests\": [{\"url\": \"u\", \"state\": \"merged\"},"
                + " {\"state\": \"open\"}, {\"state\": \"closed\"}]}");
    assertEquals(
        List.of(pullRequest("u", "merged"), pullRequest("", "open"), pullRequest("", "closed")),
        session.pullRequests());
  }

  @ParameterizedTest
  @CsvSource({"of v2, of v2", "'', of v1"})
  void prefersTextsOfV2UnlessTheyAreEmpty(String ofV2, String expected) {
    Session session =
        get(
            LookupStrategy.COMPLETE,
            "{\"status\": \"blocked\", \"title\": \"of v1\", \"messages\":"
                + " [{\"type\": \"initial_user_message\", \"message\": \"of v1\"}]}",
            "{\"status\": \"exit\", \"title\": \""
                + ofV2
                + "\", \"initial_user_message\": \""
                + ofV2
                + "\"}");
    assertEquals(Optional.of(expected), session.title());
    assertEquals(Optional.of(expected), session.initialUserMessage());
  }
}
