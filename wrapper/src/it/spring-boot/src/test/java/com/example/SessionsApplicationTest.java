package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devinsessions.PullRequest;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionMessage;
import dev.devinsessions.consumers.EmbeddedApi;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SessionsApplicationTest {
  private static EmbeddedApi api;

  @LocalServerPort private int port;
  @Autowired private SessionLookup lookup;

  @DynamicPropertySource
  static void startApi(DynamicPropertyRegistry properties) throws Exception {
    api = EmbeddedApi.start();
    properties.add("devin.api-key", () -> EmbeddedApi.KEY);
    properties.add("devin.base-url", api::baseUrl);
  }

  @AfterAll
  static void closeApi() {
    api.close();
  }

  @Test
  void returnsASessionInItsJsonForm() {
    ResponseEntity<String> response = get("/sessions/devin-1").toEntity(String.class);

    assertEquals(MediaType.APPLICATION_JSON, response.getHeaders().getContentType());
    assertEquals(lookup.get("devin-1"), Session.fromJson(response.getBody()));
  }

  @Test
  void letsAClientReadASession() {
    assertEquals(lookup.get("devin-1"), get("/sessions/devin-1").body(Session.class));
  }

  @Test
  void returnsPullRequests() {
    String path = "/sessions/devin-1/pull-requests";

    assertTrue(get(path).body(String.class).contains("\"state\":\"merged\""));
    assertEquals(
        lookup.get("devin-1").pullRequests(),
        get(path).body(new ParameterizedTypeReference<List<PullRequest>>() {}));
  }

  @Test
  void returnsAMessage() {
    SessionMessage message = get("/sessions/devin-1/messages/0").body(SessionMessage.class);

    assertEquals("Remove the flag.", message.message());
    assertEquals(lookup.get("devin-1").messages().get(0), message);
  }

  @Test
  void returns404ForAnUnknownId() {
    assertThrows(
        HttpClientErrorException.NotFound.class,
        () -> get("/sessions/" + EmbeddedApi.UNKNOWN).toBodilessEntity());
  }

  @Test
  void closesTheLookupOnShutdown() {
    ConfigurableApplicationContext application =
        SpringApplication.run(
            SessionsApplication.class,
            "--server.port=0",
            "--devin.api-key=" + EmbeddedApi.KEY,
            "--devin.base-url=" + api.baseUrl());
    SessionLookup itsLookup = application.getBean(SessionLookup.class);
    itsLookup.get("devin-1");

    application.close();

    assertThrows(IllegalStateException.class, () -> itsLookup.get("devin-1"));
  }

  private RestClient.ResponseSpec get(String path) {
    return RestClient.create("http://localhost:" + port).get().uri(path).retrieve();
  }
}
