package dev.devinsessions;

/**
 * The server, or a gateway before it, failed (5xx), even after the retries.
 *
 * <p>Try again later.
 */
public final class ServerErrorException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with these details.
   *
   * @param details what is known of the failure
   */
  public ServerErrorException(FailureDetails details) {
    super(details);
  }
}
