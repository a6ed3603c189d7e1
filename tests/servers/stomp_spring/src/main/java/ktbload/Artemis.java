package ktbload;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.ServerSocket;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.springframework.stereotype.Component;

/** A broker that knows receipts, embedded: Apache ActiveMQ Artemis, STOMP over WebSocket. */
@Component
public class Artemis {
  private final int port = freePort();
  private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();

  Artemis() throws Exception {
    broker.setConfiguration(
        new ConfigurationImpl()
            .setPersistenceEnabled(false)
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false)
            .addAcceptorConfiguration(
                "stomp",
                "tcp://127.0.0.1:" + port
                    + "?protocols=STOMP;httpEnabled=true;webSocketEncoderType=text"));
    broker.start();
  }

  int port() {
    return port;
  }

  @PreDestroy
  void stop() throws Exception {
    broker.stop();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException error) {
      throw new IllegalStateException(error);
    }
  }
}
