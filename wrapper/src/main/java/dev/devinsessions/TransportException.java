package dev.devinsessions;

/**
 * No whole answer came: no connection, TLS refused, connection reset or answer cut off, even after
 * the retries.
 *
 * <p>Look at {@link #getCause()}; try again later if {@link #isRetryable()}, else mend the
 * connection's settings.
 */
public final class TransportException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with these details.
   *
   * @param details what is known of the failure
   */
  public TransportException(FailureDetails details) {
    super(details);
  }
}
