package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.PullRequest;
import dev.devinsessions.Session;
import dev.devinsessions.generated.v1.SessionsApi.GetSessionResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mapstruct.AfterMapping;
import org.mapstruct.Mapper;
import org.mapstruct.MappingTarget;

/**
 * How an answer of v1 becomes a session. What has the same name on both sides needs no word here.
 */
@Mapper(config = Mapping.class)
abstract class V1Mapping extends Mapping {
  private static final String INITIAL_USER_MESSAGE = "initial_user_message";

  static Session read(GetSessionResult answer) throws IOException {
    return read(answer, GetSessionResult::missingProperty, new V1MappingImpl()::session);
  }

  abstract Session session(GetSessionResult answer);

  @AfterMapping
  void complete(GetSessionResult answer, @MappingTarget Session.Builder session) {
    String word = Optional.ofNullable(answer.getStatusEnum()).orElse(answer.getStatus());
    session.status(status(word)).statusText(word).sources(Set.of(ApiVersion.V1));
    if (answer.getPullRequest() != null) {
      PullRequest.Builder pullRequest = PullRequest.builder();
      Optional.ofNullable(answer.getPullRequest().getUrl()).ifPresent(pullRequest::url);
      pullRequest.additionalProperties(answer.getPullRequest().getAdditionalProperties());
      session.pullRequests(List.of(pullRequest.build()));
    }
    Optional.ofNullable(answer.getMessages()).orElse(List.of()).stream()
        .filter(message -> INITIAL_USER_MESSAGE.equals(message.getType()))
        .findFirst()
        .ifPresent(message -> session.initialUserMessage(message.getMessage()));
  }
}
