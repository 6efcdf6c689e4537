package dev.devinsessions.specs;

/** Why a page is not imported, on one line. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    this(message, null);
  }

  Refusal(String message, Throwable cause) {
    super(Text.excerpt(message, 600), cause);
  }
}
