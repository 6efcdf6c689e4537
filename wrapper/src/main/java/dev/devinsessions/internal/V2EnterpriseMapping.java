package dev.devinsessions.internal;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.Session;
import dev.devinsessions.generated.v2.SessionsApi.GetSessionResult;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mapstruct.AfterMapping;
import org.mapstruct.Mapper;
import org.mapstruct.MappingTarget;

/** How an answer of v2 becomes a session. */
@Mapper(config = Mapping.class)
abstract class V2EnterpriseMapping extends Mapping {
  static Session read(GetSessionResult answer) throws IOException {
    if (answer != null && answer.getPullRequests() != null) {
      answer.getPullRequests().stream()
          .filter(pullRequest -> pullRequest != null && pullRequest.getUrl() == null)
          .forEach(
              pullRequest -> {
                pullRequest.setUrl(takeText(pullRequest.getAdditionalProperties(), "pr_url"));
                pullRequest.setState(takeText(pullRequest.getAdditionalProperties(), "pr_state"));
              });
    }
    return read(answer, GetSessionResult::missingProperty, new V2EnterpriseMappingImpl()::session);
  }

  /** Pull requests have been documented in a second shape, {@code {pr_url, pr_state}}. */
  private static @Nullable String takeText(Map<String, Object> properties, String name) {
    return properties.get(name) instanceof String ? (String) properties.remove(name) : null;
  }

  abstract Session session(GetSessionResult answer);

  @AfterMapping
  void complete(GetSessionResult answer, @MappingTarget Session.Builder session) {
    session.statusText(answer.getStatus()).sources(Set.of(ApiVersion.V2_ENTERPRISE));
  }
}
