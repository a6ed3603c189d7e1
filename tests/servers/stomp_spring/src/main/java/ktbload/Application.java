package ktbload;

import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/**
 * Prints one line of JSON when it listens, and ends when its input ends.
 *
 * <p>{@code ws://.../ws} is Spring's simple broker, {@code ws://.../sockjs/websocket} the same
 * behind SockJS, {@code http://.../events/*} are streams of SseEmitter; {@code broker} of the ready
 * line is Artemis, with STOMP over WebSocket.
 */
@SpringBootApplication
public class Application {
  public static void main(String[] args) throws IOException {
    SpringApplication.run(Application.class, args);
    while (System.in.read() >= 0) {
      // what is said does not matter
    }
    System.exit(0);
  }

  private final Artemis artemis;

  Application(Artemis artemis) {
    this.artemis = artemis;
  }

  @EventListener
  void listening(ServletWebServerInitializedEvent event) {
    int port = event.getWebServer().getPort();
    System.out.printf(
        "{\"http\": \"http://127.0.0.1:%d\", \"ws\": \"ws://127.0.0.1:%d\", \"broker\": \"ws://127.0.0.1:%d\"}%n",
        port, port, artemis.port());
    System.out.flush();
  }
}
