package ktbload;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Streams of server-sent events, as notification services write them. */
@RestController
public class Events {
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

  /** An event at once, then {@code count} numbered ones, then the end; only for those with a token. */
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter subscribe(
      @RequestHeader(name = "Authorization", required = false) String token,
      @RequestHeader(name = "Last-Event-ID", required = false, defaultValue = "-1") int last,
      @RequestParam(defaultValue = "3") int count)
      throws IOException {
    if (!"Bearer good".equals(token)) {
      throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
    }
    SseEmitter emitter = new SseEmitter(0L);
    emitter.send(
        SseEmitter.event().name("connect").reconnectTime(100).data("EventStream [" + last + "]"));
    executor.schedule(() -> send(emitter, last + 1, last + count), 50, TimeUnit.MILLISECONDS);
    return emitter;
  }

  private static void send(SseEmitter emitter, int first, int last) {
    try {
      for (int number = first; number <= last; number++) {
        emitter.send(SseEmitter.event().comment("keep-alive"));
        Map<String, Object> said = Map.of("number", number, "text", "알림\n둘째 줄");
        emitter.send(SseEmitter.event().id(String.valueOf(number)).name("notice").data(said));
        emitter.send(SseEmitter.event().data("first line\nsecond line"));
      }
      emitter.complete();
    } catch (IOException error) {
      emitter.completeWithError(error);
    }
  }
}
