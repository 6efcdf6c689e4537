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

/** Reads ids, one a line, and writes a row a session: {@code SessionsJob <ids> <sessions>}. */
public final class SessionsJob {
  /** Requests in flight at once that the API is to be asked at most, by all machines together. */
  static final int REQUEST_BUDGET = 64;

  static final StructType COLUMNS =
      StructType.fromDDL(
          "id STRING, status STRING, acus DECIMAL(18, 6), session STRING, error STRING");

  private SessionsJob() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession spark = SparkSession.builder().appName("sessions").getOrCreate()) {
      int executors = spark.sparkContext().conf().getInt("spark.executor.instances", 1);
      sessions(spark.read().textFile(args[0]), REQUEST_BUDGET / executors).write().parquet(args[1]);
    }
  }

  /**
   * Looks ids up as the result is read. Every action on it does that anew, and a sort twice: write
   * it out first, work with what was written.
   *
   * @param requestsAtOnce in one JVM, whose tasks share them
   */
  static Dataset<Row> sessions(Dataset<String> ids, int requestsAtOnce) {
    MapPartitionsFunction<String, Row> lookUp = partition -> lookUp(partition, requestsAtOnce);
    return ids.mapPartitions(lookUp, Encoders.row(COLUMNS));
  }

  private static Iterator<Row> lookUp(Iterator<String> ids, int requestsAtOnce) {
    SessionLookup lookup = SharedLookup.get(requestsAtOnce);
    Stream<String> stream =
        StreamSupport.stream(Spliterators.spliteratorUnknownSize(ids, 0), false);
    Stream<LookupResult> results = lookup.getAll(stream);
    // A task may be cancelled, or have read enough, before the end of its partition.
    TaskCompletionListener close = task -> results.close();
    TaskContext.get().addTaskCompletionListener(close);
    return results.map(SessionsJob::row).iterator();
  }

  private static Row row(LookupResult result) {
    return result
        .session()
        .map(SessionsJob::row)
        .orElseGet(
            () ->
                RowFactory.create(
                    result.sessionId(), null, null, null, result.error().orElseThrow().toString()));
  }

  private static Row row(Session session) {
    return RowFactory.create(
        session.id(),
        session.status().name(),
        session.acusConsumed().orElse(null),
        session.toJson(),
        null);
  }
}
