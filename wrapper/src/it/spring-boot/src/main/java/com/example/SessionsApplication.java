package com.example;

import dev.devinsessions.SessionLookup;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class SessionsApplication {
  public static void main(String[] args) {
    SpringApplication.run(SessionsApplication.class, args);
  }

  /** One lookup for the whole application, which closes it on shutdown. */
  @Bean
  SessionLookup sessionLookup(
      @Value("${devin.api-key}") String apiKey,
      @Value("${devin.base-url:https://api.devin.ai}") String baseUrl) {
    return SessionLookup.builder()
        .apiKey(apiKey)
        .baseUrl(baseUrl)
        .applicationName("sessions-application")
        .build();
  }
}
