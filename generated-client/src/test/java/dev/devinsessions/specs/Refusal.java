package dev.devinsessions.specs;

/** Why a page is not imported: one line that says what is wrong, where, and what to do. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_LENGTH = 600;

  Refusal(String message) {
    super(Text.excerpt(message, MAX_LENGTH));
  }

  Refusal(String message, Throwable cause) {
    super(Text.excerpt(message, MAX_LENGTH), cause);
  }
}
