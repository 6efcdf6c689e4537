package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.google.auto.value.AutoValue;
import dev.devinsessions.internal.JsonForm;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pull request that a session opened. An immutable value. */
@AutoValue
public abstract class PullRequest extends Value.Open<PullRequest.Builder> {
  PullRequest() {}

  /**
   * {@return the URL of the pull request} From {@code url} of v1's {@code pull_request} and v2's
   * {@code pull_requests}.
   */
  public abstract String url();

  /**
   * {@return the state, such as {@code merged} (other values are possible)} From v2's {@code
   * pull_requests[].state}.
   */
  public abstract Optional<String> state();

  /** {@return a builder; {@code url} is required} */
  public static Builder builder() {
    return new AutoValue_PullRequest.Builder();
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static PullRequest ofJson(Map<String, Object> json) throws IOException {
    return JsonForm.read(json, builder()).build();
  }

  /** Builds a {@link PullRequest}. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder extends ValueBuilder<PullRequest, Builder> {
    Builder() {}

    /**
     * {@return this builder}
     *
     * @param url {@link PullRequest#url()}; required
     */
    public abstract Builder url(String url);

    /**
     * {@return this builder}
     *
     * @param state {@link PullRequest#state()}; null for none
     */
    public abstract Builder state(@Nullable String state);
  }
}
