package dev.devinsessions.bench;

import java.util.Map;

/** Takes one measurement. */
interface Probe {
  String TIME = "time";
  String CPU_TIME = "cpu time";
  String BYTES = "bytes";

  /** Figures by name; times are in milliseconds. */
  Map<String, Double> measure() throws Exception;
}
