package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.PullRequest;
import dev.devinsessions.Session;
import dev.devinsessions.generated.v1.SessionMessage;
import dev.devinsessions.generated.v1.SessionsApi.GetSessionResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mapstruct.AfterMapping;
import org.mapstruct.Context;
import org.mapstruct.Mapper;
import org.mapstruct.MappingTarget;

/** Maps a v1 response to a session. MapStruct maps properties with the same name. */
@Mapper(config = Mapping.class)
abstract class V1Mapping extends Mapping<GetSessionResult> {
  private static final String INITIAL_USER_MESSAGE = "initial_user_message";

  V1Mapping() {
    super(ApiVersion.V1, GetSessionResult::new);
  }

  @AfterMapping
  void complete(
      GetSessionResult response,
      @MappingTarget Session.Builder session,
      @Context ResponseContext context)
      throws IOException {
    String status = Optional.ofNullable(response.getStatusEnum()).orElse(response.getStatus());
    context.complete(session, response.getId(), status);
    if (response.getPullRequest() != null) {
      PullRequest.Builder pullRequest = PullRequest.builder();
      Optional.ofNullable(response.getPullRequest().getUrl()).ifPresent(pullRequest::url);
      pullRequest.additionalProperties(response.getPullRequest().getAdditionalProperties());
      session.pullRequests(List.of(pullRequest.build()));
    }
    for (SessionMessage message : Optional.ofNullable(response.getMessages()).orElse(List.of())) {
      if (INITIAL_USER_MESSAGE.equals(message.getType())) {
        session.initialUserMessage(message.getMessage());
        break;
      }
    }
  }
}
