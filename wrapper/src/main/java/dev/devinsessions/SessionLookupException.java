package dev.devinsessions;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a lookup fails. The Javadoc of each subclass says what the caller should do. An
 * exception holds plain data; the API key is redacted. It can be serialized even if its cause
 * cannot.
 */
public class SessionLookupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private transient FailureDetails details;

  /**
   * Creates an exception.
   *
   * @param details its data
   */
  public SessionLookupException(FailureDetails details) {
    super(
        Objects.requireNonNull(details, "details").message(), null); // The cause is in the details.
    this.details = details;
  }

  /** {@return the data of this exception} */
  public final FailureDetails details() {
    return details;
  }

  /** {@return the id of the session that was looked up, in the form {@code devin-<bare>}} */
  public final String sessionId() {
    return details.sessionId();
  }

  /** {@return the API whose call failed with this error; empty if none did} */
  public final Optional<ApiVersion> apiVersion() {
    return details.apiVersion();
  }

  /** {@return the HTTP status of the response that caused the failure; empty if none did} */
  public final OptionalInt statusCode() {
    return details.statusCode();
  }

  /**
   * {@return the number of requests to {@link #apiVersion()}; 0 if that is empty or none was made}
   */
  public final int attempts() {
    return details.attempts();
  }

  /** {@return the response header {@code x-request-id}, to quote in support requests} */
  public final Optional<String> requestId() {
    return details.requestId();
  }

  /**
   * {@return the {@code detail} of the response body, or else the start of the body; at most 2,000
   * characters}
   */
  public final Optional<String> detail() {
    return details.detail();
  }

  /** {@return whether repeating the same lookup later may succeed} */
  public final boolean isRetryable() {
    return details.retryable();
  }

  @Override
  public final synchronized @Nullable Throwable getCause() {
    return details.cause().orElse(null);
  }

  /**
   * Writes the details.
   *
   * @param out the stream
   * @throws IOException if they cannot be written
   * @serialData after the fields: message, session id, API, status, attempts, request id, detail,
   *     whether a retry may help, cause; null for absent values. A cause that is not serializable
   *     is replaced by an {@link IOException} with its text and stack trace.
   */
  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeObject(details.message());
    out.writeObject(details.sessionId());
    out.writeObject(details.apiVersion().orElse(null));
    out.writeObject(
        details.statusCode().isPresent() ? (Integer) details.statusCode().getAsInt() : null);
    out.writeInt(details.attempts());
    out.writeObject(details.requestId().orElse(null));
    out.writeObject(details.detail().orElse(null));
    out.writeBoolean(details.retryable());
    out.writeObject(details.cause().map(SessionLookupException::serializable).orElse(null));
  }

  private static Throwable serializable(Throwable cause) {
    try {
      new ObjectOutputStream(OutputStream.nullOutputStream()).writeObject(cause);
      return cause;
    } catch (Throwable e) { // Also an Error, such as a StackOverflowError for many causes.
      IOException copy = new IOException(cause.toString());
      copy.setStackTrace(cause.getStackTrace());
      return copy;
    }
  }

  /**
   * Reads the details.
   *
   * @param in the stream
   * @throws IOException if they cannot be read
   * @throws ClassNotFoundException if the class of a serialized object is not found
   */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    FailureDetails.Builder read =
        FailureDetails.builder()
            .message((String) in.readObject())
            .sessionId((String) in.readObject())
            .apiVersion((ApiVersion) in.readObject());
    Integer statusCode = (Integer) in.readObject();
    details =
        read.statusCode(statusCode == null ? OptionalInt.empty() : OptionalInt.of(statusCode))
            .attempts(in.readInt())
            .requestId((String) in.readObject())
            .detail((String) in.readObject())
            .retryable(in.readBoolean())
            .cause((Throwable) in.readObject())
            .build();
  }
}
