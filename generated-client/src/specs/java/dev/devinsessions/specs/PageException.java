package dev.devinsessions.specs;

/** Thrown when a page is rejected. The message says why, on one line. */
final class PageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PageException(String message, Object... values) {
    super(Text.excerpt(String.format(message, values), 600));
  }
}
