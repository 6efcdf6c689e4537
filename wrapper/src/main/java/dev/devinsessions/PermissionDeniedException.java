package dev.devinsessions;

/**
 * The key may not do this (403), or the organization cannot pay: {@link #detail()} says which.
 *
 * <p>Use a key that may (v2 takes an enterprise admin's personal key), or settle the bill.
 */
public final class PermissionDeniedException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with these details.
   *
   * @param details what is known of the failure
   */
  public PermissionDeniedException(FailureDetails details) {
    super(details);
  }
}
