package dev.devinsessions;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/** A client that gets its responses from a function instead of a network. */
final class StubHttpClient extends HttpClient {
  /** A status, a header and a body. */
  static final class Response {
    final int status;
    final Map<String, List<String>> headers;
    final byte[] body;

    Response(int status, Map<String, List<String>> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    static Response of(int status, String body) {
      return new Response(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private final Function<HttpRequest, CompletableFuture<Response>> responses;

  StubHttpClient(Function<HttpRequest, CompletableFuture<Response>> responses) {
    this.responses = responses;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    return responses.apply(request).thenCompose(response -> respond(request, handler, response));
  }

  private static <T> CompletableFuture<HttpResponse<T>> respond(
      HttpRequest request, HttpResponse.BodyHandler<T> handler, Response response) {
    HttpHeaders headers = HttpHeaders.of(response.headers, (name, value) -> true);
    HttpResponse.BodySubscriber<T> subscriber =
        handler.apply(
            new HttpResponse.ResponseInfo() {
              @Override
              public int statusCode() {
                return response.status;
              }

              @Override
              public HttpHeaders headers() {
                return headers;
              }

              @Override
              public Version version() {
                return Version.HTTP_1_1;
              }
            });
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long items) {}

          @Override
          public void cancel() {}
        });
    // The response is for the session that is requested; one char a byte, because it may be gzip.
    String id = request.uri().getPath().replaceAll(".*/", "");
    String body = new String(response.body, StandardCharsets.ISO_8859_1).replace(FakeApi.ID, id);
    subscriber.onNext(List.of(ByteBuffer.wrap(body.getBytes(StandardCharsets.ISO_8859_1))));
    subscriber.onComplete();
    return subscriber
        .getBody()
        .toCompletableFuture()
        .thenApply(read -> response(request, response.status, headers, read));
  }

  /** A response with any body, to no particular request. */
  static <T> HttpResponse<T> response(int status, T body) {
    return response(
        HttpRequest.newBuilder(URI.create("http://localhost")).build(),
        status,
        HttpHeaders.of(Map.of(), (name, value) -> true),
        body);
  }

  private static <T> HttpResponse<T> response(
      HttpRequest request, int status, HttpHeaders headers, T body) {
    return new HttpResponse<>() {
      @Override
      public int statusCode() {
        return status;
      }

      @Override
      public HttpRequest request() {
        return request;
      }

      @Override
      public Optional<HttpResponse<T>> previousResponse() {
        return Optional.empty();
      }

      @Override
      public HttpHeaders headers() {
        return headers;
      }

      @Override
      public T body() {
        return body;
      }

      @Override
      public Optional<SSLSession> sslSession() {
        return Optional.empty();
      }

      @Override
      public URI uri() {
        return request.uri();
      }

      @Override
      public Version version() {
        return Version.HTTP_1_1;
      }
    };
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    throw new UnsupportedOperationException("every request goes through sendAsync");
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.PushPromiseHandler<T> pushHandler) {
    throw new UnsupportedOperationException("no push was requested");
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return Optional.empty();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return Optional.empty();
  }

  @Override
  public Redirect followRedirects() {
    return Redirect.NEVER;
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return Optional.empty();
  }

  @Override
  public SSLContext sslContext() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SSLParameters sslParameters() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return Optional.empty();
  }

  @Override
  public Version version() {
    return Version.HTTP_1_1;
  }

  @Override
  public Optional<Executor> executor() {
    return Optional.empty();
  }
}
