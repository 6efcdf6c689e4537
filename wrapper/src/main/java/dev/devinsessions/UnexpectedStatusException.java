package dev.devinsessions;

/**
 * The response has a status that has no dedicated exception, such as 410 or a redirect. Redirects
 * are never followed.
 *
 * <p>Check the base URL: a proxy or a login page may be in front of the API. After a 410 (the API
 * was switched off), upgrade this library. Retry later if {@link #isRetryable()}.
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
