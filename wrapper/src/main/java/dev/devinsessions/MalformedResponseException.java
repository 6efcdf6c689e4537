package dev.devinsessions;

/**
 * A successful answer that is no such JSON, or exceeds {@code maxResponseBytes}; the message names
 * the place.
 *
 * <p>Check that nothing between here and the API rewrites answers; if the API changed, upgrade this
 * library.
 */
public final class MalformedResponseException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with these details.
   *
   * @param details what is known of the failure
   */
  public MalformedResponseException(FailureDetails details) {
    super(details);
  }
}
