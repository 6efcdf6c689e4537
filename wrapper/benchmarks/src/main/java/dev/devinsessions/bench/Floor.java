package dev.devinsessions.bench;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * The least code one could write: the JDK's client, one request for all calls, and a Jackson parser
 * that reads into plain fields. It has no checks, limits, retries or deadline.
 */
final class Floor implements Client {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(new SimpleModule().addDeserializer(Instant.class, new InstantReader()))
          .build()
          .readerFor(FloorSession.class);

  /** HTTP/1.1, because the default adds three headers to each request to offer HTTP/2. */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpRequest request;

  Floor(String baseUrl) {
    request =
        HttpRequest.newBuilder(URI.create(baseUrl + "/v1/sessions/" + Server.ID))
            .header("Authorization", "Bearer " + KEY)
            .header("Accept", "application/json")
            .build();
  }

  @Override
  public Object get() throws IOException, InterruptedException {
    return READER.readValue(client.send(request, BodyHandlers.ofByteArray()).body());
  }

  @Override
  public long getAll(int ids, int concurrency) throws InterruptedException {
    Semaphore permits = new Semaphore(concurrency);
    for (int i = 0; i < ids; i++) {
      permits.acquire();
      CompletableFuture<Object> session =
          client.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(r -> read(r.body()));
      session.whenComplete((value, error) -> permits.release());
    }
    permits.acquire(concurrency);
    return ids;
  }

  private static Object read(byte[] body) {
    try {
      return READER.readValue(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}

  static final class FloorSession {
    public String session_id;
    public String status;
    public String status_enum;
    public Instant created_at;
    public Instant updated_at;
    public String title;
    public List<String> tags;
    public FloorPullRequest pull_request;
    public Object structured_output;
    public List<FloorMessage> messages;
  }

  static final class FloorPullRequest {
    public String url;
  }

  static final class FloorMessage {
    public String type;
    public String event_id;
    public String message;
    public String timestamp;
    public String origin;
    public String user_id;
    public String username;
  }

  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(parser.getText(), Instant::from);
    }
  }
}
