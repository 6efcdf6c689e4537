package dev.devinsessions.specs;

/**
 * Where a fact is: in an operation, in a part of that (an answer, a parameter), at a JSON path of
 * that.
 */
final class Place {
  static final Place DOCUMENT = operation("");

  private static final String ROOT = "$";

  private final String operation;
  private final String part;
  private final boolean sent;
  private final String media;
  private final String path;
  private final String property;
  private final Place holder;

  private Place(
      String operation,
      String part,
      boolean sent,
      String media,
      String path,
      String property,
      Place holder) {
    this.operation = operation;
    this.part = part;
    this.sent = sent;
    this.media = media;
    this.path = path;
    this.property = property;
    this.holder = holder;
  }

  static Place operation(String operation) {
    return new Place(operation, "", false, "", "", "", null);
  }

  /** A part of the document that is no operation. */
  static Place documentPart(String part) {
    return new Place("", part, false, "", "", "", null);
  }

  /** What the server sends and the library reads. */
  Place answered(String part) {
    return new Place(operation, part, false, "", "", "", null);
  }

  /** What the library sends and the server reads. */
  Place sent(String part) {
    return new Place(operation, part, true, "", "", "", null);
  }

  /** JSON is what the library reads and writes, and goes without saying. */
  Place as(String mediaType) {
    return new Place(
        operation, part, sent, mediaType.equals("application/json") ? "" : mediaType, "", "", null);
  }

  /** The whole value that is sent here, as against what the page says about the sending. */
  Place value() {
    return new Place(operation, part, sent, media, ROOT, "", null);
  }

  Place property(String name) {
    String child = path.equals(ROOT) ? name : path + "." + name;
    return new Place(operation, part, sent, media, child, child, null);
  }

  /**
   * What a property holds: {@code []} for the items of a list, {@code {}} for the values of a map.
   */
  Place inside(String suffix) {
    return new Place(operation, part, sent, media, path + suffix, property, this);
  }

  String operation() {
    return operation;
  }

  String part() {
    return part;
  }

  boolean isSent() {
    return sent;
  }

  /** Inside an answer that is no success. */
  boolean isInError() {
    return part.endsWith(" answer") && !part.startsWith("2");
  }

  /** The media type where it is not JSON; else empty. */
  String media() {
    return media;
  }

  /**
   * From the root, such as {@code session_analysis.issues[].label}, or {@code $} for the root; else
   * empty.
   */
  String path() {
    return path;
  }

  /** The path of the nearest property; {@code tags} for {@code tags[]}. */
  String property() {
    return property;
  }

  /**
   * What this is the inside of: {@code tags} for {@code tags[]}; null for a property or a whole
   * body.
   */
  Place holder() {
    return holder;
  }

  /** The path of the object that has the property. */
  String parent() {
    return property.substring(0, Math.max(0, property.lastIndexOf('.')));
  }

  /** For people; the operation that the library calls goes without saying. */
  String describe(String lookup) {
    StringBuilder text = new StringBuilder();
    if (operation.isEmpty() && part.isEmpty()) {
      text.append("document");
    }
    if (!operation.isEmpty() && (part.isEmpty() || !operation.equals(lookup))) {
      text.append(Text.code(Text.excerpt(operation, SpecReport.MAX_VALUE)))
          .append(part.isEmpty() ? "" : ", ");
    }
    text.append(Text.excerpt(part + (media.isEmpty() ? "" : " as " + media), SpecReport.MAX_VALUE));
    if (!path.isEmpty()) {
      text.append(", ").append(Text.code(Text.excerpt(path, SpecReport.MAX_VALUE)));
    }
    return text.toString();
  }

  /** Equal for equal places. */
  @Override
  public String toString() {
    return operation + "\0" + part + "\0" + media + "\0" + path;
  }
}
