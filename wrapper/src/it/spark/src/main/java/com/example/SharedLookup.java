package com.example;

import dev.devinsessions.SessionLookup;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/** The lookup object of a JVM: all tasks of an executor share its connections and its budget. */
final class SharedLookup {
  private static SessionLookup lookup;

  private SharedLookup() {}

  /**
   * The one that the first task makes. The key is in the environment of the executors, because
   * Spark shows its configuration to everybody.
   */
  static synchronized SessionLookup get(int requestsAtOnce) {
    if (lookup == null) {
      SparkConf settings = SparkEnv.get().conf();
      lookup =
          SessionLookup.builder()
              .apiKey(System.getenv("DEVIN_API_KEY"))
              .baseUrl(settings.get("spark.devin.baseUrl", "https://api.devin.ai"))
              .maxConcurrency(requestsAtOnce)
              .build();
      Runtime.getRuntime().addShutdownHook(new Thread(lookup::close));
    }
    return lookup;
  }
}
