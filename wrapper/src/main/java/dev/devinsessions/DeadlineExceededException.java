package dev.devinsessions;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A time limit was exceeded: {@code deadline}, {@code attemptTimeout} on the last attempt, or
 * {@code atMost}.
 *
 * <p>Retry later, or allow more time.
 */
public final class DeadlineExceededException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /** Not final because {@code readObject} sets it. Sessions are serialized as JSON. */
  private transient @Nullable Session lastSeen;

  /**
   * Creates an exception.
   *
   * @param details its data
   * @param lastSeen see {@link #lastSeen()}; null for none
   */
  public DeadlineExceededException(FailureDetails details, @Nullable Session lastSeen) {
    super(details);
    this.lastSeen = lastSeen;
  }

  /**
   * {@return the last session received by {@code waitUntil} or {@code waitUntilAsync}; empty if
   * there was none, or if any other method threw this}
   */
  public Optional<Session> lastSeen() {
    return Optional.ofNullable(lastSeen);
  }

  /**
   * Writes the session in its JSON form.
   *
   * @param out the stream
   * @throws IOException if it cannot be written
   * @serialData after the fields, the text of {@link Session#toJson()} or null
   */
  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeObject(lastSeen == null ? null : lastSeen.toJson());
  }

  /**
   * Reads what {@code writeObject} wrote.
   *
   * @param in the stream
   * @throws IOException if it cannot be read
   * @throws ClassNotFoundException if the class of a serialized object is not found
   */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    String json = (String) in.readObject();
    lastSeen = json == null ? null : Session.fromJson(json);
  }
}
