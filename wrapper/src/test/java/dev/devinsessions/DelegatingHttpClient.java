package dev.devinsessions;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A decorated client, as applications use for metrics, that records its requests. */
final class DelegatingHttpClient extends HttpClient {
  /** Decides what happens to a request. */
  interface Interceptor {
    CompletableFuture<?> intercept(HttpRequest request, Supplier<CompletableFuture<?>> send);
  }

  final List<HttpRequest> requests = new CopyOnWriteArrayList<>();
  volatile Interceptor interceptor = (request, send) -> send.get();

  /** Called with each future body. */
  volatile Consumer<CompletionStage<?>> onBody = body -> {};

  private final HttpClient decorated = HttpClient.newHttpClient();

  @Override
  @SuppressWarnings("unchecked") // Interceptors are not generic.
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> body) {
    requests.add(request);
    return (CompletableFuture<HttpResponse<T>>)
        interceptor.intercept(request, () -> decorated.sendAsync(request, observed(body)));
  }

  private <T> HttpResponse.BodyHandler<T> observed(HttpResponse.BodyHandler<T> handler) {
    return head -> {
      HttpResponse.BodySubscriber<T> subscriber = handler.apply(head);
      onBody.accept(subscriber.getBody());
      return subscriber;
    };
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> body,
      HttpResponse.PushPromiseHandler<T> pushes) {
    return decorated.sendAsync(request, body, pushes);
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    return decorated.send(request, body);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return decorated.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return decorated.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return decorated.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return decorated.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return decorated.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return decorated.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return decorated.authenticator();
  }

  @Override
  public HttpClient.Version version() {
    return decorated.version();
  }

  @Override
  public Optional<Executor> executor() {
    return decorated.executor();
  }
}
