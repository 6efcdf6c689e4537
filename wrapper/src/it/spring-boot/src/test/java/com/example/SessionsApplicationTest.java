package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.consumers.EmbeddedApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SessionsApplicationTest {
  private static EmbeddedApi api;

  @Autowired private TestRestTemplate http;
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
  void aSessionIsReturnedInItsJsonForm() {
    ResponseEntity<String> answer = http.getForEntity("/sessions/devin-1", String.class);

    assertEquals(MediaType.APPLICATION_JSON, answer.getHeaders().getContentType());
    assertEquals(lookup.get("devin-1"), Session.fromJson(answer.getBody()));
  }

  @Test
  void aClientReadsItAsASession() {
    assertEquals(lookup.get("devin-1"), http.getForObject("/sessions/devin-1", Session.class));
  }

  @Test
  void anUnknownIdIsNotFound() {
    ResponseEntity<String> answer =
        http.getForEntity("/sessions/" + EmbeddedApi.UNKNOWN, String.class);

    assertEquals(HttpStatus.NOT_FOUND, answer.getStatusCode());
  }

  @Test
  void theLookupIsClosedOnShutdown() {
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
}
