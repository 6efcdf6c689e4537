package dev.devinsessions.bench;

import java.util.List;

/** A client that is measured. */
public interface Subject extends AutoCloseable {
  String OURS = "ours";
  String FLOOR = "floor";
  String NATIVE = "native";
  String OKHTTP_GSON = "okhttp-gson";
  List<String> ALL = List.of(OURS, FLOOR, NATIVE, OKHTTP_GSON);

  String KEY = "apk_user_YmVuY2htYXJr";

  /** Looks a session up in v1, blocking. */
  Object get(String sessionId) throws Exception;

  /** Makes of a body of v1 what {@link #get} makes of it. */
  Object decode(byte[] body) throws Exception;

  @Override
  void close();

  /** Loads the classes of that client alone. */
  static Subject open(String name, String baseUrl) {
    return switch (name) {
      case OURS -> new Ours(baseUrl);
      case FLOOR -> new Floor(baseUrl);
      case NATIVE -> new NativePeer(baseUrl);
      case OKHTTP_GSON -> new OkHttpGsonPeer(baseUrl);
      default -> throw new IllegalArgumentException("no such client: " + name);
    };
  }
}
