package com.example;

import dev.devinsessions.LookupResult;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import java.io.IOException;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/** Reads one id per line and writes one row per id: {@code SessionsJob <ids> <sessions>}. */
public final class SessionsJob {
  /** The largest number of requests in flight across all machines. */
  static final int REQUEST_BUDGET = 64;

  static final StructType COLUMNS =
      StructType.fromDDL(
          "id STRING, status STRING, acus DECIMAL(18, 6), session STRING, gaps STRING, error STRING");

  private SessionsJob() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession spark = SparkSession.builder().appName("sessions").getOrCreate()) {
      int executors = spark.sparkContext().conf().getInt("spark.executor.instances", 1);
      sessions(spark.read().textFile(args[0]), REQUEST_BUDGET / executors).write().parquet(args[1]);
    }
  }

  /**
   * Looks up ids while the result is read. Every action on the result repeats the lookups, so write
   * the result to a file first. A sum of {@code acus} must report how many rows have {@code gaps}
   * or an {@code error}: their ACUs are null.
   *
   * @param maxConcurrency the most requests in flight per JVM, shared by its tasks
   */
  static Dataset<Row> sessions(Dataset<String> ids, int maxConcurrency) {
    MapPartitionsFunction<String, Row> lookUp = partition -> lookUp(partition, maxConcurrency);
    return ids.mapPartitions(lookUp, Encoders.row(COLUMNS));
  }

  private static Iterator<Row> lookUp(Iterator<String> ids, int maxConcurrency) {
    SessionLookup lookup = SharedLookup.get(maxConcurrency);
    Stream<String> stream =
        StreamSupport.stream(Spliterators.spliteratorUnknownSize(ids, 0), false);
    Stream<LookupResult> results = lookup.getAll(stream);
    // A task may end before it has read its whole partition.
    TaskCompletionListener close = task -> results.close();
    TaskContext.get().addTaskCompletionListener(close);
    return results.map(SessionsJob::row).iterator();
  }

  private static Row row(LookupResult result) {
    return result.session().map(SessionsJob::row).orElseGet(() -> failure(result));
  }

  private static Row failure(LookupResult result) {
    String error = result.error().orElseThrow().toString();
    return RowFactory.create(result.sessionId(), null, null, null, null, error);
  }

  private static Row row(Session session) {
    return RowFactory.create(
        session.id(),
        session.status().name(),
        session.acusConsumed().orElse(null),
        session.toJson(),
        session.gaps().isEmpty() ? null : session.gaps().toString(),
        null);
  }
}
