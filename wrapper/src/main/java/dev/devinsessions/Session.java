package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.auto.value.AutoValue;
import dev.devinsessions.internal.Json;
import dev.devinsessions.internal.JsonForm;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Devin session as the APIs return it. An immutable value; lists and maps are unmodifiable. A
 * property is empty if no API returned a valid value; its Javadoc names its source.
 */
@AutoValue
public abstract class Session extends Value.Open<Session.Builder> {
  Session() {}

  /** {@return the id of the session, in the form {@code devin-<bare>}} From {@code session_id}. */
  @JsonProperty("session_id")
  public abstract String id();

  /** {@return the status, read from {@link #statusText()}} */
  public abstract SessionStatus status();

  /**
   * {@return the raw status word} From v1's {@code status_enum} (or else {@code status}) or v2's
   * {@code status}. v2's word takes precedence unless it is {@code running} or unknown.
   */
  public abstract Optional<String> statusText();

  /** {@return when the session was created} From {@code created_at}. */
  public abstract Optional<Instant> createdAt();

  /** {@return the time of the last update, in either API} From {@code updated_at}. */
  public abstract Optional<Instant> updatedAt();

  /** {@return the title of the session} From {@code title}. */
  public abstract Optional<String> title();

  /** {@return the URL of the session} From v2's {@code url}. */
  public abstract Optional<String> url();

  /** {@return the tags of the session} From {@code tags}. */
  public abstract List<String> tags();

  /** {@return the pull requests} From v1's {@code pull_request}, v2's {@code pull_requests}. */
  public abstract List<PullRequest> pullRequests();

  /** {@return the transcript, in the order of the response} From v1's {@code messages}. */
  public abstract List<SessionMessage> messages();

  /** {@return the prompt} From v2's {@code initial_user_message}, or v1's message of that type. */
  public abstract Optional<String> initialUserMessage();

  /**
   * {@return the structured output of the session, as plain Java: unmodifiable {@code Map} and
   * {@code List}, {@code String}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code
   * BigDecimal}, {@code Boolean}} From v1's {@code structured_output}.
   */
  public abstract Optional<Object> structuredOutput();

  /**
   * {@return {@link #structuredOutput()} bound to a type by Jackson; empty if there is none}
   * Properties that the type lacks are ignored. A string also binds to scalar types, such as {@code
   * LocalDate}, {@code UUID} or an enum, and JSON text inside a string is parsed.
   *
   * @param <T> the type
   * @param type the class to bind to
   * @throws IllegalArgumentException if the output cannot be converted; the message says where
   */
  public final <T> Optional<T> structuredOutputAs(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return structuredOutput().map(output -> Json.bind(output, type));
  }

  /** {@return {@link #structuredOutput()} as JSON text, for your own mapper} */
  public final Optional<String> structuredOutputJson() {
    return structuredOutput().map(Json::write);
  }

  /** {@return the id of the playbook} From v1's {@code playbook_id}. */
  public abstract Optional<String> playbookId();

  /** {@return the id of the machine snapshot} From v1's {@code snapshot_id}. */
  public abstract Optional<String> snapshotId();

  /** {@return the id of the organization} From v2's {@code org_id}. */
  public abstract Optional<String> orgId();

  /** {@return the id of the owner} From v2's {@code user_id}. */
  public abstract Optional<String> userId();

  /** {@return the exact number of agent compute units used} From v2's {@code acus_consumed}. */
  public abstract Optional<BigDecimal> acusConsumed();

  /** {@return the analysis, produced after the session ends} From v2's {@code session_analysis}. */
  @JsonProperty("session_analysis")
  public abstract Optional<SessionAnalysis> analysis();

  /** {@return the APIs that contributed} */
  public abstract Set<ApiVersion> sources();

  /**
   * {@return the APIs that did not contribute, and why; always empty with the strategies {@code V1}
   * and {@code V2_ENTERPRISE}}
   */
  public abstract Map<ApiVersion, Gap> gaps();

  /**
   * {@return where a response deviated from its specification, v1's deviations first} Unknown enum
   * values, and date-times in other supported formats, are not deviations.
   */
  public abstract List<Deviation> deviations();

  /** {@return a builder; only {@code id} is required} */
  public static Builder builder() {
    return new AutoValue_Session.Builder()
        .status(SessionStatus.UNKNOWN)
        .tags(List.of())
        .pullRequests(List.of())
        .messages(List.of())
        .sources(Set.of())
        .gaps(Map.of())
        .deviations(List.of());
  }

  /** {@return the session as one JSON object; the package documentation describes its form} */
  public final String toJson() {
    return Json.write(this);
  }

  /**
   * {@return a session equal to the one that {@link #toJson()} wrote} Unknown properties become
   * additional properties.
   *
   * @param json one JSON object
   * @throws IllegalArgumentException if it is not in this form; the message names the path
   */
  public static Session fromJson(String json) {
    return JsonForm.parse(json, Session.class);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Session ofJson(JsonForm.SessionProperties json) throws IOException {
    return JsonForm.read(json.all(), builder()).build();
  }

  /** {@return a summary without the text of the messages} */
  @Override
  public final String toString() {
    return String.format(
        Locale.ROOT,
        "Session{id=%s, status=%s%s, updatedAt=%s, tags=%s, pullRequests=%s, messages=%d,"
            + " sources=%s, gaps=%s, deviations=%s}",
        id(),
        status(),
        statusText().map(word -> " (" + word + ")").orElse(""),
        updatedAt().map(Instant::toString).orElse("unknown"),
        tags(),
        pullRequests(),
        messages().size(),
        sources(),
        gaps(),
        deviations());
  }

  /** Builds a {@link Session}. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder extends ValueBuilder<Session, Builder> {
    Builder() {}

    /**
     * {@return this builder}
     *
     * @param id {@link Session#id()}; required
     */
    @JsonProperty("session_id")
    public abstract Builder id(String id);

    /**
     * {@return this builder}
     *
     * @param status {@link Session#status()}; default {@link SessionStatus#UNKNOWN}
     */
    public abstract Builder status(SessionStatus status);

    /**
     * {@return this builder}
     *
     * @param statusText {@link Session#statusText()}; null for none
     */
    public abstract Builder statusText(@Nullable String statusText);

    /**
     * {@return this builder}
     *
     * @param createdAt {@link Session#createdAt()}; null for none
     */
    public abstract Builder createdAt(@Nullable Instant createdAt);

    /**
     * {@return this builder}
     *
     * @param updatedAt {@link Session#updatedAt()}; null for none
     */
    public abstract Builder updatedAt(@Nullable Instant updatedAt);

    /**
     * {@return this builder}
     *
     * @param title {@link Session#title()}; null for none
     */
    public abstract Builder title(@Nullable String title);

    /**
     * {@return this builder}
     *
     * @param url {@link Session#url()}; null for none
     */
    public abstract Builder url(@Nullable String url);

    /**
     * {@return this builder}
     *
     * @param tags {@link Session#tags()}; default none
     */
    public abstract Builder tags(List<String> tags);

    /**
     * {@return this builder}
     *
     * @param pullRequests {@link Session#pullRequests()}; default none
     */
    public abstract Builder pullRequests(List<? extends PullRequest> pullRequests);

    /**
     * {@return this builder}
     *
     * @param messages {@link Session#messages()}; default none
     */
    public abstract Builder messages(List<? extends SessionMessage> messages);

    /**
     * {@return this builder}
     *
     * @param initialUserMessage {@link Session#initialUserMessage()}; null for none
     */
    public abstract Builder initialUserMessage(@Nullable String initialUserMessage);

    /**
     * {@return this builder}
     *
     * @param structuredOutput {@link Session#structuredOutput()}, copied; null for none
     */
    public abstract Builder structuredOutput(@Nullable Object structuredOutput);

    /**
     * {@return this builder}
     *
     * @param playbookId {@link Session#playbookId()}; null for none
     */
    public abstract Builder playbookId(@Nullable String playbookId);

    /**
     * {@return this builder}
     *
     * @param snapshotId {@link Session#snapshotId()}; null for none
     */
    public abstract Builder snapshotId(@Nullable String snapshotId);

    /**
     * {@return this builder}
     *
     * @param orgId {@link Session#orgId()}; null for none
     */
    public abstract Builder orgId(@Nullable String orgId);

    /**
     * {@return this builder}
     *
     * @param userId {@link Session#userId()}; null for none
     */
    public abstract Builder userId(@Nullable String userId);

    /**
     * {@return this builder}
     *
     * @param acusConsumed {@link Session#acusConsumed()}; null for none
     */
    public abstract Builder acusConsumed(@Nullable BigDecimal acusConsumed);

    /**
     * {@return this builder}
     *
     * @param analysis {@link Session#analysis()}; null for none
     */
    @JsonProperty("session_analysis")
    public abstract Builder analysis(@Nullable SessionAnalysis analysis);

    /**
     * {@return this builder}
     *
     * @param sources {@link Session#sources()}; default none
     */
    public abstract Builder sources(Set<ApiVersion> sources);

    /**
     * {@return this builder}
     *
     * @param gaps {@link Session#gaps()}; default none
     */
    public abstract Builder gaps(Map<ApiVersion, Gap> gaps);

    /**
     * {@return this builder}
     *
     * @param deviations {@link Session#deviations()}; default none
     */
    public abstract Builder deviations(List<? extends Deviation> deviations);

    abstract List<String> tags();

    abstract Optional<Object> structuredOutput();

    abstract Set<ApiVersion> sources();

    abstract Map<ApiVersion, Gap> gaps();

    @Override
    public Session build() {
      tags(List.copyOf(tags()));
      structuredOutput(structuredOutput().map(Json::copyOf).orElse(null));
      sources(Collections.unmodifiableSet(new TreeSet<>(sources())));
      gaps(Collections.unmodifiableMap(new TreeMap<>(gaps())));
      return super.build();
    }
  }
}
