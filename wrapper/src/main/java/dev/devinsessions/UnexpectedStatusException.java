package dev.devinsessions;

/**
 * A status that has no exception of its own, such as a redirect (never followed) or 410.
 *
 * <p>Check the base URL: a proxy or a login page may be in front of the API.
 */
public final class UnexpectedStatusException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param details its data
   */
  public UnexpectedStatusException(FailureDetails details) {
    super(details);
  }
}
