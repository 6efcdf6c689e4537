package dev.devinsessions;

/**
 * The key is missing, misspelt or revoked (401).
 *
 * <p>Give a valid key; a retry is of no use.
 */
public final class UnauthorizedException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with these details.
   *
   * @param details what is known of the failure
   */
  public UnauthorizedException(FailureDetails details) {
    super(details);
  }
}
