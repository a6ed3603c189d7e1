package ktbload;

import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Spring's broker as chat back ends set it up: {@code /pub} to controllers, {@code /sub} from the broker. */
@Configuration
@EnableWebSocketMessageBroker
public class SimpleBroker implements WebSocketMessageBrokerConfigurer {
  @Value("${heart-beat-ms:10000}")
  private long heartBeatMs;

  @Override
  public void registerStompEndpoints(StompEndpointRegistry registry) {
    registry.addEndpoint("/ws").setAllowedOriginPatterns("*").addInterceptors(new Door());
    registry.addEndpoint("/sockjs").setAllowedOriginPatterns("*").withSockJS();
  }

  @Override
  public void configureMessageBroker(MessageBrokerRegistry registry) {
    ThreadPoolTaskScheduler beats = new ThreadPoolTaskScheduler();
    beats.initialize();
    registry
        .enableSimpleBroker("/sub")
        .setHeartbeatValue(new long[] {heartBeatMs, heartBeatMs})
        .setTaskScheduler(beats);
    registry.setApplicationDestinationPrefixes("/pub");
    registry.setPreservePublishOrder(true);
  }

  /** One thread: else SUBSCRIBE and the SEND behind it may overtake each other. */
  @Override
  public void configureClientInboundChannel(ChannelRegistration registration) {
    registration.interceptors(new Guard());
    registration.taskExecutor().corePoolSize(1).maxPoolSize(1);
  }

  /** Lets nobody in whose token is bad: on CONNECT, and on SUBSCRIBE to a forbidden room. */
  private static class Guard implements ChannelInterceptor {
    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
      StompHeaderAccessor frame = StompHeaderAccessor.wrap(message);
      boolean connects = StompCommand.CONNECT.equals(frame.getCommand());
      if (connects && !"Bearer good".equals(frame.getFirstNativeHeader("Authorization"))) {
        throw new IllegalArgumentException("bad token: no way in");
      }
      if ("/sub/forbidden".equals(frame.getDestination())) {
        throw new IllegalArgumentException("not a member");
      }
      return message;
    }
  }

  /** Refuses handshakes whose cookie says so. */
  private static class Door implements HandshakeInterceptor {
    @Override
    public boolean beforeHandshake(
        ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
        Map<String, Object> attributes) {
      String cookie = request.getHeaders().getFirst("Cookie");
      if (cookie == null || !cookie.contains("jwt_token=bad")) {
        return true;
      }
      response.setStatusCode(HttpStatus.UNAUTHORIZED);
      return false;
    }

    @Override
    public void afterHandshake(
        ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
        Exception exception) {
      // nothing to undo
    }
  }
}
