package dev.devinsessions.specs;

/** Why a page is not imported, on one line. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refusal(String message, Object... values) {
    super(Text.excerpt(String.format(message, values), 600));
  }
}
