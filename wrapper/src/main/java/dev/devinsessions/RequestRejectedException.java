package dev.devinsessions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The server found the request ill-formed (400, 422).
 *
 * <p>Read {@link #violations()}, correct the id, and report a bug if it was right.
 */
public final class RequestRejectedException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /** What the server found wrong. */
  private final ArrayList<String> violations;

  /**
   * An exception with these details.
   *
   * @param details what is known of the failure
   * @param violations see {@link #violations()}
   */
  public RequestRejectedException(FailureDetails details, List<String> violations) {
    super(details);
    this.violations = new ArrayList<>(violations);
  }

  /**
   * {@return what the server found wrong, each as {@code path.session_id: message}; unmodifiable,
   * empty where it did not say}
   */
  public List<String> violations() {
    return Collections.unmodifiableList(violations);
  }
}
