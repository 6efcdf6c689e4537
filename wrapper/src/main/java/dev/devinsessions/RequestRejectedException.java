package dev.devinsessions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The server rejected the request as invalid (400, 422).
 *
 * <p>Read {@link #violations()} and correct the id; if it is correct, report a bug.
 */
public final class RequestRejectedException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /** An {@code ArrayList} because a {@code List} may not be serializable. */
  private final ArrayList<String> violations;

  /**
   * Creates an exception.
   *
   * @param details its data
   * @param violations see {@link #violations()}
   */
  public RequestRejectedException(FailureDetails details, List<String> violations) {
    super(details);
    this.violations = new ArrayList<>(Objects.requireNonNull(violations, "violations"));
  }

  /**
   * {@return the violations, each in the form {@code path.session_id: message}, from {@code
   * detail}; unmodifiable, empty if the response lists none}
   */
  public List<String> violations() {
    return Collections.unmodifiableList(violations);
  }
}
