// The AI that a message can mention: it answers a fixed text in chunks, or fails as one does
// without a working key.

import { randomUUID } from "node:crypto";

const MENTION = /@(wayneAI|consultingAI)\b/g;
const CHUNK_EVERY_MS = 20;
const FAILS_AFTER_MS = 600;
const CHUNKS = [
  "안녕하세요, ",
  "무엇을 도와드릴까요?\n",
  "```\n",
  "print('hi')\n",
  "```\n",
  "감사합니다.",
];
const streams = new Map(); // message id -> {roomId, ...what joinRoomSuccess shows of it}

/** The streams of a room that are not complete yet, as `activeStreams` lists them. */
export function openStreams(roomId) {
  const open = [...streams.values()].filter((stream) => stream.roomId === roomId);
  return open.map(({ roomId: _room, ...shown }) => shown);
}

/** Starts one stream for each AI that the text mentions. */
export function answerMentions(world, roomId, text) {
  const mentioned = new Set([...text.matchAll(MENTION)].map(([, name]) => name));
  for (const aiType of mentioned) start(world, roomId, aiType, text);
}

function start({ settings, store, io }, roomId, aiType, query) {
  const messageId = `${aiType}-${randomUUID()}`;
  const room = io.to(roomId);
  const timestamp = new Date().toISOString();
  streams.set(messageId, {
    roomId,
    _id: messageId,
    type: "ai",
    aiType,
    content: "",
    timestamp,
    streaming: true,
  });
  room.emit("aiMessageStart", { messageId, aiType, timestamp });
  if (settings.ai === "broken") {
    setTimeout(() => {
      streams.delete(messageId);
      room.emit("aiMessageError", {
        messageId,
        aiType,
        error: "AI 응답 생성 중 오류가 발생했습니다.",
      });
    }, FAILS_AFTER_MS);
    return;
  }
  stream({ store, room, roomId, messageId, aiType, query });
}

function stream({ store, room, roomId, messageId, aiType, query }) {
  let sent = 0;
  const timer = setInterval(() => {
    const open = streams.get(messageId);
    if (sent < CHUNKS.length) {
      open.content += CHUNKS[sent];
      room.emit("aiMessageChunk", chunk(open, CHUNKS[sent]));
      sent += 1;
      return;
    }
    clearInterval(timer);
    streams.delete(messageId);
    if (!store.rooms.has(roomId)) return;
    const { id, content } = store.addMessage(roomId, { type: "ai", aiType, content: open.content });
    const timestamp = new Date().toISOString();
    const complete = {
      messageId,
      _id: id,
      content,
      aiType,
      timestamp,
      isComplete: true,
      query,
      reactions: {},
    };
    room.emit("aiMessageComplete", complete);
  }, CHUNK_EVERY_MS);
}

function chunk({ _id: messageId, aiType, content }, currentChunk) {
  const isCodeBlock = content.split("```").length % 2 === 0;
  const timestamp = new Date().toISOString();
  return {
    messageId,
    currentChunk,
    fullContent: content,
    isCodeBlock,
    timestamp,
    aiType,
    isComplete: false,
  };
}
