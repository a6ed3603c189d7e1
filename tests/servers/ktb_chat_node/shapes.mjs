// How things look in answers and events, in the two forms the contract knows.
//
// `documented` is the published REST document; `deployed` is what was measured on a running
// deployment: a room has `_id` and its people have `id`; a live message has no `readers`, a message
// of the history has them with the time as a list of numbers, and its sender has no profile image.

export class Shapes {
  constructor(dialect) {
    this.deployed = dialect === "deployed";
  }

  /** The user as the authentication calls show it. */
  account(user) {
    return { _id: user.id, name: user.name, email: user.email, profileImage: user.profileImage };
  }

  person(user) {
    return { id: user.id, name: user.name, email: user.email, profileImage: user.profileImage };
  }

  room(store, room) {
    const participants = this.participants(store, room);
    return {
      _id: room.id,
      name: room.name,
      hasPassword: room.password !== null,
      creator: this.person(store.person(room.creatorId)),
      participants,
      participantsCount: participants.length,
      recentMessageCount: store.recentCount(room.id),
      createdAt: room.createdAt.toISOString(),
    };
  }

  participants(store, room) {
    return [...room.participants].map((id) => this.person(store.person(id)));
  }

  /** An answer about one thing: bare in the document, in an envelope on deployed servers. */
  answer(data) {
    return this.deployed ? { success: true, data } : data;
  }

  liveMessage(store, message) {
    const shape = this.#message(store, message);
    if (!this.deployed) shape.readers = [];
    return shape;
  }

  pastMessage(store, message) {
    const shape = this.#message(store, message);
    if (shape.sender && this.deployed) delete shape.sender.profileImage;
    shape.readers = [...message.readers].map(([userId, readAt]) => ({
      userId,
      readAt: this.#date(readAt),
    }));
    return shape;
  }

  #message(store, message) {
    return withoutNulls({
      _id: message.id,
      room: message.roomId,
      content: message.content,
      type: message.type,
      aiType: message.aiType,
      timestamp: message.timestamp,
      sender: message.senderId ? this.person(store.person(message.senderId)) : null,
      reactions: this.reactions(message),
      metadata: {},
      file: message.file ? this.file(message.file) : null,
    });
  }

  reactions(message) {
    return Object.fromEntries([...message.reactions].map(([emoji, users]) => [emoji, [...users]]));
  }

  #date(date) {
    if (!this.deployed) return date.toISOString();
    const day = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
    return [...day, ...time, date.getUTCMilliseconds() * 1_000_000];
  }

  file(file) {
    return {
      _id: file.id,
      filename: file.filename,
      originalname: file.originalname,
      mimetype: file.mimetype,
      size: file.size,
      uploadDate: file.uploadDate.toISOString(),
    };
  }
}

/** Socket payloads leave out what is null, so a system message has no `sender` key at all. */
export function withoutNulls(record) {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== null && value !== undefined),
  );
}
