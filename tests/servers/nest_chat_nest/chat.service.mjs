// Rooms and messages, in memory; who may do what with them.
import { randomBytes } from "node:crypto";
import { BadRequestException, ForbiddenException, Injectable, NotFoundException } from "@nestjs/common";
import { decorateClass } from "./decorate.mjs";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ROOM_TYPES = ["DIRECT", "GROUP", "CHALLENGE"];

function ulid() {
  let time = BigInt(Date.now());
  let text = "";
  for (let i = 0; i < 10; i++, time /= 32n) text = CROCKFORD[Number(time % 32n)] + text;
  return text + [...randomBytes(16)].map((byte) => CROCKFORD[byte % 32]).join("");
}

function page(all, { page = 1, limit = 20 }) {
  const [number, size] = [Number(page), Number(limit)];
  const pagination = {
    currentPage: number,
    totalPages: Math.ceil(all.length / size),
    totalItems: all.length,
    itemsPerPage: size,
  };
  return [all.slice((number - 1) * size, number * size), pagination];
}

export class ChatService {
  #rooms = new Map();
  #messages = new Map();
  #lastMessageId = 0;

  createRoom(userUuid, { type, name, participantUuids }) {
    if (!ROOM_TYPES.includes(type)) throw new BadRequestException(["type must be one of the enum values"]);
    if (!Array.isArray(participantUuids) || participantUuids.length < 1 || participantUuids.length > 50) {
      throw new BadRequestException(["participantUuids must contain 1 to 50 elements"]);
    }
    const room = {
      roomUuid: ulid(),
      type,
      name: name ?? "",
      participants: [...new Set([userUuid, ...participantUuids])].map((uuid) => ({ userUuid: uuid })),
      lastMessageAt: null,
      createdAt: new Date(),
    };
    this.#rooms.set(room.roomUuid, room);
    this.#messages.set(room.roomUuid, []);
    return room;
  }

  roomsOf(userUuid) {
    return [...this.#rooms.values()].filter((room) => room.participants.some((p) => p.userUuid === userUuid));
  }

  listRooms(userUuid, query) {
    const newest = (room) => room.lastMessageAt ?? room.createdAt;
    const all = this.roomsOf(userUuid).sort((a, b) => newest(b) - newest(a));
    const [chatRooms, pagination] = page(all, query);
    return { chatRooms, pagination };
  }

  room(userUuid, roomUuid) {
    const room = this.#rooms.get(roomUuid);
    if (!room) throw new NotFoundException("존재하지 않는 채팅방입니다.");
    if (!room.participants.some((p) => p.userUuid === userUuid)) {
      throw new ForbiddenException("채팅방에 참여하지 않은 사용자입니다.");
    }
    return room;
  }

  send(userUuid, roomUuid, { type, content, imageUrl = null }) {
    const room = this.room(userUuid, roomUuid);
    if (typeof content !== "string" || content.length > 1000) {
      throw new BadRequestException(["content must be shorter than or equal to 1000 characters"]);
    }
    room.lastMessageAt = new Date();
    const message = {
      id: ++this.#lastMessageId,
      roomUuid,
      type,
      content,
      imageUrl,
      sender: { userUuid, nickname: userUuid.slice(-4) },
      isMyMessage: true,
      readByUuids: [userUuid],
      createdAt: room.lastMessageAt,
    };
    this.#messages.get(roomUuid).push(message);
    return message;
  }

  listMessages(userUuid, roomUuid, { page: number = 1, limit = 50 }) {
    this.room(userUuid, roomUuid);
    const newestFirst = [...this.#messages.get(roomUuid)].reverse();
    const [messages, pagination] = page(newestFirst, { page: number, limit });
    return { messages: messages.reverse(), pagination };
  }

  markAsRead(userUuid, roomUuid) {
    this.room(userUuid, roomUuid);
    for (const message of this.#messages.get(roomUuid)) {
      if (!message.readByUuids.includes(userUuid)) message.readByUuids.push(userUuid);
    }
    return { success: true };
  }
}
decorateClass(ChatService, Injectable());
