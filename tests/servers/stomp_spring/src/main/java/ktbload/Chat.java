package ktbload;

import java.util.Map;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.stereotype.Controller;

/** What rooms answer. */
@Controller
public class Chat {
  private final SimpMessagingTemplate template;

  Chat(SimpMessagingTemplate template) {
    this.template = template;
  }

  /** Jackson makes JSON of it. */
  @MessageMapping("/room/{room}")
  @SendTo("/sub/room/{room}")
  Map<String, Object> say(
      @DestinationVariable String room,
      @Header(name = "mark", required = false) String mark,
      @Payload Map<String, Object> said) {
    return Map.of("room", room, "said", said, "mark", String.valueOf(mark));
  }

  /** A text stays a text. */
  @MessageMapping("/text")
  @SendTo("/sub/text")
  String shout(@Payload String said) {
    return said.toUpperCase();
  }

  @SubscribeMapping("/welcome")
  Map<String, Object> welcome() {
    return Map.of("hello", "안녕");
  }

  /** Sends many messages at once. */
  @MessageMapping("/flood")
  void flood(@Payload Map<String, Integer> wanted) {
    for (int number = 0; number < wanted.get("count"); number++) {
      template.convertAndSend("/sub/flood", Map.of("number", number, "text", "가".repeat(wanted.get("size"))));
    }
  }
}
