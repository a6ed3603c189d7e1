// Which socket stands for a user, and which rooms the user is in. Both belong to the user, not to
// the socket: that is why a socket that connects while the old one is registered finds itself in
// its rooms, and loses them when the old one goes.

import { withoutNulls } from "./shapes.mjs";

export class Presence {
  #sockets = new Map(); // user id -> the socket that stands for the user
  #rooms = new Map(); // user id -> ids of the rooms joined over a socket

  constructor(world) {
    this.world = world;
  }

  /**
   * A user's socket came. An older one is told, and ends after a while; without a User-Agent the
   * new one is a zombie.
   */
  connected(socket) {
    const { userId } = socket.data;
    const older = this.#sockets.get(userId);
    if (older && !socket.handshake.headers["user-agent"]) {
      socket.data.zombie = true;
      socket.emit("error", { message: "세션이 만료되었습니다.", code: "SESSION_EXPIRED" });
      return;
    }
    if (older) this.#replace(older, socket);
    this.#sockets.set(userId, socket);
    socket.join(userChannel(userId));
    for (const roomId of this.rooms(userId)) socket.join(roomId);
    socket.on("disconnect", () => this.#disconnected(socket));
  }

  #replace(older, newer) {
    older.emit("duplicate_login", {
      type: "new_login_attempt",
      deviceInfo: newer.handshake.headers["user-agent"],
      ipAddress: newer.handshake.address,
      timestamp: Date.now(),
    });
    const end = {
      reason: "duplicate_login",
      message: "다른 기기에서 로그인하여 현재 세션이 종료되었습니다.",
    };
    setTimeout(() => older.emit("session_ended", end), this.world.settings.takeoverMs).unref();
  }

  #disconnected(socket) {
    const { userId } = socket.data;
    for (const roomId of [...this.rooms(userId)]) this.leave(userId, roomId);
    if (this.#sockets.get(userId) === socket) this.#sockets.delete(userId);
  }

  rooms(userId) {
    if (!this.#rooms.has(userId)) this.#rooms.set(userId, new Set());
    return this.#rooms.get(userId);
  }

  /**
   * Takes the user out of a room and tells those who stay: `message`, `participantsUpdate`,
   * `userLeft`.
   */
  leave(userId, roomId) {
    const { store, io } = this.world;
    this.rooms(userId).delete(roomId);
    io.in(userChannel(userId)).socketsLeave(roomId);
    const room = store.rooms.get(roomId);
    if (!room) return;
    room.participants.delete(userId);
    const { name } = store.person(userId);
    this.announce(room, `${name}님이 퇴장하였습니다.`);
    io.to(roomId).emit("userLeft", withoutNulls({ userName: name, userId }));
  }

  /** A system message and the people of a room, to everyone in it. */
  announce(room, content) {
    const { store, shapes, io } = this.world;
    this.tell(store.addMessage(room.id, { type: "system", content }));
    io.to(room.id).emit("participantsUpdate", shapes.participants(store, room));
  }

  tell(message) {
    const { store, shapes, io } = this.world;
    io.to(message.roomId).emit("message", shapes.liveMessage(store, message));
  }

  endSession(userId, reason, message) {
    this.world.io.to(userChannel(userId)).emit("session_ended", { reason, message });
  }
}

/** All sockets of one user, under a name that no room has: room ids are hexadecimal. */
function userChannel(userId) {
  return `user:${userId}`;
}
