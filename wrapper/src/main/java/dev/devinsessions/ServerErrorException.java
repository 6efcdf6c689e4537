package dev.devinsessions;

/**
 * The server or a gateway in front of it failed (5xx), after any retries.
 *
 * <p>Retry later if {@link #isRetryable()}.
 */
public final class ServerErrorException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param details its data
   */
  public ServerErrorException(FailureDetails details) {
    super(details);
  }
}
