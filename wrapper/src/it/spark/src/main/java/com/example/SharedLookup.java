package com.example;

import dev.devinsessions.SessionLookup;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/** The only {@code SessionLookup} of a JVM: all tasks of an executor share its connections. */
final class SharedLookup {
  private static SessionLookup lookup;

  private SharedLookup() {}

  /**
   * Creates it for the first task. The key comes from the environment, because Spark's web pages
   * show its configuration.
   */
  static synchronized SessionLookup get(int maxConcurrency) {
    if (lookup == null) {
      SparkConf settings = SparkEnv.get().conf();
      lookup =
          SessionLookup.builder()
              .fromEnvironment()
              .baseUrl(settings.get("spark.devin.baseUrl", "https://api.devin.ai"))
              .maxConcurrency(maxConcurrency)
              .build();
      Runtime.getRuntime().addShutdownHook(new Thread(lookup::close));
    }
    return lookup;
  }
}
