package dev.devinsessions;

/**
 * The key does not have the required permission, or the organization has a billing problem (403).
 * {@link #detail()} says which.
 *
 * <p>Use another key (v2 requires the personal key of an enterprise admin), or resolve the billing
 * problem.
 */
public final class PermissionDeniedException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param details its data
   */
  public PermissionDeniedException(FailureDetails details) {
    super(details);
  }
}
