package dev.devinsessions.specs;

/** What a fact is about. */
enum Aspect {
  OPERATION("operation"),
  PATH("path"),
  OPERATION_ID("operation id"),
  SECURITY("security"),
  PARAMETER("parameter"),
  REQUEST_BODY("request body"),
  ANSWER("answer"),
  MEDIA_TYPE("media type"),
  PROPERTY("property"),
  TYPE("type"),
  FORMAT("format"),
  NULLABLE("nullable"),
  REQUIRED("required"),
  ENUM_WORD("enum word"),
  DEFAULT("default"),
  /** Any other keyword of a schema, such as maxLength. */
  KEYWORD("keyword"),
  SCHEMA_NAME("schema name"),
  /** The order inside an anyOf, oneOf or list of types. */
  ALTERNATIVES("order of alternatives"),
  /** Text for people: title, summary, description, example. */
  PROSE("text"),
  /** Anything else in the document. */
  OTHER("other"),
  /** The same facts in another order or notation. */
  NOTATION("notation");

  private final String words;

  Aspect(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
