package dev.devinsessions.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.devinsessions.bench.nativeclient.ApiClient;
import dev.devinsessions.bench.nativeclient.ApiException;
import dev.devinsessions.bench.nativeclient.GetSessionResponse;
import dev.devinsessions.bench.nativeclient.SessionsApi;

/** The generator's library {@code native}. */
final class NativePeer implements Subject {
  private final ApiClient client = new ApiClient();
  private final SessionsApi api;

  NativePeer(String baseUrl) {
    client.updateBaseUri(baseUrl);
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + KEY));
    api = new SessionsApi(client);
  }

  @Override
  public Object get(String sessionId) throws ApiException {
    return api.getSession(sessionId);
  }

  /** As {@code SessionsApi} does it. */
  @Override
  public Object decode(byte[] body) throws JsonProcessingException {
    String text = new String(body);
    return text.isBlank()
        ? null
        : client.getObjectMapper().readValue(text, new TypeReference<GetSessionResponse>() {});
  }

  @Override
  public void close() {}
}
