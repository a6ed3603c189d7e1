// The Socket.IO server: who is let in, what happens on connecting, and the way of an event to its
// handler.

import { Server } from "socket.io";
import { EVENTS } from "./socket_events.mjs";
import { readToken } from "./tokens.mjs";

const OPTIONS = {
  path: "/socket.io/",
  pingInterval: 25_000,
  pingTimeout: 60_000,
  maxHttpBufferSize: 65_536,
  cors: { origin: "*" },
};

export function socketServer(world, httpServer) {
  const io = new Server(httpServer, OPTIONS);
  io.engine.on("connection", rememberBareConnect);
  io.use((socket, next) => admit(world, socket, next));
  io.on("connection", (socket) => {
    if (socket.data.userId) world.presence.connected(socket);
    listenTo(world, socket);
  });
  return io;
}

/**
 * Socket.IO gives `{}` where a client sent no auth payload; only the raw packet `0` tells the two
 * apart.
 */
function rememberBareConnect(connection) {
  connection.on("packet", ({ type, data }) => {
    if (type === "message" && data === "0") connection.sentBareConnect = true;
  });
}

/**
 * A CONNECT without any auth payload gets in, as nobody; every other must carry a good token and a
 * live session.
 */
function admit({ store }, socket, next) {
  if (socket.conn.sentBareConnect) return next();
  const { token, sessionId } = socket.handshake.auth;
  if (typeof token !== "string" || typeof sessionId !== "string")
    return refuseWithText(socket, "Authentication error");
  const claims = readToken(token);
  if (!claims) return next(new Error("Invalid token"));
  if (!store.users.has(claims.sub)) return next(new Error("User not found"));
  if (!store.sessionLives(claims.sub, sessionId)) return next(new Error("Invalid session"));
  Object.assign(socket.data, { userId: claims.sub, sessionId });
  return next();
}

/**
 * CONNECT_ERROR with a bare string. `next(error)` always sends an object, so this says it as the
 * library does inside.
 */
function refuseWithText(socket, text) {
  socket._cleanup();
  socket._error(text);
}

/** Known events are acknowledged with `[]` whatever came of them; unknown ones never. */
function listenTo(world, socket) {
  for (const [name, handle] of Object.entries(EVENTS)) {
    socket.on(name, (...args) => {
      const acknowledge = typeof args.at(-1) === "function" ? args.pop() : () => {};
      if (mayAct(socket, name)) handle(world, socket, args[0]);
      acknowledge();
    });
  }
}

function mayAct(socket, name) {
  if (socket.data.zombie) {
    socket.emit("error", { message: "세션이 만료되었습니다.", code: "SESSION_EXPIRED" });
    return false;
  }
  if (socket.data.userId) return true;
  const answer = name === "joinRoom" ? "joinRoomError" : "error";
  socket.emit(answer, { message: "인증이 필요합니다.", code: "UNAUTHORIZED" });
  return false;
}
