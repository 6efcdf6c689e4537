package dev.devinsessions;

/**
 * Thrown when a successful response (2xx) is not a JSON object, exceeds {@code maxResponseBytes},
 * is for another session, has neither a session id nor a status, or, with {@code
 * responseValidation(true)}, has {@linkplain Session#deviations() deviations}. The message names
 * the JSON path of the problem, if there is one.
 *
 * <p>Check whether a proxy or gateway rewrites responses; if the API changed, upgrade this library.
 */
public final class MalformedResponseException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param details its data
   */
  public MalformedResponseException(FailureDetails details) {
    super(details);
  }
}
