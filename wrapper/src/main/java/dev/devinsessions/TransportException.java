package dev.devinsessions;

/**
 * No complete response arrived: the connection or the TLS handshake failed, the connection was
 * reset, or the response was truncated, after any retries.
 *
 * <p>Read {@link #getCause()}; retry later if {@link #isRetryable()}, otherwise correct the proxy,
 * TLS or network settings.
 */
public final class TransportException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param details its data
   */
  public TransportException(FailureDetails details) {
    super(details);
  }
}
