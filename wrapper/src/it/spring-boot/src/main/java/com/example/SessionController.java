package com.example;

import dev.devinsessions.PullRequest;
import dev.devinsessions.Session;
import dev.devinsessions.SessionLookup;
import dev.devinsessions.SessionMessage;
import dev.devinsessions.SessionNotFoundException;
import java.util.List;
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

  @GetMapping("/sessions/{id}/pull-requests")
  List<PullRequest> pullRequests(@PathVariable String id) {
    return lookup.get(id).pullRequests();
  }

  @GetMapping("/sessions/{id}/messages/{index}")
  SessionMessage message(@PathVariable String id, @PathVariable int index) {
    return lookup.get(id).messages().get(index);
  }

  @ExceptionHandler
  ProblemDetail notFound(SessionNotFoundException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
  }
}
