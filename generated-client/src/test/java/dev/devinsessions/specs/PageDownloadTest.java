package dev.devinsessions.specs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that are given by their address, from a site on the loopback interface. */
class PageDownloadTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String ZH_PAGE = ImportBench.page("v2-enterprise-get-session.zh.md");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch finished = new CountDownLatch(1);
  private HttpServer site;

  @TempDir Path folder;
  private ImportBench bench;
  private Map<String, String> before;

  @BeforeEach
  void startSite() throws IOException {
    bench = new ImportBench(folder, BOUND);
    before = bench.files();
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.setExecutor(threads);
    site.start();
  }

  @AfterEach
  void stopSite() {
    finished.countDown();
    site.stop(0);
    threads.shutdownNow();
  }

  @Test
  void a_page_is_downloaded_through_redirects() {
    answer("/page.md", exchange -> send(exchange, 200, ZH_PAGE));
    answer(
        "/moved.md",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/page.md");
          send(exchange, 308, "");
        });

    assertEquals(0, bench.importFrom(address("/moved.md")), bench.err());

    assertTrue(
        bench.out().startsWith("# `v2-enterprise.zh.yaml` (Chinese): identical\n"), bench.out());
    assertTrue(bench.out().contains("- page: `" + address("/moved.md") + "`\n"), bench.out());
  }

  @Test
  void a_missing_page_is_refused() {
    assertEquals(1, bench.importFrom(address("/missing.md")));
    assertRefused("answered with status 404");
  }

  @Test
  void a_page_of_html_is_refused() {
    answer("/page", exchange -> send(exchange, 200, "<html></html>"));

    assertEquals(1, bench.importFrom(address("/page")));

    assertRefused(
        "the page is HTML: download its Markdown edition (its address with .md at the end)");
  }

  @Test
  void a_page_cut_off_by_its_site_is_refused() {
    answer(
        "/page.md",
        exchange -> {
          exchange.sendResponseHeaders(200, ZH_PAGE.length() + 1000);
          exchange
              .getResponseBody()
              .write(ZH_PAGE.substring(0, 5000).getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
        });

    assertEquals(1, bench.importFrom(address("/page.md")));

    assertRefused("cannot be downloaded");
  }

  @Test
  void a_page_without_end_is_refused() {
    answer(
        "/page.md",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] lines = "openapi\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
          while (finished.getCount() > 0) {
            exchange.getResponseBody().write(lines);
          }
        });

    assertTimeoutPreemptively(BOUND, () -> assertEquals(1, bench.importFrom(address("/page.md"))));

    assertRefused("is larger than 5 MB");
  }

  @Test
  void a_page_that_stalls_is_refused() throws IOException {
    bench = new ImportBench(Files.createDirectory(folder.resolve("hasty")), Duration.ofSeconds(1));
    answer(
        "/page.md",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('#');
          exchange.getResponseBody().flush();
          await(finished);
        });

    assertTimeoutPreemptively(BOUND, () -> assertEquals(1, bench.importFrom(address("/page.md"))));

    assertRefused("did not answer in full within 1 s");
  }

  @Test
  void what_is_no_address_is_refused() {
    assertEquals(1, bench.importFrom("https:///page.md"));
    assertRefused("names no host");
    assertEquals(1, bench.importFrom("http://local host/"));
    assertRefused("is no address");
    assertEquals(1, bench.importFrom("http://127.0.0.1:1/page.md"));
    assertRefused("cannot be downloaded");
  }

  @Test
  void the_report_of_an_earlier_page_does_not_stay() throws IOException {
    Files.createDirectories(bench.reportFile().getParent());
    Files.writeString(bench.reportFile(), "old");

    assertEquals(1, bench.importFrom(address("/missing.md")));

    assertTrue(Files.notExists(bench.reportFile()));
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private void answer(String path, Handler handler) {
    site.createContext(
        path,
        exchange -> {
          try {
            handler.handle(exchange);
          } finally {
            exchange.close();
          }
        });
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private String address(String path) {
    return "http://" + site.getAddress().getHostString() + ":" + site.getAddress().getPort() + path;
  }

  private void assertRefused(String reason) {
    assertTrue(bench.err().contains(reason), bench.err());
    assertEquals(1, bench.err().lines().count(), bench.err());
    assertEquals("", bench.out());
    assertEquals(before, bench.files());
  }
}
