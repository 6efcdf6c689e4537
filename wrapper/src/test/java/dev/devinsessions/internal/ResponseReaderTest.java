package dev.devinsessions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devinsessions.ApiVersion;
import dev.devinsessions.generated.ModelReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Types that a future specification may use. */
class ResponseReaderTest {
  private final ResponseContext context = new ResponseContext(ApiVersion.V1, "devin-1");

  private <V> Map<String, V> read(String json, ModelReader.Item<V> item) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return ResponseReader.read(body, reader -> reader.map(item), context);
  }

  @Test
  void readsBooleans() throws IOException {
    assertEquals(
        Map.of("a", true, "b", false), read("{\"a\":true,\"b\":false}", ModelReader::bool));
    assertEquals(Map.of(), read("{\"a\":\"true\",\"b\":null,\"c\":1}", ModelReader::bool));
    assertEquals("$.a is not a boolean; $.b is null; $.c is not a boolean", context.toString());
  }

  @Test
  void readsListsOfMaps() throws IOException {
    assertEquals(
        Map.of("a", List.of(Map.of("b", "c"), Map.of())),
        read(
            "{\"a\":[{\"b\":\"c\"},5,{\"b\":6}],\"d\":{}}",
            ModelReader.listOf(ModelReader.mapOf(ModelReader::text))));
    assertEquals(
        "$.a[1] is not an object; $.a[2].b is not a string; $.d is not an array",
        context.toString());
  }

  @Test
  void keepsNullsInAnyJson() throws IOException {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("a", Arrays.asList(null, Arrays.asList(1, null)));
    expected.put("b", null);
    assertEquals(expected, read("{\"a\":[null,[1,null]],\"b\":null}", ModelReader::any));
    assertEquals(0, context.count());
  }
}
