package dev.devinsessions.specs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads the text of a page from a file or an http(s) address, bounded in size and time. */
final class PageReader {
  /** The published pages have 10 kB. */
  static final int MAX_BYTES = 5 * 1024 * 1024;

  private final Duration timeout;

  /**
   * @param timeout for an address: from the call to the last byte of the page, redirects included
   */
  PageReader(Duration timeout) {
    this.timeout = timeout;
  }

  /** The text, decoded as UTF-8, without byte order mark and with `\n` at the ends of its lines. */
  String read(String page) {
    byte[] bytes = page.matches("(?i)https?://.*") ? fetch(page) : readFile(page);
    if (bytes.length > MAX_BYTES) {
      throw new Refusal(
          page
              + " is larger than 5 MB, which no page of this documentation is: nothing was imported");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return (text.startsWith("\uFEFF") ? text.substring(1) : text).replace("\r\n", "\n");
    } catch (CharacterCodingException e) {
      throw new Refusal(
          page + " is no UTF-8 text: download the Markdown edition of the page again", e);
    }
  }

  private static byte[] readFile(String page) {
    try {
      Path file = Path.of(page);
      if (!Files.exists(file)) {
        throw new Refusal(
            page + " does not exist: give the file or the http(s) address of a documentation page");
      }
      if (!Files.isRegularFile(file)) {
        throw new Refusal(page + " is no regular file: save the page to a file and give that");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return in.readNBytes(MAX_BYTES + 1);
      }
    } catch (IOException | InvalidPathException e) {
      throw new Refusal(
          page + " cannot be read (" + e + "): check the path and its permissions", e);
    }
  }

  private byte[] fetch(String address) {
    FutureTask<byte[]> download = new FutureTask<>(() -> download(uri(address)));
    // A thread of its own: a body that stalls blocks its reader, and nothing but giving up on that
    // thread ends it.
    Thread reader = new Thread(download, "page-download");
    reader.setDaemon(true);
    reader.start();
    try {
      return download.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      download.cancel(true);
      throw new Refusal(
          address
              + " did not answer in full within "
              + timeout.toSeconds()
              + " s: try again, or save the page to a file",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refusal) {
        throw (Refusal) e.getCause();
      }
      throw new Refusal(
          address + " cannot be downloaded (" + e.getCause() + "): check the address",
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("the download of " + address + " was interrupted: import again", e);
    }
  }

  private byte[] download(URI address) throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(timeout)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Accept", "text/markdown, text/plain, */*")
            .build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new Refusal(
            address + " answered with status " + response.statusCode() + ": check the address");
      }
      return body.readNBytes(MAX_BYTES + 1);
    }
  }

  private static URI uri(String address) {
    try {
      URI uri = URI.create(address);
      if (uri.getHost() == null) {
        throw new Refusal(address + " names no host: give the whole address of the page");
      }
      return uri;
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          address + " is no address (" + e.getMessage() + "): give the whole address of the page",
          e);
    }
  }
}
