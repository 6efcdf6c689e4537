package dev.devinsessions.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A bar for each client, as long as what it costs over the floor. */
final class Chart {
  private static final int LEFT = 300;
  private static final int UNIT = 110;
  private static final int BAR = 13;
  private static final int TOP = 40;
  private static final Map<String, String> COLOURS =
      Map.of(Subject.OURS, "#2f6fdb", Subject.NATIVE, "#e0a030", Subject.OKHTTP_GSON, "#a05a9c");
  private static final List<String> BARS =
      List.of(Subject.OURS, Subject.NATIVE, Subject.OKHTTP_GSON);

  private final StringBuilder svg = new StringBuilder();

  private Chart() {}

  static String of(List<Row> rows) {
    return new Chart().draw(rows.stream().filter(row -> row.samples().size() > 2).toList());
  }

  private String draw(List<Row> rows) {
    int height = TOP + rows.size() * (BARS.size() * BAR + 12) + 10;
    svg.append(
        String.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"760\" height=\"%d\" fill=\"white\"/>%n",
            height, height));
    text(10, 20, "start", "cost as a multiple of the floor (line at 1); less is better");
    int y = TOP;
    for (Row row : rows) {
      text(LEFT - 8, y + BAR * 2 - 3, "end", row.title().replace("`", ""));
      for (String subject : BARS) {
        bar(y, subject, Ratio.of(row.samples().get(subject), row.samples().get(Subject.FLOOR)));
        y += BAR;
      }
      y += 12;
    }
    svg.append(
        String.format(
            "<path d=\"M%d %d V%d\" stroke=\"#333\" stroke-dasharray=\"3 3\"/>%n</svg>%n",
            LEFT + UNIT, TOP - 6, height - 10));
    return svg.toString();
  }

  private void bar(int y, String subject, Ratio overFloor) {
    double width = Math.min(overFloor.median() * UNIT, 330);
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
            LEFT,
            y,
            width,
            BAR - 2,
            COLOURS.get(subject)));
    text(
        (int) (LEFT + width + 5),
        y + BAR - 3,
        "start",
        String.format(Locale.ROOT, "%.2f %s", overFloor.median(), subject));
  }

  private void text(int x, int y, String anchor, String text) {
    svg.append(
        String.format(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
  }
}
