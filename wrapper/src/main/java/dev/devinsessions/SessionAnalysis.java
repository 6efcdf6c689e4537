package dev.devinsessions;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.google.auto.value.AutoValue;
import dev.devinsessions.internal.JsonForm;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The analysis of a session that has ended, from {@code session_analysis}. An immutable value. */
@AutoValue
public abstract class SessionAnalysis extends Value.Open<SessionAnalysis.Builder> {
  SessionAnalysis() {}

  /** {@return what went wrong} From {@code issues}. */
  public abstract List<Issue> issues();

  /** {@return what to do about the issues} From {@code action_items}. */
  public abstract List<ActionItem> actionItems();

  /** {@return the steps of the session} From {@code timeline}. */
  public abstract List<TimelineEvent> timeline();

  /** {@return an improved prompt for the same task} From {@code suggested_prompt}. */
  public abstract Optional<SuggestedPrompt> suggestedPrompt();

  /** {@return a builder; no property is required} */
  public static Builder builder() {
    return new AutoValue_SessionAnalysis.Builder()
        .issues(List.of())
        .actionItems(List.of())
        .timeline(List.of());
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SessionAnalysis ofJson(Map<String, Object> json) throws IOException {
    return JsonForm.read(json, builder()).build();
  }

  /** Builds a {@link SessionAnalysis}. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder extends ValueBuilder<SessionAnalysis, Builder> {
    Builder() {}

    /**
     * {@return this builder}
     *
     * @param issues {@link SessionAnalysis#issues()}; default none
     */
    public abstract Builder issues(List<? extends Issue> issues);

    /**
     * {@return this builder}
     *
     * @param actionItems {@link SessionAnalysis#actionItems()}; default none
     */
    public abstract Builder actionItems(List<? extends ActionItem> actionItems);

    /**
     * {@return this builder}
     *
     * @param timeline {@link SessionAnalysis#timeline()}; default none
     */
    public abstract Builder timeline(List<? extends TimelineEvent> timeline);

    /**
     * {@return this builder}
     *
     * @param suggestedPrompt {@link SessionAnalysis#suggestedPrompt()}; null for none
     */
    public abstract Builder suggestedPrompt(@Nullable SuggestedPrompt suggestedPrompt);
  }

  /** What went wrong. An immutable value. */
  @AutoValue
  public abstract static class Issue extends Value.Open<Issue.Builder> {
    Issue() {}

    /** {@return the issue} From {@code issue}. */
    public abstract String issue();

    /** {@return the impact, such as {@code High} (others are possible)} From {@code impact}. */
    public abstract String impact();

    /** {@return the kind, such as {@code environment} (others are possible)} From {@code label}. */
    public abstract String label();

    /** {@return a builder; {@code issue}, {@code impact} and {@code label} are required} */
    public static Builder builder() {
      return new AutoValue_SessionAnalysis_Issue.Builder();
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Issue ofJson(Map<String, Object> json) throws IOException {
      return JsonForm.read(json, builder()).build();
    }

    /** Builds an {@link Issue}. Not thread-safe. */
    @AutoValue.Builder
    public abstract static class Builder extends ValueBuilder<Issue, Builder> {
      Builder() {}

      /**
       * {@return this builder}
       *
       * @param issue {@link Issue#issue()}; required
       */
      public abstract Builder issue(String issue);

      /**
       * {@return this builder}
       *
       * @param impact {@link Issue#impact()}; required
       */
      public abstract Builder impact(String impact);

      /**
       * {@return this builder}
       *
       * @param label {@link Issue#label()}; required
       */
      public abstract Builder label(String label);
    }
  }

  /** What to do about an issue. An immutable value. */
  @AutoValue
  public abstract static class ActionItem extends Value.Open<ActionItem.Builder> {
    ActionItem() {}

    /** {@return the id of the issue it addresses} From {@code issue_id}. */
    public abstract Optional<String> issueId();

    /**
     * {@return the kind, such as {@code machine_setup} (others are possible)} From {@code type}.
     */
    public abstract String type();

    /** {@return what to do} From {@code action_item}. */
    public abstract String actionItem();

    /** {@return a builder; {@code type} and {@code actionItem} are required} */
    public static Builder builder() {
      return new AutoValue_SessionAnalysis_ActionItem.Builder();
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ActionItem ofJson(Map<String, Object> json) throws IOException {
      return JsonForm.read(json, builder()).build();
    }

    /** Builds an {@link ActionItem}. Not thread-safe. */
    @AutoValue.Builder
    public abstract static class Builder extends ValueBuilder<ActionItem, Builder> {
      Builder() {}

      /**
       * {@return this builder}
       *
       * @param issueId {@link ActionItem#issueId()}; null for none
       */
      public abstract Builder issueId(@Nullable String issueId);

      /**
       * {@return this builder}
       *
       * @param type {@link ActionItem#type()}; required
       */
      public abstract Builder type(String type);

      /**
       * {@return this builder}
       *
       * @param actionItem {@link ActionItem#actionItem()}; required
       */
      public abstract Builder actionItem(String actionItem);
    }
  }

  /** A step of the session. An immutable value. */
  @AutoValue
  public abstract static class TimelineEvent extends Value.Open<TimelineEvent.Builder> {
    TimelineEvent() {}

    /** {@return a short description} From {@code title}. */
    public abstract String title();

    /** {@return a full description} From {@code description}. */
    public abstract String description();

    /** {@return a builder; {@code title} and {@code description} are required} */
    public static Builder builder() {
      return new AutoValue_SessionAnalysis_TimelineEvent.Builder();
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static TimelineEvent ofJson(Map<String, Object> json) throws IOException {
      return JsonForm.read(json, builder()).build();
    }

    /** Builds a {@link TimelineEvent}. Not thread-safe. */
    @AutoValue.Builder
    public abstract static class Builder extends ValueBuilder<TimelineEvent, Builder> {
      Builder() {}

      /**
       * {@return this builder}
       *
       * @param title {@link TimelineEvent#title()}; required
       */
      public abstract Builder title(String title);

      /**
       * {@return this builder}
       *
       * @param description {@link TimelineEvent#description()}; required
       */
      public abstract Builder description(String description);
    }
  }

  /** An improved prompt. An immutable value; {@code toString} omits the prompts. */
  @AutoValue
  public abstract static class SuggestedPrompt extends Value.Open<SuggestedPrompt.Builder> {
    SuggestedPrompt() {}

    /** {@return the prompt that was used} From {@code original_prompt}. */
    public abstract String originalPrompt();

    /** {@return the prompt to use instead} From {@code suggested_prompt}. */
    public abstract String suggestedPrompt();

    /** {@return what the original prompt lacked} From {@code feedback_items}. */
    public abstract List<FeedbackItem> feedbackItems();

    /** {@return a builder; {@code originalPrompt} and {@code suggestedPrompt} are required} */
    public static Builder builder() {
      return new AutoValue_SessionAnalysis_SuggestedPrompt.Builder().feedbackItems(List.of());
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static SuggestedPrompt ofJson(Map<String, Object> json) throws IOException {
      return JsonForm.read(json, builder()).build();
    }

    @Override
    public final String toString() {
      return "SuggestedPrompt{feedbackItems=" + feedbackItems().size() + "}";
    }

    /** Builds a {@link SuggestedPrompt}. Not thread-safe. */
    @AutoValue.Builder
    public abstract static class Builder extends ValueBuilder<SuggestedPrompt, Builder> {
      Builder() {}

      /**
       * {@return this builder}
       *
       * @param originalPrompt {@link SuggestedPrompt#originalPrompt()}; required
       */
      public abstract Builder originalPrompt(String originalPrompt);

      /**
       * {@return this builder}
       *
       * @param suggestedPrompt {@link SuggestedPrompt#suggestedPrompt()}; required
       */
      public abstract Builder suggestedPrompt(String suggestedPrompt);

      /**
       * {@return this builder}
       *
       * @param feedbackItems {@link SuggestedPrompt#feedbackItems()}; default none
       */
      public abstract Builder feedbackItems(List<? extends FeedbackItem> feedbackItems);
    }
  }

  /** Feedback on the prompt. An immutable value; {@code toString} omits the excerpt and details. */
  @AutoValue
  public abstract static class FeedbackItem extends Value.Open<FeedbackItem.Builder> {
    FeedbackItem() {}

    /** {@return the id of the issue it refers to} From {@code issue_id}. */
    public abstract Optional<String> issueId();

    /** {@return a summary of the feedback} From {@code summary}. */
    public abstract Optional<String> summary();

    /** {@return the part of the prompt to which it refers} From {@code excerpt}. */
    public abstract Optional<String> excerpt();

    /** {@return the full feedback} From {@code details}. */
    public abstract Optional<String> details();

    /** {@return a builder; no property is required} */
    public static Builder builder() {
      return new AutoValue_SessionAnalysis_FeedbackItem.Builder();
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FeedbackItem ofJson(Map<String, Object> json) throws IOException {
      return JsonForm.read(json, builder()).build();
    }

    @Override
    public final String toString() {
      return "FeedbackItem{issueId=" + issueId() + ", summary=" + summary() + "}";
    }

    /** Builds a {@link FeedbackItem}. Not thread-safe. */
    @AutoValue.Builder
    public abstract static class Builder extends ValueBuilder<FeedbackItem, Builder> {
      Builder() {}

      /**
       * {@return this builder}
       *
       * @param issueId {@link FeedbackItem#issueId()}; null for none
       */
      public abstract Builder issueId(@Nullable String issueId);

      /**
       * {@return this builder}
       *
       * @param summary {@link FeedbackItem#summary()}; null for none
       */
      public abstract Builder summary(@Nullable String summary);

      /**
       * {@return this builder}
       *
       * @param excerpt {@link FeedbackItem#excerpt()}; null for none
       */
      public abstract Builder excerpt(@Nullable String excerpt);

      /**
       * {@return this builder}
       *
       * @param details {@link FeedbackItem#details()}; null for none
       */
      public abstract Builder details(@Nullable String details);
    }
  }
}
