package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.Session;
import dev.devinsessions.consumers.EmbeddedApi;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SessionsJobTest {
  private static final int PARTITIONS = 4;
  private static final int MAX_CONCURRENCY = 3;

  @Test
  void looksUpEveryIdOfEveryPartitionOnce() throws Exception {
    List<String> ids =
        IntStream.range(0, 200).mapToObj(i -> "devin-" + i).collect(Collectors.toList());
    ids.set(150, EmbeddedApi.UNKNOWN);

    try (EmbeddedApi api = EmbeddedApi.start();
        SparkSession spark =
            SparkSession.builder()
                .master("local[" + PARTITIONS + "]")
                .config("spark.ui.enabled", false)
                .config("spark.devin.baseUrl", api.baseUrl())
                .getOrCreate()) {
      Dataset<String> partitions =
          spark.createDataset(ids, Encoders.STRING()).repartition(PARTITIONS);
      List<Row> rows = SessionsJob.sessions(partitions, MAX_CONCURRENCY).collectAsList();

      assertEquals(ids.size(), rows.size());
      assertEquals(
          Set.copyOf(ids),
          rows.stream().map(row -> row.<String>getAs("id")).collect(Collectors.toSet()));
      for (Row row : rows) {
        check(row);
      }
      assertEquals(2 * ids.size(), api.requests());
      assertTrue(api.maxInFlight() <= MAX_CONCURRENCY, "in flight: " + api.maxInFlight());
    }
  }

  private static void check(Row row) {
    String id = row.getAs("id");
    if (id.equals(EmbeddedApi.UNKNOWN)) {
      assertTrue(row.<String>getAs("error").contains("SessionNotFoundException"), row.toString());
    } else {
      assertEquals("FINISHED", row.getAs("status"));
      assertEquals("1.500000", row.getAs("acus").toString());
      assertEquals(id, Session.fromJson(row.getAs("session")).id());
    }
  }
}
