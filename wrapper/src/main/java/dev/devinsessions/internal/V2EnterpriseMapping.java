package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.PullRequest;
import dev.devinsessions.Session;
import dev.devinsessions.generated.v2.SessionPullRequest;
import dev.devinsessions.generated.v2.SessionsApi.GetSessionResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mapstruct.AfterMapping;
import org.mapstruct.Context;
import org.mapstruct.Mapper;
import org.mapstruct.MappingTarget;

/** Maps a v2 response to a session. */
@Mapper(config = Mapping.class)
abstract class V2EnterpriseMapping extends Mapping<GetSessionResult> {
  V2EnterpriseMapping() {
    super(ApiVersion.V2_ENTERPRISE, GetSessionResult::new);
  }

  /** Also reads the other documented form of pull requests, {@code {pr_url, pr_state}}. */
  @AfterMapping
  void complete(SessionPullRequest response, @MappingTarget PullRequest.Builder pullRequest) {
    Map<String, Object> additional = new LinkedHashMap<>(response.getAdditionalProperties());
    if (response.getUrl().isEmpty() && additional.get("pr_url") instanceof String) {
      pullRequest.url((String) additional.remove("pr_url"));
      if (response.getState() == null && additional.get("pr_state") instanceof String) {
        pullRequest.state((String) additional.remove("pr_state"));
      }
      pullRequest.additionalProperties(additional);
    }
  }

  @AfterMapping
  void complete(
      GetSessionResult response,
      @MappingTarget Session.Builder session,
      @Context ResponseContext context)
      throws IOException {
    context.complete(session, response.getId(), response.getStatus());
  }
}
