package dev.devinsessions;

/**
 * The thread that waited for the lookup was interrupted; its interrupt flag stays set.
 *
 * <p>Stop what the thread is doing.
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
