package dev.devinsessions;

/**
 * The thread that waited for the lookup was interrupted; its interrupt flag stays set.
 *
 * <p>End what the thread was doing.
 */
public final class LookupInterruptedException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with these details.
   *
   * @param details what is known of the failure
   */
  public LookupInterruptedException(FailureDetails details) {
    super(details);
  }
}
