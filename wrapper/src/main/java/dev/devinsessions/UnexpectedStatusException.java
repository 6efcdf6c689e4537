package dev.devinsessions;

/**
 * An HTTP status that the API does not document: a redirect, which is never followed, or any other.
 *
 * <p>Check the base URL: a proxy or a login page may stand in between.
 */
public final class UnexpectedStatusException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with these details.
   *
   * @param details what is known of the failure
   */
  public UnexpectedStatusException(FailureDetails details) {
    super(details);
  }
}
