package dev.devinsessions;

/**
 * The API key is invalid or has been revoked (401).
 *
 * <p>Use a valid key; a retry cannot help.
 */
public final class UnauthorizedException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param details its data
   */
  public UnauthorizedException(FailureDetails details) {
    super(details);
  }
}
