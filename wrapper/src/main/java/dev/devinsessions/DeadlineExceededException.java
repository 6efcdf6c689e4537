package dev.devinsessions;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time is up: {@code deadline}, {@code attemptTimeout} on the last attempt, or {@code atMost}.
 *
 * <p>Retry later, or allow more time.
 */
public final class DeadlineExceededException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /** Serialised as JSON, and therefore not final: a session is not serialisable. */
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
   * {@return the session that {@code waitUntil} saw last; empty if it saw none, and for single
   * lookups}
   */
  public Optional<Session> lastSeen() {
    return Optional.ofNullable(lastSeen);
  }

  /**
   * Writes the session in its JSON form.
   *
   * @param out where to
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
   * @param in where from
   * @throws IOException if it cannot be read
   * @throws ClassNotFoundException if it was written by another version
   */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    String json = (String) in.readObject();
    lastSeen = json == null ? null : Session.fromJson(json);
  }
}
