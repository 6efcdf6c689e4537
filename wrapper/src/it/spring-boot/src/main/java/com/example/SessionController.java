package com.example;

import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionNotFoundException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SessionController {
  private final SessionLookup lookup;

  SessionController(SessionLookup lookup) {
    this.lookup = lookup;
  }

  @GetMapping("/sessions/{id}")
  Session session(@PathVariable String id) {
    return lookup.get(id);
  }

  @ExceptionHandler
  ProblemDetail notFound(SessionNotFoundException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
  }
}
