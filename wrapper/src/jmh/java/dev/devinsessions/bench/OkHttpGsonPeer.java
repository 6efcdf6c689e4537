package dev.devinsessions.bench;

import dev.devinsessions.bench.okhttpgson.ApiClient;
import dev.devinsessions.bench.okhttpgson.ApiException;
import dev.devinsessions.bench.okhttpgson.GetSessionResponse;
import dev.devinsessions.bench.okhttpgson.JSON;
import dev.devinsessions.bench.okhttpgson.SessionsApi;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** The generator's library {@code okhttp-gson}. */
final class OkHttpGsonPeer implements Subject {
  private final ApiClient client = new ApiClient();
  private final SessionsApi api;

  OkHttpGsonPeer(String baseUrl) {
    client.setBasePath(baseUrl);
    client.setBearerToken(KEY);
    api = new SessionsApi(client);
  }

  @Override
  public Object get(String sessionId) throws ApiException {
    return api.getSession(sessionId);
  }

  /** As {@code ApiClient} does it. */
  @Override
  public Object decode(byte[] body) throws IOException {
    return JSON.deserialize(new ByteArrayInputStream(body), GetSessionResponse.class);
  }

  @Override
  public void close() {}
}
