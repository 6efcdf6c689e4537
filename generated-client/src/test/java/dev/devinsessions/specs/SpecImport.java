package dev.devinsessions.specs;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Renews a file of {@code specs/} from a page of the documentation and reports what that changes.
 * Started by {@code make import-spec PAGE=<file or URL>} in the root of the repository; {@code
 * --dry-run} reports and leaves {@code specs/} alone.
 *
 * <p>Exit status 0: reported, and written unless identical; 1: refused, with one line that says
 * why; 2: misuse.
 */
public final class SpecImport {
  private static final Duration DOWNLOAD_TIMEOUT = Duration.ofSeconds(30);

  private final PageReader reader;
  private final SpecFolder folder;
  private final Path reportFile;
  private final PrintStream out;
  private final PrintStream err;

  SpecImport(
      PageReader reader, SpecFolder folder, Path reportFile, PrintStream out, PrintStream err) {
    this.reader = reader;
    this.folder = folder;
    this.reportFile = reportFile;
    this.out = out;
    this.err = err;
  }

  /** Imports the page that the argument names, a file or an http(s) address. */
  public static void main(String[] args) {
    // UTF-8 whatever the locale: half of the prose may be Chinese.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    SpecFolder folder = new SpecFolder(Path.of("specs"), Clock.systemDefaultZone());
    Path report = Path.of("generated-client/target/spec-report.md");
    System.exit(
        new SpecImport(new PageReader(DOWNLOAD_TIMEOUT), folder, report, out, err).run(args));
  }

  /** The exit status. */
  int run(String... args) {
    List<String> pages = new ArrayList<>(Arrays.asList(args));
    boolean dryRun = pages.removeIf("--dry-run"::equals);
    if (pages.size() != 1 || pages.get(0).isBlank() || pages.get(0).startsWith("--")) {
      err.println(
          "import-spec: name one page, a file or an http(s) address: make import-spec PAGE=page.md");
      return 2;
    }
    try {
      run(pages.get(0).strip(), dryRun);
      return 0;
    } catch (Refusal e) {
      err.println("import-spec: " + e.getMessage());
      return 1;
    }
  }

  private void run(String place, boolean dryRun) {
    // A report of an earlier import must not pass for this one's.
    writeReport(null);
    SpecPage page = SpecPage.of(reader.read(place));
    SpecDocument young = SpecDocument.parse(page.yaml());
    SpecTarget target = SpecTarget.of(page, young, folder);
    SpecDocument old = folder.read(target.fileName());
    String lookup = target.spec().operation();
    List<Change> changes =
        SpecDiff.between(
            old, SpecTarget.pathOnFile(target.spec(), old), young, target.path(), lookup);
    SpecReport report = new SpecReport(target.fileName(), target.edition(), lookup, changes);
    String markdown =
        report.markdown(
            place.matches("(?i)https?://.*") ? place : String.valueOf(Path.of(place).getFileName()),
            Text.sha256(old.yaml()),
            Text.sha256(young.yaml()),
            drift(target, young));
    writeReport(markdown);
    boolean write = report.verdict() != Impact.IDENTICAL && !dryRun;
    if (write) {
      folder.replace(target.fileName(), young.yaml());
    }
    out.print(markdown);
    out.println();
    out.println(
        write
            ? "Renewed specs/"
                + target.fileName()
                + " and its row in specs/README.md. Next: make test."
            : "Nothing was written"
                + (dryRun && report.verdict() != Impact.IDENTICAL ? " (dry run)." : "."));
  }

  /**
   * Structural differences from the English to the translated edition, as they will be after this
   * import.
   */
  private List<Change> drift(SpecTarget target, SpecDocument young) {
    String otherFile = target.spec().fileName(target.edition().other());
    if (!folder.has(otherFile)) {
      return List.of();
    }
    SpecDocument other = folder.read(otherFile);
    String otherPath = SpecTarget.pathOnFile(target.spec(), other);
    boolean english = target.edition() == KnownSpec.Edition.ENGLISH;
    String lookup = target.spec().operation();
    return SpecDiff.between(
            english ? young : other,
            english ? target.path() : otherPath,
            english ? other : young,
            english ? otherPath : target.path(),
            lookup)
        .stream()
        .filter(change -> Judgement.of(change, lookup).impact() != Impact.PROSE_ONLY)
        .collect(Collectors.toList());
  }

  private void writeReport(String markdown) {
    try {
      if (markdown == null) {
        Files.deleteIfExists(reportFile);
      } else {
        Files.createDirectories(reportFile.toAbsolutePath().getParent());
        Files.writeString(reportFile, markdown);
      }
    } catch (IOException e) {
      throw new Refusal(
          reportFile
              + " cannot be written ("
              + e
              + "): nothing was imported, check its permissions",
          e);
    }
  }
}
