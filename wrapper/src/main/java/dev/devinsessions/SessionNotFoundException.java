package dev.devinsessions;

/**
 * No API that accepts the key knows the session (404): the session does not exist, or the key has
 * no access to it.
 *
 * <p>Check the id, and whether the key belongs to the right organization.
 */
public final class SessionNotFoundException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param details its data
   */
  public SessionNotFoundException(FailureDetails details) {
    super(details);
  }
}
