package dev.devinsessions.specs;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.openapitools.codegen.config.CodegenConfigurator;

/**
 * {@code make import-spec}: updates a file of {@code specs/} from a page of the documentation, and
 * reports the changes. Exit status 0: reported, and written unless identical or a dry run; 1:
 * rejected, with the reason on one line.
 */
public final class SpecImport {
  private final SpecFolder folder;
  private final List<String> lines = new ArrayList<>();

  private SpecImport(SpecFolder folder) {
    this.folder = folder;
  }

  /**
   * @param arguments a file; the name of a new API, or empty; optionally {@code --dry-run}
   */
  public static void main(String[] arguments) throws IOException {
    // UTF-8 in any locale, because pages may be in Chinese.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    // The generator asks for donations.
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    try {
      Path page = Path.of(arguments[0]);
      if (Files.size(page) > 5_000_000) {
        throw new PageException("the page is larger than 5 MB");
      }
      String report =
          run(
              Files.readAllBytes(page),
              arguments[1],
              new SpecFolder(Path.of("specs")),
              Path.of("generated-client/src/main/templates"),
              arguments.length > 2);
      Files.writeString(Path.of("generated-client/target/spec-report.md"), report);
      out.println(report);
    } catch (PageException e) {
      System.err.println("import-spec: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Returns the report, as Markdown.
   *
   * @param newApi the name of an API that has no file yet; else empty
   * @param templates the templates for a trial generation; null to skip it
   */
  static String run(
      byte[] bytes, String newApi, SpecFolder folder, Path templates, boolean isDryRun) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new SpecImport(folder).run(SpecPage.of(text), newApi, templates, isDryRun);
    } catch (CharacterCodingException e) {
      throw (PageException) new PageException("the page is not UTF-8 text").initCause(e);
    }
  }

  private String run(SpecPage page, String newApi, Path templates, boolean isDryRun) {
    Spec after = Spec.parse(page.yaml);
    SpecTarget target = SpecTarget.of(page, after, folder, newApi);
    // Rejects endless schemas, which the generator would hang on.
    Facts.of(after, target.path);
    if (templates != null) {
      generate(after, after.get(target.path), templates);
    }
    Spec before = target.isNew() ? after : folder.read(target.fileName);
    SortedMap<Impact, List<SpecDiff.Change>> changes =
        SpecDiff.between(before, target.pathInFile, after, target.path).stream()
            .collect(
                Collectors.groupingBy(
                    SpecDiff.Change::impact,
                    () -> new TreeMap<>(Comparator.reverseOrder()),
                    Collectors.toList()));
    Impact verdict =
        target.isNew() ? Impact.NEW : changes.isEmpty() ? Impact.IDENTICAL : changes.firstKey();
    lines.add("# " + Text.code(target.fileName) + ": " + verdict);
    changes.forEach(
        (impact, those) -> {
          lines.add("\n## " + impact + " (" + those.size() + ")\n");
          those.forEach(change -> lines.add("- " + change.describe("GET " + target.pathInFile)));
        });
    addOtherEdition(target, after);
    boolean writes = verdict != Impact.IDENTICAL && !isDryRun;
    if (writes) {
      folder.write(target.fileName, after, target.path);
    }
    String updated = "\nUpdated specs/%s and its row in specs/README.md. Next: %s.";
    String next =
        newApi.isEmpty() ? "make test" : "\"Adding a third API\" in generated-client/README.md";
    lines.add(writes ? String.format(updated, target.fileName, next) : "\nNothing was written.");
    return String.join("\n", lines) + "\n";
  }

  /** Reports how the other edition differs. */
  private void addOtherEdition(SpecTarget target, Spec after) {
    String other = target.otherEdition();
    if (!folder.lookupPaths().containsKey(other)) {
      return;
    }
    String path = folder.lookupPaths().get(other);
    List<String> drift =
        SpecDiff.between(after, target.path, folder.read(other), path).stream()
            .filter(SpecDiff.Change::isStructural)
            .map(change -> "- " + change.compare("GET " + path, target.fileName, other))
            .collect(Collectors.toList());
    if (!drift.isEmpty()) {
      String title =
          "\n## `%s` differs (%d)\n\nImport its page too; until then a test of the wrapper fails.\n";
      lines.add(String.format(title, other, drift.size()));
      lines.addAll(drift);
    }
  }

  /** Rejects a page from which no client can be generated. */
  private static void generate(Spec spec, Spec.Operation lookup, Path templates) {
    Path temporary = null;
    try {
      temporary = Files.createTempDirectory("spec");
      CodegenConfigurator configurator =
          Generator.configure(templates)
              .addOpenapiNormalizer("FILTER", "operationId:" + lookup.id());
      Generator.generate(configurator, spec.yaml, temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw (PageException)
          new PageException("no client can be generated from the page: %s", e).initCause(e);
    } finally {
      FileUtils.deleteQuietly(temporary == null ? null : temporary.toFile());
    }
  }
}
