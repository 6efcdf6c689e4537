package dev.devinsessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.PullRequest;
import dev.devinsessions.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers become sessions, and two of them one, where it is easily done wrong. */
class MappingTest {
  private static final String V1_START =
      "{\"session_id\": \"devin-1\", \"status\": \"blocked\", \"created_at\": \"2026-01-01T00:00:00Z\","
          + " \"updated_at\": \"2026-01-01T00:00:00Z\"";
  private static final String V2_START =
      V1_START
          + ", \"url\": \"https://app.devin.ai/sessions/1\", \"tags\": [], \"org_id\": \"org-1\","
          + " \"acus_consumed\": 1, \"session_analysis\": null";

  private static Session read(ApiVersion api, String body) throws IOException {
    return SessionSource.of(api, "https://api.devin.ai")
        .read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Session v1(String end) throws IOException {
    return read(ApiVersion.V1, V1_START + end + "}");
  }

  private static Session v2(String pullRequests, String prompt) throws IOException {
    return read(
        ApiVersion.V2_ENTERPRISE,
        V2_START
            + ", \"pull_requests\": "
            + pullRequests
            + ", \"initial_user_message\": "
            + prompt
            + "}");
  }

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void nullIsNoSession(ApiVersion api) {
    IOException thrown = assertThrows(IOException.class, () -> read(api, "null"));

    assertEquals("$ is missing or null", thrown.getMessage());
  }

  @Test
  void whatABuilderMissesIsToldAsAFaultOfTheAnswer() {
    IllegalStateException incomplete = new IllegalStateException("Missing required properties: id");

    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                Mapping.read(
                    "answer",
                    answer -> null,
                    answer -> {
                      throw incomplete;
                    }));
    assertEquals(incomplete.getMessage(), thrown.getMessage());
  }

  @Test
  void thePromptIsTheFirstMessageOfThatTypeWhereverItStands() throws IOException {
    Session session =
        v1(
            ", \"messages\": [{\"event_id\": \"1\", \"type\": \"devin_message\", \"message\": \"hello\", \"timestamp\":"
                + " \"\"}, {\"event_id\": \"2\", \"type\": \"initial_user_message\", \"message\": \"do it\","
                + " \"timestamp\": \"\"}]");

    assertEquals(Optional.of("do it"), session.initialUserMessage());
  }

  @Test
  void theDocumentedShapeOfAPullRequestGoesBeforeTheOther() throws IOException {
    Session session =
        v2(
            "[{\"url\": \"a\", \"state\": \"open\", \"pr_url\": \"b\", \"pr_state\": \"closed\"}]",
            "null");

    PullRequest pullRequest = session.pullRequests().get(0);
    assertEquals("a", pullRequest.url());
    assertEquals(Optional.of("open"), pullRequest.state());
    assertEquals("b", pullRequest.additionalProperties().get("pr_url"));
  }

  @Test
  void anAddressThatIsNoTextIsAFaultOfTheAnswer() {
    IOException thrown =
        assertThrows(
            IOException.class, () -> v2("[{\"pr_url\": 5, \"pr_state\": \"open\"}]", "null"));

    assertTrue(thrown.getMessage().contains("url"), thrown.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[null]"})
  void pullRequestsThatAreMissingAreAFaultOfTheAnswer(String pullRequests) {
    IOException thrown = assertThrows(IOException.class, () -> v2(pullRequests, "null"));

    assertTrue(thrown.getMessage().startsWith("$.pull_requests"), thrown.getMessage());
  }

  @Test
  void ofTwoTextsV2sIsTakenUnlessItIsEmpty() throws IOException {
    Session ofV1 =
        v1(
            ", \"title\": \"of v1\", \"messages\": [{\"event_id\": \"1\", \"type\": \"initial_user_message\","
                + " \"message\": \"to v1\", \"timestamp\": \"\"}]");
    Session full = v2("[]", "\"to v2\"").toBuilder().title("of v2").build();
    Session empty = v2("[]", "\"\"").toBuilder().title("").build();

    assertEquals(Optional.of("of v2"), JoinedSession.join(ofV1, full).title());
    assertEquals(Optional.of("to v2"), JoinedSession.join(ofV1, full).initialUserMessage());
    assertEquals(Optional.of("of v1"), JoinedSession.join(ofV1, empty).title());
    assertEquals(Optional.of("to v1"), JoinedSession.join(ofV1, empty).initialUserMessage());
  }

  @Test
  void pullRequestsAreJoinedByAddress() throws IOException {
    PullRequest bare = PullRequest.builder().url("a").build();
    Session ofV1 = v1("").toBuilder().pullRequests(List.of(bare)).build();
    Session ofV2 = v2("[{\"url\": \"a\", \"state\": \"merged\"}]", "null");

    assertEquals(
        List.of(bare.toBuilder().state("merged").build()),
        JoinedSession.join(ofV1, ofV2).pullRequests());
  }
}
