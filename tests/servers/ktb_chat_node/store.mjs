// What the server knows: users, their one session, rooms, messages, files. No network and no answer
// shapes here.

import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";

const SESSION_IDLE_MS = 30 * 60 * 1000;
const RECENT_MS = 10 * 60 * 1000;
const FORMER_USER = Object.freeze({ id: "", name: "(탈퇴한 사용자)", email: "", profileImage: "" });

/** An id as MongoDB makes them: 24 hexadecimal digits. */
function newId() {
  return randomBytes(12).toString("hex");
}

function digest(password, salt) {
  return createHash("sha256").update(salt).update(password).digest();
}

export class Store {
  users = new Map();
  rooms = new Map();
  files = new Map(); // by id
  messages = new Map(); // by id
  #usersByEmail = new Map();
  #sessions = new Map(); // user id -> {id, touchedAt}: a login ends every earlier session
  #history = new Map(); // room id -> messages, oldest first

  addUser(name, email, password) {
    const salt = randomBytes(8);
    const user = {
      id: newId(),
      name,
      email,
      profileImage: "",
      salt,
      password: digest(password, salt),
    };
    this.users.set(user.id, user);
    this.#usersByEmail.set(email, user);
    return user;
  }

  userByEmail(email) {
    return this.#usersByEmail.get(email);
  }

  /** The user, or a stand-in without an id when the account is gone. */
  person(userId) {
    return this.users.get(userId) ?? FORMER_USER;
  }

  passwordFits(holder, password) {
    return timingSafeEqual(holder.password, digest(password, holder.salt));
  }

  removeUser(user) {
    this.endSession(user.id);
    this.users.delete(user.id);
    this.#usersByEmail.delete(user.email);
    for (const room of this.rooms.values()) room.participants.delete(user.id);
  }

  openSession(userId) {
    const session = { id: randomUUID().replaceAll("-", ""), touchedAt: Date.now() };
    this.#sessions.set(userId, session);
    return session.id;
  }

  endSession(userId) {
    this.#sessions.delete(userId);
  }

  /** Whether this is the user's session still; asking keeps it alive. */
  sessionLives(userId, sessionId) {
    const session = this.#sessions.get(userId);
    if (session?.id !== sessionId || Date.now() - session.touchedAt > SESSION_IDLE_MS) return false;
    session.touchedAt = Date.now();
    return true;
  }

  addRoom(name, creatorId, password) {
    const room = {
      id: newId(),
      name,
      creatorId,
      createdAt: new Date(),
      salt: randomBytes(8),
      password: null,
    };
    if (password) room.password = digest(password, room.salt);
    room.participants = new Set([creatorId]);
    this.rooms.set(room.id, room);
    this.#history.set(room.id, []);
    return room;
  }

  removeRoom(roomId) {
    for (const message of this.#history.get(roomId) ?? []) this.messages.delete(message.id);
    this.#history.delete(roomId);
    return this.rooms.delete(roomId);
  }

  /**
   * `parts`: type, content, and where they apply senderId, file, aiType. Times grow strictly within
   * a room.
   */
  addMessage(roomId, parts) {
    const history = this.#history.get(roomId);
    const timestamp = Math.max(Date.now(), (history.at(-1)?.timestamp ?? 0) + 1);
    const message = {
      id: newId(),
      roomId,
      timestamp,
      reactions: new Map(),
      readers: new Map(),
      ...parts,
    };
    history.push(message);
    this.messages.set(message.id, message);
    return message;
  }

  /** The newest `limit` messages before a time, oldest first, and whether older ones are left. */
  page(roomId, limit = 30, before = Infinity) {
    const older = (this.#history.get(roomId) ?? []).filter((message) => message.timestamp < before);
    return { messages: older.slice(-limit), hasMore: older.length > limit };
  }

  recentCount(roomId) {
    const since = Date.now() - RECENT_MS;
    return this.#history.get(roomId).filter((message) => message.timestamp >= since).length;
  }

  addFile(ownerId, { originalname, mimetype, size, buffer }) {
    const extension = originalname.slice(originalname.lastIndexOf(".") + 1).toLowerCase();
    const filename = `${Date.now()}_${randomBytes(8).toString("hex")}.${extension}`;
    const file = {
      id: newId(),
      ownerId,
      filename,
      originalname,
      mimetype,
      size,
      buffer,
      uploadDate: new Date(),
    };
    this.files.set(file.id, file);
    return file;
  }

  fileByName(filename) {
    return [...this.files.values()].find((file) => file.filename === filename);
  }

  roomsSharing(fileId) {
    const sharing = [...this.messages.values()].filter((message) => message.file?.id === fileId);
    return sharing.map((message) => this.rooms.get(message.roomId));
  }
}
