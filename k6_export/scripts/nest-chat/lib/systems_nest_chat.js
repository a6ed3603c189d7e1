// Compiled from ktb_load/systems/nest_chat.py by `ktb-load export`.
import { py } from "./python.js";
import { ChatConnection, Request, mark_of } from "./connection.js";
import { write_mark } from "./marks.js";
import { ChatMember, refused } from "./member.js";
import { Room, seat_of } from "./rooms.js";
import { ConnectFailed, Disconnected, ExchangeFailed } from "./errors.js";
import { SocketIOClient, SocketIOOptions } from "./socketio.js";
import { Counter, check, setting } from "./vocabulary.js";

export const REFUSALS = py.Tuple.of("error", "exception"); // ktb_load/systems/nest_chat.py:27
export const _ULID = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // ktb_load/systems/nest_chat.py:30
export const system_messages = py.make(Counter, "nest_chat_system_messages"); // ktb_load/systems/nest_chat.py:32
export const notifications = py.make(Counter, "nest_chat_notifications"); // ktb_load/systems/nest_chat.py:33
export class Account { // ktb_load/systems/nest_chat.py:37
  get headers() { // ktb_load/systems/nest_chat.py:44
    const self = this;
    return new py.Dict([["Authorization", `Bearer ${py.str(self.token)}`]]); // 45
  }
  __init__(uuid, token) {
    this.uuid = uuid;
    this.token = token;
  }
}
py.dataclass(Account, ["uuid", "token"], [], true);

export class NestSocket extends ChatConnection { // ktb_load/systems/nest_chat.py:48
  __init__(user, token) { // ktb_load/systems/nest_chat.py:53
    const self = this;
    let $1;
    super.__init__(user); // 54
    self._network = user.vu.network; // 55
    self._origin = (py.truthy($1 = user.host) ? $1 : ""); // 56
    self._transports = user.transports; // 57
    self._token = token; // 58
    self._unanswered = null; // 59
    self._began = new py.Float(0.0); // 61
    self._asking = false; // 62
    self._number = 0; // 63
    return null;
  }
  async join(room_id) { // ktb_load/systems/nest_chat.py:79
    const self = this;
    let request;
    self._settle(); // 80
    self._asking = true; // 81
    request = py.callkw(Request, null, ["join", "room", "joinRoom", new py.Dict([["roomUuid", room_id]])], { metric: "chat_joining" }); // 82
    try {
      await self._exchange(request, py.Tuple.of("joinedRoom", (to) => py.eq(py.getitem(to, "roomUuid"), room_id)), REFUSALS); // 84
    } finally {
      self._asking = false; // 86
    }
    return null;
  }
  _settle() { // ktb_load/systems/nest_chat.py:176
    const self = this;
    let cause, why;
    if (py.is(self._unanswered, null)) { // 178
      return null; // 179
    }
    if (!py.truthy(self.connected)) { // 180
      cause = self._client.close_cause; // 181
      why = `${py.str(self._unanswered.name)}: the chat was closed by ${py.str(cause)}`; // 182
      self._not_taken(py.callkw(Disconnected, null, [why], { kind: "connection" })); // 183
      return null; // 184
    }
    check(null, new py.Dict([[`${py.str(self._unanswered.name)}: taken`, true]])); // 185
    self._unanswered = null; // 186
    return null;
  }
  _not_taken(error) { // ktb_load/systems/nest_chat.py:188
    const self = this;
    let request;
    request = self._unanswered; // 189
    if (!(request !== null)) throw py.make(py.e.AssertionError); // 190
    self._unanswered = null; // 191
    check(null, new py.Dict([[`${py.str(request.name)}: taken`, false]])); // 192
    self._count_failure(request.event, error, request.kind); // 193
    self._report(request.name, self._began, error); // 194
    return null;
  }
  _send(request) { // ktb_load/systems/nest_chat.py:157
    const self = this;
    self._client.emit(request.event, request.payload); // 158
    return null;
  }
  _refusal_in(args) { // ktb_load/systems/nest_chat.py:160
    let body, message, reason, $1, $2, $3, $4;
    body = (py.truthy(args) && py.b.isinstance(py.getitem(args, 0), py.Dict) ? py.getitem(args, 0) : new py.Dict([])); // 161
    $3 = py.unpack(py.Tuple.of((py.truthy($1 = py.m.get(body, "message")) ? $1 : ""), (py.truthy($2 = py.m.get(body, "error")) ? $2 : "")), 2, false, 0), message = $3[0], reason = $3[1]; // 162
    return py.Tuple.of(py.m.strip((`${py.str(message)} ${py.str(reason)}`)), py.b.str((py.truthy($4 = py.m.get(body, "code")) ? $4 : "REFUSED"))); // 163
  }
  async __exit__(kind, error, trace) { // ktb_load/systems/nest_chat.py:112
    const self = this;
    try {
      if ((kind === null) && !py.is(self._unanswered, null)) { // 122
        await self.leave(py.getitem(self._unanswered.payload, "roomUuid")); // 123
      }
    } finally {
      await self.close(); // 125
    }
    return null;
  }
  async leave(room_id) { // ktb_load/systems/nest_chat.py:88
    const self = this;
    let request;
    request = py.make(Request, "leave", "room", "leaveRoom", new py.Dict([["roomUuid", room_id]])); // 90
    await self._exchange(request, py.Tuple.of("leftRoom", (left) => py.eq(py.getitem(left, "roomUuid"), room_id))); // 91
    self._settle(); // 92
    self._deliveries.left(room_id); // 93
    return null;
  }
  async close() { // ktb_load/systems/nest_chat.py:127
    const self = this;
    self._settle(); // 128
    await super.close(); // 129
    return null;
  }
  async _connect() { // ktb_load/systems/nest_chat.py:137
    const self = this;
    let bearer, in_header, options;
    bearer = new py.Dict([["Authorization", `Bearer ${py.str(self._token)}`]]); // 138
    in_header = py.eq(setting("TOKEN_IN", "auth"), "header"); // 139
    options = py.callkw(SocketIOOptions, null, [], { auth: (py.truthy(in_header) ? null : new py.Dict([["token", self._token]])), headers: (py.truthy(in_header) ? bearer : new py.Dict([])), namespace: "/chat", name: "chat", welcome: "connected", transports: self._transports }); // 140
    return await SocketIOClient.connect(self._network, self._origin, options); // 148
  }
  _listen() { // ktb_load/systems/nest_chat.py:150
    const self = this;
    let event;
    self._client.on("newMessage", py.bind(self, "_on_message")); // 151
    self._client.on("systemMessage", (..._) => { _ = py.Tuple.from(_); return py.m.add(system_messages, 1); }); // 152
    self._client.on("notification", (..._) => { _ = py.Tuple.from(_); return py.m.add(notifications, 1); }); // 153
    for (const $$1 of py.iter(REFUSALS)) { // 154
      event = $$1;
      self._client.on(event, py.bind(self, "_on_refusal")); // 155
    }
    return null;
  }
  _on_message(message, ..._) { // ktb_load/systems/nest_chat.py:203
    const self = this;
    _ = py.Tuple.from(_);
    let mark, now_us, $1;
    if (!py.is((mark = mark_of(message)), null)) { // 204
      now_us = py.floordiv(py.lib["time.time_ns"](), 1000); // 205
      self._deliveries.arrived((py.truthy($1 = py.m.get(message, "roomUuid")) ? $1 : ""), mark, now_us); // 206
      if (py.ne(mark.vu, self._vu.id)) { // 207
        self._show_delivery(py.div(py.sub(now_us, mark.sent_us), 1000)); // 208
      }
    }
    return null;
  }
  _show_delivery() { return null; } // ktb_load/systems/nest_chat.py:211
  _on_refusal(...args) { // ktb_load/systems/nest_chat.py:216
    const self = this;
    args = py.Tuple.from(args);
    let message, code, request, $1;
    if (py.truthy(self._asking)) { // 217
      return null; // 218
    }
    if (py.is(self._unanswered, null)) { // 219
      $1 = py.unpack(self._refusal_in(args), 2, false, 0), message = $1[0], code = $1[1]; // 220
      self._count_failure("error", py.callkw(ExchangeFailed, null, [message], { kind: "unasked", code: code })); // 221
    } else {
      request = self._unanswered; // 223
      self._not_taken(self._rejection(request, args)); // 224
      self._take_back_unanswered(request); // 225
    }
    return null;
  }
  _take_back_unanswered(request) { // ktb_load/systems/nest_chat.py:196
    const self = this;
    if (py.eq(request.event, "sendMessage")) { // 198
      self._take_back(py.getitem(request.payload, "roomUuid"), self._number); // 199
    }
    return null;
  }
  typing(room_id, is_typing) { // ktb_load/systems/nest_chat.py:109
    const self = this;
    self._client.emit("typing", new py.Dict([["roomUuid", room_id], ["isTyping", is_typing]])); // 110
    return null;
  }
  say(room_id, text, image_url = "") { // ktb_load/systems/nest_chat.py:95
    const self = this;
    let mark, message, payload;
    self._settle(); // 96
    mark = self._next_mark(room_id); // 97
    message = new py.Dict([["type", "TEXT"], ["content", `${py.str(text)} ${py.str(write_mark(mark))}`]]); // 98
    if (py.truthy(image_url)) { // 99
      message = py.ibitor(message, new py.Dict([["type", "IMAGE"], ["imageUrl", image_url]])); // 100
    }
    self._number = mark.number; // 101
    payload = new py.Dict([["roomUuid", room_id], ["message", message]]); // 102
    self._tell(py.make(Request, "say", "message", "sendMessage", payload)); // 103
    return null;
  }
  _tell(request) { // ktb_load/systems/nest_chat.py:165
    const self = this;
    let error;
    self._unanswered = request; // 167
    self._began = py.lib["time.perf_counter"](); // 168
    try {
      self._send(request); // 170
    } catch ($$1) {
      if (py.isinstance($$1, Disconnected)) { // 171
        error = $$1;
        self._not_taken(error); // 172
        self._take_back_unanswered(request); // 173
        throw $$1; // 174
      } else {
        throw $$1;
      }
    }
    return null;
  }
  mark_as_read(room_id) { // ktb_load/systems/nest_chat.py:105
    const self = this;
    self._settle(); // 106
    self._tell(py.make(Request, "mark as read", "message", "markAsRead", new py.Dict([["roomUuid", room_id]]))); // 107
    return null;
  }
  drop() { // ktb_load/systems/nest_chat.py:131
    const self = this;
    self._settle(); // 132
    super.drop(); // 133
    return null;
  }
  async is_refused() { // ktb_load/systems/nest_chat.py:68
    const self = this;
    let began, error;
    began = py.lib["time.perf_counter"](); // 70
    try {
      self._client = await self._connect(); // 72
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 73
        error = $$1;
        self._report("connect with a bad token", began); // 74
        return py.eq(error.kind, "auth"); // 75
      } else {
        throw $$1;
      }
    }
    await self._client.close(); // 76
    return false; // 77
  }
}
py.signature(NestSocket.prototype.__init__, ["user", "token"], []);

export class NestChatUser extends ChatMember { // ktb_load/systems/nest_chat.py:228
  async prepare_account(run, number) { // ktb_load/systems/nest_chat.py:242
    const self = this;
    let account;
    account = await self.log_in(user_uuid(run, number)); // 243
    return [account.uuid, account.token]; // 244
  }
  async log_in(uuid) { // ktb_load/systems/nest_chat.py:270
    const self = this;
    let response, token;
    response = await self.http.post("/api/auth/dev-token", { json: new py.Dict([["userUuid", uuid]]) }); // 272
    token = response.json("accessToken"); // 273
    if (!(py.truthy(check(response, new py.Dict([["logged in", py.contains(py.Tuple.of(200, 201), response.status) && py.b.bool(token)]]))))) { // 274
      throw py.raised(refused("log in", "auth", response)); // 275
    }
    return py.make(Account, uuid, py.b.str(token)); // 276
  }
  async join(socket, room) { // ktb_load/systems/nest_chat.py:340
    await py.m.join(socket, room.id); // 341
    return null;
  }
  take_account(row) { // ktb_load/systems/nest_chat.py:246
    return py.make(Account, ...py.iter(row)); // 247
  }
  async new_account() { // ktb_load/systems/nest_chat.py:249
    const self = this;
    return await self.log_in(user_uuid(py.getitem(self.data, "run"), self.vu.id)); // 250
  }
  async prepare_room(name, members) { // ktb_load/systems/nest_chat.py:252
    const self = this;
    return await self.open_room(name, (() => { const $result = []; let row; for (const $$1 of py.iter(members)) { row = $$1; $result.push(py.getitem(row, 0)); } return $result; })(), self.take_account(py.getitem(members, 0))); // 253
  }
  async open_room(name, people, account) { // ktb_load/systems/nest_chat.py:278
    const self = this;
    let body, response, room_id;
    body = new py.Dict([["type", "GROUP"], ["name", name], ["participantUuids", people]]); // 280
    response = await self.http.post("/api/chat/room", { json: body, headers: account.headers }); // 281
    room_id = response.json("roomUuid"); // 282
    if (!(py.truthy(check(response, new py.Dict([["room created", py.eq(response.status, 201) && py.b.bool(room_id)]]))))) { // 283
      throw py.raised(refused("create room", "room", response)); // 284
    }
    return py.make(Room, py.b.str(room_id), name); // 285
  }
  async create_room(name) { // ktb_load/systems/nest_chat.py:255
    const self = this;
    let run, sizes, last, number, _, people, $1, $2;
    $1 = py.unpack(py.Tuple.of(py.getitem(self.data, "run"), py.getitem(self.data, "room_sizes"), self.vu.id), 3, false, 0), run = $1[0], sizes = $1[1], last = $1[2]; // 257
    $2 = py.unpack(seat_of(self.vu.id, ...py.iter(sizes)), 2, false, 0), number = $2[0], _ = $2[1]; // 258
    while (py.eq(py.getitem(seat_of(py.add(last, 1), ...py.iter(sizes)), 0), number)) { // 259
      last = py.iadd(last, 1); // 260
    }
    people = (() => { const $result = []; let vu_id; for (const $$1 of py.iter(py.b.range(self.vu.id, py.add(last, 1)))) { vu_id = $$1; $result.push(user_uuid(run, vu_id)); } return $result; })(); // 261
    return await self.open_room(name, people, self.account); // 262
  }
  async look_for_room(name) { // ktb_load/systems/nest_chat.py:264
    const self = this;
    let found;
    found = (await (async () => { const $result = []; let room; for (const $$1 of py.iter((await self.list_rooms(self.account)))) { room = $$1; if (py.eq(room.name, name)) { $result.push(room); }} return $result; })()); // 265
    return (py.truthy(found) ? py.getitem(found, 0) : null); // 266
  }
  async list_rooms(account, page = 1) { // ktb_load/systems/nest_chat.py:287
    const self = this;
    let url, response, found, $1, $2;
    url = `/api/chat/rooms?${py.str(py.lib["urllib.parse.urlencode"](new py.Dict([["page", page], ["limit", 20]])))}`; // 289
    response = await self.http.get(url, { headers: account.headers, name: "/api/chat/rooms" }); // 290
    check(response, new py.Dict([["rooms listed", py.eq(response.status, 200)]])); // 291
    found = (py.truthy($1 = response.json("rooms")) ? $1 : response.json("chatRooms")); // 292
    return (() => { const $result = []; let room; for (const $$1 of py.iter((py.truthy($2 = found) ? $2 : []))) { room = $$1; $result.push(py.make(Room, py.getitem(room, "roomUuid"), py.getitem(room, "name"))); } return $result; })(); // 293
  }
  async connect(account) { // ktb_load/systems/nest_chat.py:332
    const self = this;
    return await py.make(NestSocket, self, account.token).open(); // 334
  }
  async leave(socket, room) { // ktb_load/systems/nest_chat.py:343
    await socket.leave(room.id); // 345
    return null;
  }
  async type_for(socket, room, seconds) { // ktb_load/systems/nest_chat.py:358
    const self = this;
    socket.typing(room.id, true); // 360
    await self.listen(socket, seconds); // 361
    socket.typing(room.id, false); // 362
    return null;
  }
  say(socket, room, text) { // ktb_load/systems/nest_chat.py:347
    socket.say(room.id, text); // 349
    return null;
  }
  async fetch_history(account, room, page = 1) { // ktb_load/systems/nest_chat.py:302
    const self = this;
    let response, $1;
    response = await self.http.get(`/api/chat/room/${py.str(room.id)}/messages?${py.str(py.lib["urllib.parse.urlencode"](new py.Dict([["page", page], ["limit", 50]])))}`, { headers: account.headers, name: "/api/chat/room/:uuid/messages" }); // 304
    check(response, new py.Dict([["history shown", py.eq(response.status, 200)]])); // 309
    return py.b.list((py.truthy($1 = response.json("messages")) ? $1 : [])); // 310
  }
  mark_as_read(socket, room) { // ktb_load/systems/nest_chat.py:355
    socket.mark_as_read(room.id); // 356
    return null;
  }
  share_image(socket, room, url) { // ktb_load/systems/nest_chat.py:351
    socket.say(room.id, "an image for you", url); // 353
    return null;
  }
  async look_at_room(account, room) { // ktb_load/systems/nest_chat.py:295
    const self = this;
    let response, $1;
    response = await self.http.get(`/api/chat/room/${py.str(room.id)}`, { headers: account.headers, name: "/api/chat/room/:uuid" }); // 296
    check(response, new py.Dict([["room shown", py.eq(response.status, 200)]])); // 299
    return (py.truthy($1 = response.json()) ? $1 : new py.Dict([])); // 300
  }
  async post_message(account, room, text) { // ktb_load/systems/nest_chat.py:312
    const self = this;
    let response;
    response = await self.http.post(`/api/chat/room/${py.str(room.id)}/message`, { json: new py.Dict([["type", "TEXT"], ["content", text]]), headers: account.headers, name: "/api/chat/room/:uuid/message" }); // 314
    check(response, new py.Dict([["message posted", py.eq(response.status, 201)]])); // 320
    return null;
  }
  async mark_all_as_read(account, room) { // ktb_load/systems/nest_chat.py:322
    const self = this;
    let response;
    response = await self.http.patch(`/api/chat/room/${py.str(room.id)}/read`, { headers: account.headers, name: "/api/chat/room/:uuid/read" }); // 323
    check(response, new py.Dict([["marked as read", py.eq(response.status, 200)]])); // 328
    return null;
  }
  async connect_with_bad_token() { // ktb_load/systems/nest_chat.py:336
    const self = this;
    check(null, new py.Dict([["bad token refused", (await py.make(NestSocket, self, "no token").is_refused())]])); // 338
    return null;
  }
}
py.attributes(NestChatUser, { abstract: true, system: "nest-chat", host: "http://localhost:7777", transports: py.Tuple.of("websocket") });

export function user_uuid(run, number) { // ktb_load/systems/nest_chat.py:365
  let letters;
  letters = py.m.join((""), new py.PyIterator((function* ($each) { let letter; for (const $$1 of py.iter($each)) { letter = $$1; yield py.getitem(_ULID, py.mod(py.b.ord(letter), 32)); } })(run))); // 367
  return `01${py.str(letters)}${py.format(number, `018`, "")}`; // 368
}

