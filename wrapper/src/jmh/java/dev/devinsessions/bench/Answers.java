package dev.devinsessions.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The bodies that are looked up and decoded: {@code small}, the same after a while ({@code
 * small-delayed}), or a transcript such as {@code ascii-10000}, of about 520 bytes a message in
 * either language.
 */
final class Answers {
  static final String ID = "devin-4f1c2a9be07d4c5f8a3b6d2e1f009a7c";

  private static final String ASCII =
      "I read Source/settings/mods.js and the three tests beside it.\\n"
          + "The flag \\\"tilt-gravity\\\" is asked for in two places: once while the level is"
          + " loaded, and once for each frame. Both now take what the flag would have said."
          + " The tests pass, and the build is green. Shall I remove the entry of the settings"
          + " page as well, or keep it until the next release is out?";
  private static final String CHINESE =
      "我看了 Source/settings/mods.js 和旁边的三个测试。\\n"
          + "开关 \\\"tilt-gravity\\\" 在两处被读取：加载关卡时一次，绘制每一帧时又一次。"
          + "现在这两处都直接使用开关原来的取值，测试全部通过，构建也成功了。"
          + "设置页面里的那一项要现在一起删除，还是等到下一个版本发布以后再删？";

  private Answers() {}

  static byte[] v1(String scenario) {
    String[] parts = scenario.split("-");
    return switch (parts[0]) {
      case "small" -> resource("v1/blocked-with-pull-request.json");
      case "ascii" -> transcript(ASCII, Integer.parseInt(parts[1]));
      case "chinese" -> transcript(CHINESE, Integer.parseInt(parts[1]));
      default -> throw new IllegalArgumentException("no such scenario: " + scenario);
    };
  }

  static byte[] v2() {
    return resource("v2/finished-with-analysis.json");
  }

  private static byte[] transcript(String text, int messages) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        utf8(
            "{\"session_id\":\"%s\",\"status\":\"running\",\"status_enum\":\"blocked\","
                + "\"title\":\"Retire the flag\",\"created_at\":\"2025-12-20T14:47:51.845058Z\","
                + "\"updated_at\":\"2025-12-20T14:54:16.508272+00:00\",\"messages\":[",
            ID));
    for (int i = 0; i < messages; i++) {
      boolean isUser = i % 3 == 0;
      body.writeBytes(
          utf8(
              "%s{\"type\":\"%s\",\"event_id\":\"event-%07d\",\"message\":\"%d: %s\","
                  + "\"timestamp\":\"2025-12-20T%02d:%02d:%02d.120000+00:00\",%s}",
              i == 0 ? "" : ",",
              isUser ? "user_message" : "devin_message",
              i,
              i,
              text,
              i / 3600 % 24,
              i / 60 % 60,
              i % 60,
              isUser
                  ? "\"origin\":\"web\",\"user_id\":\"user-1\",\"username\":\"ada\""
                  : "\"origin\":null,\"user_id\":null,\"username\":null"));
    }
    body.writeBytes(utf8("]}"));
    return body.toByteArray();
  }

  private static byte[] utf8(String format, Object... values) {
    return String.format(format, values).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    try (InputStream in = Answers.class.getResourceAsStream("/answers/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
