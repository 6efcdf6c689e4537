package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.auto.value.AutoValue;
import dev.devinsessions.internal.Json;
import dev.devinsessions.internal.JsonForm;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Devin session as the APIs know it. An immutable value; lists and maps are unmodifiable. What
 * only one API knows is empty where the other one alone was asked.
 *
 * <p>Any Jackson 2 or 3 {@code ObjectMapper} writes and reads it in the form of {@link #toJson()},
 * without modules.
 */
@AutoValue
public abstract class Session {
  Session() {}

  /** {@return the id of the session, in the form {@code devin-<bare>}} From {@code session_id}. */
  @JsonProperty("session_id")
  public abstract String id();

  /** {@return what the session is doing} Read from {@link #statusText()}. */
  public abstract SessionStatus status();

  /**
   * {@return the API's word that {@link #status()} was read from: v1's {@code status_enum}, or its
   * {@code status} where that is null or missing; v2's {@code status}}
   */
  public abstract Optional<String> statusText();

  /** {@return when the session was created} From {@code created_at}. */
  public abstract Instant createdAt();

  /**
   * {@return when the session last changed} From {@code updated_at}; of both APIs the later one.
   */
  public abstract Instant updatedAt();

  /** {@return the title of the session} From {@code title}. */
  public abstract Optional<String> title();

  /** {@return the web address of the session} From v2's {@code url}. */
  public abstract Optional<String> url();

  /** {@return the tags of the session} From {@code tags}. */
  public abstract List<String> tags();

  /**
   * {@return the pull requests that the session opened} From v1's {@code pull_request}, v2's {@code
   * pull_requests}.
   */
  public abstract List<PullRequest> pullRequests();

  /** {@return the transcript, oldest message first} From v1's {@code messages}. */
  public abstract List<SessionMessage> messages();

  /**
   * {@return the prompt} From v2's {@code initial_user_message}, or v1's first message of that
   * type.
   */
  public abstract Optional<String> initialUserMessage();

  /**
   * {@return what the session was asked to report, as plain Java: unmodifiable {@code Map} and
   * {@code List}, {@code String}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code
   * BigDecimal}, {@code Boolean}} From v1's {@code structured_output}.
   */
  public abstract Optional<Object> structuredOutput();

  /**
   * {@link #structuredOutput()} bound to a type by Jackson, dates and times of {@code java.time}
   * included. Properties that the type lacks are ignored. An output that is a JSON text inside a
   * string is read from that text.
   *
   * @param <T> the type
   * @param type such as a class of the tool
   * @return empty if there is no output
   * @throws IllegalArgumentException if the output does not fit the type; the message says where
   */
  public final <T> Optional<T> structuredOutputAs(Class<T> type) {
    return structuredOutput().map(output -> Json.bind(output, type));
  }

  /** {@return the id of the playbook} From v1's {@code playbook_id}. */
  public abstract Optional<String> playbookId();

  /** {@return the id of the machine snapshot} From v1's {@code snapshot_id}. */
  public abstract Optional<String> snapshotId();

  /** {@return the id of the organization} From v2's {@code org_id}. */
  public abstract Optional<String> orgId();

  /** {@return the id of the owner} From v2's {@code user_id}. */
  public abstract Optional<String> userId();

  /**
   * {@return the agent compute units used so far, with the digits that the API sent} From v2's
   * {@code acus_consumed}.
   */
  public abstract Optional<BigDecimal> acusConsumed();

  /**
   * {@return what the API made of the session after its end; empty until then} From v2's {@code
   * session_analysis}.
   */
  @JsonProperty("session_analysis")
  public abstract Optional<SessionAnalysis> analysis();

  /** {@return the APIs that answered} */
  public abstract Set<ApiVersion> sources();

  /** {@return the APIs that {@link LookupStrategy#MERGED} got no answer from, and why} */
  public abstract Map<ApiVersion, String> gaps();

  /**
   * {@return every JSON property of the session that the specification does not name} Where both
   * APIs sent one of the same name it is v2's.
   */
  public abstract Map<String, Object> additionalProperties();

  /**
   * {@return a builder with nothing set; {@code id}, {@code createdAt} and {@code updatedAt} are
   * required}
   */
  public static Builder builder() {
    return new AutoValue_Session.Builder()
        .status(SessionStatus.UNKNOWN)
        .tags(List.of())
        .pullRequests(List.of())
        .messages(List.of())
        .sources(Set.of())
        .gaps(Map.of())
        .additionalProperties(Map.of());
  }

  /** {@return a builder that starts with the values of this one} */
  public abstract Builder toBuilder();

  /**
   * {@return the session as one JSON object: names in snake case, those of the specifications where
   * they have one, and {@code status} (lower case), {@code status_text}, {@code sources} and {@code
   * gaps}} Absent values are left out, lists are always there. Additional properties stand beside
   * the others; those whose name is taken stand in an object {@code additional_properties}.
   */
  public final String toJson() {
    return Json.write(toJsonForm());
  }

  /**
   * Reads what {@link #toJson()} wrote. Properties it does not know become additional ones.
   *
   * @param json one JSON object
   * @return a session equal to the one that was written
   * @throws IllegalArgumentException if the text is no such JSON; the message says where
   */
  public static Session fromJson(String json) {
    return fromJsonForm(Json.readForm(json));
  }

  @JsonValue
  final Map<String, Object> toJsonForm() {
    return JsonForm.write(this);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Session fromJsonForm(JsonForm form) {
    return form.read(Session.class);
  }

  /** Names the session without the text of its messages. */
  @Override
  public final String toString() {
    return "Session{id="
        + id()
        + ", status="
        + status()
        + statusText().map(word -> " (" + word + ")").orElse("")
        + ", createdAt="
        + createdAt()
        + ", updatedAt="
        + updatedAt()
        + ", tags="
        + tags()
        + ", pullRequests="
        + pullRequests()
        + ", messages="
        + messages().size()
        + acusConsumed().map(acus -> ", acusConsumed=" + acus).orElse("")
        + ", sources="
        + sources()
        + ", gaps="
        + gaps()
        + "}";
  }

  /** Builds a {@link Session}. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder extends ValueBuilder<Session, Builder> {
    Builder() {}

    /**
     * Sets {@link Session#id()}.
     *
     * @param id required
     * @return this builder
     */
    public abstract Builder id(String id);

    /**
     * Sets {@link Session#status()}.
     *
     * @param status default {@link SessionStatus#UNKNOWN}
     * @return this builder
     */
    public abstract Builder status(SessionStatus status);

    /**
     * Sets {@link Session#statusText()}.
     *
     * @param statusText null for none
     * @return this builder
     */
    public abstract Builder statusText(@Nullable String statusText);

    /**
     * Sets {@link Session#createdAt()}.
     *
     * @param createdAt required
     * @return this builder
     */
    public abstract Builder createdAt(Instant createdAt);

    /**
     * Sets {@link Session#updatedAt()}.
     *
     * @param updatedAt required
     * @return this builder
     */
    public abstract Builder updatedAt(Instant updatedAt);

    /**
     * Sets {@link Session#title()}.
     *
     * @param title null for none
     * @return this builder
     */
    public abstract Builder title(@Nullable String title);

    /**
     * Sets {@link Session#url()}.
     *
     * @param url null for none
     * @return this builder
     */
    public abstract Builder url(@Nullable String url);

    /**
     * Sets {@link Session#tags()}.
     *
     * @param tags default none
     * @return this builder
     */
    public abstract Builder tags(List<String> tags);

    /**
     * Sets {@link Session#pullRequests()}.
     *
     * @param pullRequests default none
     * @return this builder
     */
    public abstract Builder pullRequests(List<PullRequest> pullRequests);

    /**
     * Sets {@link Session#messages()}.
     *
     * @param messages default none
     * @return this builder
     */
    public abstract Builder messages(List<SessionMessage> messages);

    /**
     * Sets {@link Session#initialUserMessage()}.
     *
     * @param initialUserMessage null for none
     * @return this builder
     */
    public abstract Builder initialUserMessage(@Nullable String initialUserMessage);

    /**
     * Sets {@link Session#structuredOutput()}. Numbers become {@code Integer}, {@code Long}, {@code
     * BigInteger} or {@code BigDecimal}.
     *
     * @param structuredOutput null for none
     * @return this builder
     */
    public abstract Builder structuredOutput(@Nullable Object structuredOutput);

    /**
     * Sets {@link Session#playbookId()}.
     *
     * @param playbookId null for none
     * @return this builder
     */
    public abstract Builder playbookId(@Nullable String playbookId);

    /**
     * Sets {@link Session#snapshotId()}.
     *
     * @param snapshotId null for none
     * @return this builder
     */
    public abstract Builder snapshotId(@Nullable String snapshotId);

    /**
     * Sets {@link Session#orgId()}.
     *
     * @param orgId null for none
     * @return this builder
     */
    public abstract Builder orgId(@Nullable String orgId);

    /**
     * Sets {@link Session#userId()}.
     *
     * @param userId null for none
     * @return this builder
     */
    public abstract Builder userId(@Nullable String userId);

    /**
     * Sets {@link Session#acusConsumed()}.
     *
     * @param acusConsumed null for none
     * @return this builder
     */
    public abstract Builder acusConsumed(@Nullable BigDecimal acusConsumed);

    /**
     * Sets {@link Session#analysis()}.
     *
     * @param analysis null for none
     * @return this builder
     */
    public abstract Builder analysis(@Nullable SessionAnalysis analysis);

    /**
     * Sets {@link Session#sources()}.
     *
     * @param sources default none
     * @return this builder
     */
    public abstract Builder sources(Set<ApiVersion> sources);

    /**
     * Sets {@link Session#gaps()}.
     *
     * @param gaps default none
     * @return this builder
     */
    public abstract Builder gaps(Map<ApiVersion, String> gaps);

    abstract List<String> tags();

    abstract List<PullRequest> pullRequests();

    abstract List<SessionMessage> messages();

    abstract Optional<Object> structuredOutput();

    abstract Set<ApiVersion> sources();

    abstract Map<ApiVersion, String> gaps();

    @Override
    void copyCollections() {
      super.copyCollections();
      tags(List.copyOf(tags()))
          .pullRequests(List.copyOf(pullRequests()))
          .messages(List.copyOf(messages()));
      structuredOutput(structuredOutput().map(Json::copyOf).orElse(null));
      sources(Collections.unmodifiableSet(new TreeSet<>(sources())));
      gaps(Collections.unmodifiableMap(new TreeMap<>(gaps())));
    }
  }
}
