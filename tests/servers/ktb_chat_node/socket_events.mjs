// The events a client may send: one function each, (world, socket, payload). An answer is another
// event.

import { RateLimit } from "./rate_limit.mjs";
import { answerMentions, openStreams } from "./ai.mjs";
import { containsBannedWord } from "./banned_words.mjs";

const PAGE = 30;
const MINUTE_MS = 60_000;
const limits = new WeakMap(); // world -> its message limit

export const EVENTS = {
  joinRoom,
  leaveRoom,
  chatMessage,
  fetchPreviousMessages,
  markMessagesAsRead,
  messageReaction,
};

function refuse(socket, code, message, more = {}) {
  socket.emit("error", { message, code, ...more });
}

function isMember({ store }, socket, roomId) {
  return store.rooms.get(roomId)?.participants.has(socket.data.userId) ?? false;
}

/** A room's id is a bare string; anything else is met with silence. */
function joinRoom({ store, shapes, presence }, socket, roomId) {
  if (typeof roomId !== "string") return;
  const room = store.rooms.get(roomId);
  if (!room) {
    socket.emit("joinRoomError", { message: "채팅방을 찾을 수 없습니다." });
    return;
  }
  const { userId } = socket.data;
  socket.join(roomId);
  if (presence.rooms(userId).has(roomId)) {
    socket.emit("joinRoomSuccess", { roomId });
    return;
  }
  presence.rooms(userId).add(roomId);
  room.participants.add(userId);
  const { messages, hasMore } = store.page(roomId, PAGE);
  socket.emit("joinRoomSuccess", {
    roomId,
    participants: shapes.participants(store, room),
    messages: messages.map((message) => shapes.pastMessage(store, message)),
    hasMore,
    activeStreams: openStreams(roomId),
  });
  presence.announce(room, `${store.person(userId).name}님이 입장하였습니다.`);
}

function leaveRoom({ presence }, socket, roomId) {
  const { userId } = socket.data;
  if (presence.rooms(userId).has(roomId)) presence.leave(userId, roomId);
}

function chatMessage(world, socket, payload) {
  const { store, presence } = world;
  const { userId, sessionId } = socket.data;
  const parts = readMessage(world, socket, payload ?? {});
  if (!store.sessionLives(userId, sessionId)) {
    return refuse(socket, "SESSION_EXPIRED", "세션이 만료되었습니다. 다시 로그인해주세요.");
  }
  const turn = messageLimit(world).take(userId);
  if (!turn.allowed) {
    const { retryAfter } = turn;
    return refuse(socket, "RATE_LIMIT_EXCEEDED", "메시지 전송 횟수 제한을 초과했습니다.", {
      retryAfter,
    });
  }
  if (parts.problem) return refuse(socket, "MESSAGE_ERROR", parts.problem);
  if (containsBannedWord(parts.content))
    return refuse(socket, "MESSAGE_REJECTED", "금칙어가 포함된 메시지입니다.");
  if (parts.type === "text" && !parts.content.trim()) return undefined; // blank text: silence
  presence.tell(store.addMessage(payload.room, { ...parts, senderId: userId }));
  return answerMentions(world, payload.room, parts.content);
}

function messageLimit(world) {
  if (!limits.has(world)) limits.set(world, new RateLimit(world.settings.messageLimit, MINUTE_MS));
  return limits.get(world);
}

/**
 * {type, content, file} as they will be kept, or {problem}. `msg` is an older name of `content`.
 */
function readMessage(world, socket, { room, type, content, msg, fileData }) {
  if (!isMember(world, socket, room)) return { problem: "채팅방 접근 권한이 없습니다." };
  const said = content ?? msg ?? "";
  if (typeof said !== "string") return { problem: "메시지 내용이 올바르지 않습니다." };
  if (type === "text") return { type, content: said };
  if (type !== "file") return { problem: "지원하지 않는 메시지 타입입니다." };
  const file = world.store.files.get(fileData?._id);
  if (file?.ownerId !== socket.data.userId)
    return { problem: "파일을 찾을 수 없거나 접근 권한이 없습니다." };
  return { type, content: said, file };
}

function fetchPreviousMessages(world, socket, payload) {
  const { store, shapes } = world;
  const { roomId, limit, before } = payload ?? {};
  if (!isMember(world, socket, roomId)) {
    refuse(socket, "LOAD_ERROR", "채팅방 접근 권한이 없습니다.");
    return;
  }
  socket.emit("messageLoadStart");
  const size = Number.isInteger(limit) && limit > 0 ? limit : PAGE;
  const { messages, hasMore } = store.page(roomId, size, before ?? Infinity);
  const past = messages.map((message) => shapes.pastMessage(store, message));
  socket.emit("previousMessagesLoaded", { messages: past, hasMore });
}

/** To everyone in the room, the reader included. Ids of other rooms' messages change nothing. */
function markMessagesAsRead(world, socket, payload) {
  const { roomId, messageIds } = payload ?? {};
  if (!Array.isArray(messageIds) || messageIds.length === 0) return;
  if (!isMember(world, socket, roomId)) {
    socket.emit("error", { message: "채팅방 접근 권한이 없습니다." });
    return;
  }
  const { userId } = socket.data;
  for (const id of messageIds) {
    const message = world.store.messages.get(id);
    if (message?.roomId === roomId && !message.readers.has(userId))
      message.readers.set(userId, new Date());
  }
  world.io.to(roomId).emit("messagesRead", { userId, messageIds });
}

function messageReaction(world, socket, payload) {
  const { messageId, reaction, type } = payload ?? {};
  const message = world.store.messages.get(messageId);
  if (!message || !isMember(world, socket, message.roomId)) {
    socket.emit("error", { message: "메시지를 찾을 수 없습니다." });
    return;
  }
  if (typeof reaction !== "string" || !["add", "remove"].includes(type)) {
    socket.emit("error", { message: "지원하지 않는 리액션 타입입니다." });
    return;
  }
  react(message.reactions, reaction, type, socket.data.userId);
  const reactions = world.shapes.reactions(message);
  world.io.to(message.roomId).emit("messageReactionUpdate", { messageId, reactions });
}

function react(reactions, emoji, type, userId) {
  const users = reactions.get(emoji) ?? new Set();
  if (type === "add") reactions.set(emoji, users.add(userId));
  else if (users.delete(userId) && users.size === 0) reactions.delete(emoji);
}
