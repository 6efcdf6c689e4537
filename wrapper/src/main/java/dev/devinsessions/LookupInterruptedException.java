package dev.devinsessions;

/**
 * The thread that was blocked in the lookup was interrupted; its interrupt flag stays set.
 *
 * <p>Stop the thread's work.
 */
public final class LookupInterruptedException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param details its data
   */
  public LookupInterruptedException(FailureDetails details) {
    super(details);
  }
}
