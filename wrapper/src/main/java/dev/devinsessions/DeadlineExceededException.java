package dev.devinsessions;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * No answer in time: {@code deadline}, {@code attemptTimeout} on the last attempt, or the end of
 * {@code waitUntil}.
 *
 * <p>Try again later, or allow more time.
 */
public final class DeadlineExceededException extends SessionLookupException {
  private static final long serialVersionUID = 1L;

  /** Not final, because it is read back from JSON: a session is no serialisable object. */
  private transient @Nullable Session lastSeen;

  /**
   * An exception with these details.
   *
   * @param details what is known of the failure
   * @param lastSeen see {@link #lastSeen()}; null for none
   */
  public DeadlineExceededException(FailureDetails details, @Nullable Session lastSeen) {
    super(details);
    this.lastSeen = lastSeen;
  }

  /**
   * {@return the session as it was last seen by {@code waitUntil}; empty if it never was, and for
   * single lookups}
   */
  public Optional<Session> lastSeen() {
    return Optional.ofNullable(lastSeen);
  }

  /**
   * Writes the session in its JSON form.
   *
   * @param out where to
   * @throws IOException if it cannot be written
   * @serialData after the fields the text of {@link Session#toJson()}, or null
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
   * @throws ClassNotFoundException if it is of another version
   */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    String json = (String) in.readObject();
    lastSeen = json == null ? null : Session.fromJson(json);
  }
}
