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

/**
 * The least one can write oneself: the JDK's client as it comes, the whole body, a Jackson reader
 * made once, and plain fields. It checks nothing, and has no limits, retries or deadline.
 */
final class Floor implements Subject {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(new SimpleModule().addDeserializer(Instant.class, new InstantReader()))
          .build()
          .readerFor(FloorSession.class);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String prefix;

  Floor(String baseUrl) {
    prefix = baseUrl + "/v1/sessions/";
  }

  @Override
  public FloorSession get(String sessionId) throws IOException, InterruptedException {
    return decode(client.send(request(sessionId), BodyHandlers.ofByteArray()).body());
  }

  CompletableFuture<FloorSession> getAsync(String sessionId) {
    return client
        .sendAsync(request(sessionId), BodyHandlers.ofByteArray())
        .thenApply(
            answer -> {
              try {
                return decode(answer.body());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Override
  public FloorSession decode(byte[] body) throws IOException {
    return READER.readValue(body);
  }

  private HttpRequest request(String sessionId) {
    return HttpRequest.newBuilder(URI.create(prefix + sessionId))
        .header("Authorization", "Bearer " + KEY)
        .header("Accept", "application/json")
        .build();
  }

  @Override
  public void close() {}

  /** The shape of v1's answer. */
  static final class FloorSession {
    public String session_id;
    public String status;
    public String status_enum;
    public Instant created_at;
    public Instant updated_at;
    public String title;
    public String snapshot_id;
    public String playbook_id;
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
