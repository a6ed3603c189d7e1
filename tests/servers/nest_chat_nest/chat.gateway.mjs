// The namespace /chat. A message goes to the others in its room; nothing is acknowledged.
import { Inject } from "@nestjs/common";
import { JwtService } from "@nestjs/jwt";
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway, WsException } from "@nestjs/websockets";
import { ChatService } from "./chat.service.mjs";
import { decorateClass, decorateConstructor, decorateMethod } from "./decorate.mjs";

/** What the gateway answers where the service refuses. */
async function orError(client, message, work) {
  try {
    await work();
  } catch (error) {
    client.emit("error", { message, error: error.message });
  }
}

/** The room of all sockets of one user. */
const personal = (userUuid) => `user:${userUuid}`;

export class ChatGateway {
  constructor(service, jwt) {
    this.service = service;
    this.jwt = jwt;
  }

  async handleConnection(client) {
    const { auth, headers } = client.handshake;
    const token = auth.token || headers.authorization?.replace("Bearer ", "");
    if (!token) {
      client.emit("error", { message: "인증 토큰이 필요합니다." });
      client.disconnect();
      return;
    }
    try {
      const { userUuid } = this.jwt.verify(token);
      client.data.userUuid = userUuid;
      await client.join(personal(userUuid));
      for (const room of this.service.roomsOf(userUuid)) await client.join(room.roomUuid);
      client.emit("connected", { message: "채팅 서버에 연결되었습니다.", userUuid });
    } catch {
      client.disconnect();
    }
  }

  async joinRoom(body, client) {
    await orError(client, "채팅방 입장에 실패했습니다.", async () => {
      this.service.room(client.data.userUuid, body.roomUuid);
      const isNew = !client.rooms.has(body.roomUuid);
      await client.join(body.roomUuid);
      client.emit("joinedRoom", { roomUuid: body.roomUuid });
      if (isNew) client.to(body.roomUuid).emit("systemMessage", { message: "새 참여자가 입장했습니다." });
    });
  }

  async leaveRoom(body, client) {
    await client.leave(body.roomUuid);
    client.emit("leftRoom", { roomUuid: body.roomUuid });
  }

  async sendMessage(body, client) {
    if (typeof body?.message !== "object") throw new WsException("message should not be empty");
    await orError(client, "메시지 전송에 실패했습니다.", async () => {
      const message = this.service.send(client.data.userUuid, body.roomUuid, body.message);
      client.to(body.roomUuid).emit("newMessage", message);
      await this.notifyAbsent(client, body.roomUuid, message.content);
    });
  }

  async notifyAbsent(client, roomUuid, message) {
    const sockets = await client.nsp.in(roomUuid).fetchSockets();
    const here = new Set([client.data.userUuid, ...sockets.map((socket) => socket.data.userUuid)]);
    for (const { userUuid } of this.service.room(client.data.userUuid, roomUuid).participants) {
      if (!here.has(userUuid)) client.nsp.to(personal(userUuid)).emit("notification", { roomUuid, message });
    }
  }

  async markAsRead(body, client) {
    const { userUuid } = client.data;
    await orError(client, "메시지 읽음 처리에 실패했습니다.", () => {
      this.service.markAsRead(userUuid, body.roomUuid);
      client.to(body.roomUuid).emit("messagesRead", { roomUuid: body.roomUuid, userUuid, timestamp: new Date() });
    });
  }

  typing({ roomUuid, isTyping }, client) {
    const { userUuid } = client.data;
    client.to(roomUuid).emit("userTyping", { roomUuid, userUuid, isTyping });
  }
}

decorateClass(ChatGateway, WebSocketGateway({ cors: { origin: "*" }, namespace: "/chat" }));
decorateConstructor(ChatGateway, Inject(ChatService), Inject(JwtService));
for (const event of ["joinRoom", "leaveRoom", "sendMessage", "markAsRead", "typing"]) {
  decorateMethod(ChatGateway, event, [SubscribeMessage(event)], [MessageBody(), ConnectedSocket()]);
}
