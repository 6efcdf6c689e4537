package dev.devinsessions;

/**
 * No API that the key can reach knows the session (404): it does not exist, or the key may not see
 * it.
 *
 * <p>Check the id, and whether the key belongs to the right organization.
 */
public final class SessionNotFoundException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with these details.
   *
   * @param details what is known of the failure
   */
  public SessionNotFoundException(FailureDetails details) {
    super(details);
  }
}
