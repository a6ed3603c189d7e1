// Compiled from ktb_load/systems/nest_chat.py by `ktb-load export`.
import { py, Counter, Disconnected, ExchangeFailed, SocketIOClient, SocketIOOptions, check, setting } from "./runtime.js";
import { ChatConnection, Request, mark_of } from "./connection.js";
import { write_mark } from "./marks.js";
import { ChatMember, refused } from "./member.js";
import { Room } from "./rooms.js";

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
  async join(room_id) { // ktb_load/systems/nest_chat.py:68
    const self = this;
    let request;
    self._settle(); // 69
    self._asking = true; // 70
    request = py.callkw(Request, null, ["join", "room", "joinRoom", new py.Dict([["roomUuid", room_id]])], { metric: "chat_joining" }); // 71
    try {
      await self._exchange(request, py.Tuple.of("joinedRoom", (to) => py.eq(py.getitem(to, "roomUuid"), room_id)), REFUSALS); // 73
    } finally {
      self._asking = false; // 75
    }
    return null;
  }
  _settle() { // ktb_load/systems/nest_chat.py:167
    const self = this;
    let cause, why;
    if (py.is(self._unanswered, null)) { // 169
      return null; // 170
    }
    if (!py.truthy(self.connected)) { // 171
      cause = self._client.close_cause; // 172
      why = `${py.str(self._unanswered.name)}: the chat was closed by ${py.str(cause)}`; // 173
      self._not_taken(py.callkw(Disconnected, null, [why], { kind: "connection" })); // 174
      return null; // 175
    }
    check(null, new py.Dict([[`${py.str(self._unanswered.name)}: taken`, true]])); // 176
    self._unanswered = null; // 177
    return null;
  }
  _not_taken(error) { // ktb_load/systems/nest_chat.py:179
    const self = this;
    let request;
    request = self._unanswered; // 180
    if (!(request !== null)) throw py.make(py.e.AssertionError); // 181
    self._unanswered = null; // 182
    check(null, new py.Dict([[`${py.str(request.name)}: taken`, false]])); // 183
    self._count_failure(request.event, error, request.kind); // 184
    self._report(request.name, self._began, error); // 185
    return null;
  }
  _send(request) { // ktb_load/systems/nest_chat.py:148
    const self = this;
    self._client.emit(request.event, request.payload); // 149
    return null;
  }
  _refusal_in(args) { // ktb_load/systems/nest_chat.py:151
    let body, message, reason, $1, $2, $3, $4;
    body = (py.truthy(args) && py.b.isinstance(py.getitem(args, 0), py.Dict) ? py.getitem(args, 0) : new py.Dict([])); // 152
    $3 = py.unpack(py.Tuple.of((py.truthy($1 = py.m.get(body, "message")) ? $1 : ""), (py.truthy($2 = py.m.get(body, "error")) ? $2 : "")), 2, false, 0), message = $3[0], reason = $3[1]; // 153
    return py.Tuple.of(py.m.strip((`${py.str(message)} ${py.str(reason)}`)), py.b.str((py.truthy($4 = py.m.get(body, "code")) ? $4 : "REFUSED"))); // 154
  }
  async __exit__(kind, error, trace) { // ktb_load/systems/nest_chat.py:101
    const self = this;
    try {
      if ((kind === null) && !py.is(self._unanswered, null)) { // 111
        await self.leave(py.getitem(self._unanswered.payload, "roomUuid")); // 112
      }
    } finally {
      await self.close(); // 114
    }
    return null;
  }
  async leave(room_id) { // ktb_load/systems/nest_chat.py:77
    const self = this;
    let request;
    request = py.make(Request, "leave", "room", "leaveRoom", new py.Dict([["roomUuid", room_id]])); // 79
    await self._exchange(request, py.Tuple.of("leftRoom", (left) => py.eq(py.getitem(left, "roomUuid"), room_id))); // 80
    self._settle(); // 81
    self._deliveries.left(room_id); // 82
    return null;
  }
  async close() { // ktb_load/systems/nest_chat.py:116
    const self = this;
    self._settle(); // 117
    await super.close(); // 118
    return null;
  }
  async _connect() { // ktb_load/systems/nest_chat.py:126
    const self = this;
    let bearer, in_header, options;
    bearer = new py.Dict([["Authorization", `Bearer ${py.str(self._token)}`]]); // 127
    in_header = py.eq(setting("TOKEN_IN", "auth"), "header"); // 128
    options = py.callkw(SocketIOOptions, null, [], { auth: (py.truthy(in_header) ? null : new py.Dict([["token", self._token]])), headers: (py.truthy(in_header) ? bearer : new py.Dict([])), namespace: "/chat", name: "chat", welcome: "connected", transports: self._transports }); // 129
    return await SocketIOClient.connect(self._network, self._origin, options); // 137
  }
  _listen() { // ktb_load/systems/nest_chat.py:139
    const self = this;
    let event;
    self._client.on("newMessage", py.bind(self, "_on_message")); // 140
    self._client.on("systemMessage", (..._) => { _ = py.Tuple.from(_); return py.m.add(system_messages, 1); }); // 141
    self._client.on("notification", (..._) => { _ = py.Tuple.from(_); return py.m.add(notifications, 1); }); // 142
    py.m.add(system_messages, 0); // 143
    py.m.add(notifications, 0); // 144
    for (const $$1 of py.iter(REFUSALS)) { // 145
      event = $$1;
      self._client.on(event, py.bind(self, "_on_refusal")); // 146
    }
    return null;
  }
  _on_message(message, ..._) { // ktb_load/systems/nest_chat.py:194
    const self = this;
    _ = py.Tuple.from(_);
    let mark, now_us, $1;
    if (!py.is((mark = mark_of(message)), null)) { // 195
      now_us = py.floordiv(py.lib["time.time_ns"](), 1000); // 196
      self._deliveries.arrived((py.truthy($1 = py.m.get(message, "roomUuid")) ? $1 : ""), mark, now_us); // 197
      if (py.ne(mark.vu, self._vu.id)) { // 198
        self._show_delivery(py.div(py.sub(now_us, mark.sent_us), 1000)); // 199
      }
    }
    return null;
  }
  _show_delivery() { return null; } // ktb_load/systems/nest_chat.py:202
  _on_refusal(...args) { // ktb_load/systems/nest_chat.py:207
    const self = this;
    args = py.Tuple.from(args);
    let message, code, request, $1;
    if (py.truthy(self._asking)) { // 208
      return null; // 209
    }
    if (py.is(self._unanswered, null)) { // 210
      $1 = py.unpack(self._refusal_in(args), 2, false, 0), message = $1[0], code = $1[1]; // 211
      self._count_failure("error", py.callkw(ExchangeFailed, null, [message], { kind: "unasked", code: code })); // 212
    } else {
      request = self._unanswered; // 214
      self._not_taken(self._rejection(request, args)); // 215
      self._take_back_unanswered(request); // 216
    }
    return null;
  }
  _take_back_unanswered(request) { // ktb_load/systems/nest_chat.py:187
    const self = this;
    if (py.eq(request.event, "sendMessage")) { // 189
      self._take_back(py.getitem(request.payload, "roomUuid"), self._number); // 190
    }
    return null;
  }
  typing(room_id, is_typing) { // ktb_load/systems/nest_chat.py:98
    const self = this;
    self._client.emit("typing", new py.Dict([["roomUuid", room_id], ["isTyping", is_typing]])); // 99
    return null;
  }
  say(room_id, text, image_url = "") { // ktb_load/systems/nest_chat.py:84
    const self = this;
    let mark, message, payload;
    self._settle(); // 85
    mark = self._next_mark(room_id); // 86
    message = new py.Dict([["type", "TEXT"], ["content", `${py.str(text)} ${py.str(write_mark(mark))}`]]); // 87
    if (py.truthy(image_url)) { // 88
      message = py.ibitor(message, new py.Dict([["type", "IMAGE"], ["imageUrl", image_url]])); // 89
    }
    self._number = mark.number; // 90
    payload = new py.Dict([["roomUuid", room_id], ["message", message]]); // 91
    self._tell(py.make(Request, "say", "message", "sendMessage", payload)); // 92
    return null;
  }
  _tell(request) { // ktb_load/systems/nest_chat.py:156
    const self = this;
    let error;
    self._unanswered = request; // 158
    self._began = py.lib["time.perf_counter"](); // 159
    try {
      self._send(request); // 161
    } catch ($$1) {
      if (py.isinstance($$1, Disconnected)) { // 162
        error = $$1;
        self._not_taken(error); // 163
        self._take_back_unanswered(request); // 164
        throw $$1; // 165
      } else {
        throw $$1;
      }
    }
    return null;
  }
  mark_as_read(room_id) { // ktb_load/systems/nest_chat.py:94
    const self = this;
    self._settle(); // 95
    self._tell(py.make(Request, "mark as read", "message", "markAsRead", new py.Dict([["roomUuid", room_id]]))); // 96
    return null;
  }
  drop() { // ktb_load/systems/nest_chat.py:120
    const self = this;
    self._settle(); // 121
    super.drop(); // 122
    return null;
  }
}
py.signature(NestSocket.prototype.__init__, ["user", "token"], []);

export class NestChatUser extends ChatMember { // ktb_load/systems/nest_chat.py:219
  async prepare_account(run, number) { // ktb_load/systems/nest_chat.py:233
    const self = this;
    let account;
    account = await self.log_in(user_uuid(run, number)); // 234
    return [account.uuid, account.token]; // 235
  }
  async log_in(uuid) { // ktb_load/systems/nest_chat.py:258
    const self = this;
    let response, token;
    response = await self.http.post("/api/auth/dev-token", { json: new py.Dict([["userUuid", uuid]]) }); // 260
    token = response.json("accessToken"); // 261
    if (!(py.truthy(check(response, new py.Dict([["logged in", py.contains(py.Tuple.of(200, 201), response.status) && py.b.bool(token)]]))))) { // 262
      throw py.raised(refused("log in", "auth", response)); // 263
    }
    return py.make(Account, uuid, py.b.str(token)); // 264
  }
  async join(socket, room) { // ktb_load/systems/nest_chat.py:328
    await py.m.join(socket, room.id); // 329
    return null;
  }
  take_account(row) { // ktb_load/systems/nest_chat.py:237
    return py.make(Account, ...py.iter(row)); // 238
  }
  async new_account() { // ktb_load/systems/nest_chat.py:240
    const self = this;
    return await self.log_in(user_uuid(py.getitem(self.data, "run"), self.vu.id)); // 241
  }
  async prepare_room(name, members) { // ktb_load/systems/nest_chat.py:243
    const self = this;
    return await self.open_room(name, (() => { const $result = []; let row; for (const $$1 of py.iter(members)) { row = $$1; $result.push(py.getitem(row, 0)); } return $result; })(), self.take_account(py.getitem(members, 0))); // 244
  }
  async open_room(name, people, account) { // ktb_load/systems/nest_chat.py:266
    const self = this;
    let body, response, room_id;
    body = new py.Dict([["type", "GROUP"], ["name", name], ["participantUuids", people]]); // 268
    response = await self.http.post("/api/chat/room", { json: body, headers: account.headers }); // 269
    room_id = response.json("roomUuid"); // 270
    if (!(py.truthy(check(response, new py.Dict([["room created", py.eq(response.status, 201) && py.b.bool(room_id)]]))))) { // 271
      throw py.raised(refused("create room", "room", response)); // 272
    }
    return py.make(Room, py.b.str(room_id), name); // 273
  }
  async create_room(name) { // ktb_load/systems/nest_chat.py:246
    const self = this;
    let run, people;
    run = py.getitem(self.data, "run"); // 248
    people = (() => { const $result = []; let vu_id; for (const $$1 of py.iter(py.Tuple.of(self.vu.id, ...py.iter(self.neighbours())))) { vu_id = $$1; $result.push(user_uuid(run, vu_id)); } return $result; })(); // 249
    return await self.open_room(name, people, self.account); // 250
  }
  async look_for_room(name) { // ktb_load/systems/nest_chat.py:252
    const self = this;
    let found;
    found = (await (async () => { const $result = []; let room; for (const $$1 of py.iter((await self.list_rooms(self.account)))) { room = $$1; if (py.eq(room.name, name)) { $result.push(room); }} return $result; })()); // 253
    return (py.truthy(found) ? py.getitem(found, 0) : null); // 254
  }
  async list_rooms(account, page = 1) { // ktb_load/systems/nest_chat.py:275
    const self = this;
    let url, response, found, $1, $2;
    url = `/api/chat/rooms?${py.str(py.lib["urllib.parse.urlencode"](new py.Dict([["page", page], ["limit", 20]])))}`; // 277
    response = await self.http.get(url, { headers: account.headers, name: "/api/chat/rooms" }); // 278
    check(response, new py.Dict([["rooms listed", py.eq(response.status, 200)]])); // 279
    found = (py.truthy($1 = response.json("rooms")) ? $1 : response.json("chatRooms")); // 280
    return (() => { const $result = []; let room; for (const $$1 of py.iter((py.truthy($2 = found) ? $2 : []))) { room = $$1; $result.push(py.make(Room, py.getitem(room, "roomUuid"), py.getitem(room, "name"))); } return $result; })(); // 281
  }
  async connect(account) { // ktb_load/systems/nest_chat.py:320
    const self = this;
    return await py.make(NestSocket, self, account.token).open(); // 322
  }
  async leave(socket, room) { // ktb_load/systems/nest_chat.py:331
    await socket.leave(room.id); // 333
    return null;
  }
  async type_for(socket, room, seconds) { // ktb_load/systems/nest_chat.py:346
    const self = this;
    socket.typing(room.id, true); // 348
    await self.listen(socket, seconds); // 349
    socket.typing(room.id, false); // 350
    return null;
  }
  say(socket, room, text) { // ktb_load/systems/nest_chat.py:335
    socket.say(room.id, text); // 337
    return null;
  }
  async fetch_history(account, room, page = 1) { // ktb_load/systems/nest_chat.py:290
    const self = this;
    let response, $1;
    response = await self.http.get(`/api/chat/room/${py.str(room.id)}/messages?${py.str(py.lib["urllib.parse.urlencode"](new py.Dict([["page", page], ["limit", 50]])))}`, { headers: account.headers, name: "/api/chat/room/:uuid/messages" }); // 292
    check(response, new py.Dict([["history shown", py.eq(response.status, 200)]])); // 297
    return py.b.list((py.truthy($1 = response.json("messages")) ? $1 : [])); // 298
  }
  mark_as_read(socket, room) { // ktb_load/systems/nest_chat.py:343
    socket.mark_as_read(room.id); // 344
    return null;
  }
  share_image(socket, room, url) { // ktb_load/systems/nest_chat.py:339
    socket.say(room.id, "an image for you", url); // 341
    return null;
  }
  async look_at_room(account, room) { // ktb_load/systems/nest_chat.py:283
    const self = this;
    let response, $1;
    response = await self.http.get(`/api/chat/room/${py.str(room.id)}`, { headers: account.headers, name: "/api/chat/room/:uuid" }); // 284
    check(response, new py.Dict([["room shown", py.eq(response.status, 200)]])); // 287
    return (py.truthy($1 = response.json()) ? $1 : new py.Dict([])); // 288
  }
  async post_message(account, room, text) { // ktb_load/systems/nest_chat.py:300
    const self = this;
    let response;
    response = await self.http.post(`/api/chat/room/${py.str(room.id)}/message`, { json: new py.Dict([["type", "TEXT"], ["content", text]]), headers: account.headers, name: "/api/chat/room/:uuid/message" }); // 302
    check(response, new py.Dict([["message posted", py.eq(response.status, 201)]])); // 308
    return null;
  }
  async mark_all_as_read(account, room) { // ktb_load/systems/nest_chat.py:310
    const self = this;
    let response;
    response = await self.http.patch(`/api/chat/room/${py.str(room.id)}/read`, { headers: account.headers, name: "/api/chat/room/:uuid/read" }); // 311
    check(response, new py.Dict([["marked as read", py.eq(response.status, 200)]])); // 316
    return null;
  }
  async connect_with_bad_token() { // ktb_load/systems/nest_chat.py:324
    const self = this;
    check(null, new py.Dict([["bad token refused", (await py.make(NestSocket, self, "no token").is_refused())]])); // 326
    return null;
  }
}
py.attributes(NestChatUser, { abstract: true, system: "nest-chat", host: "http://localhost:7777", transports: py.Tuple.of("websocket") });

export function user_uuid(run, number) { // ktb_load/systems/nest_chat.py:353
  let letters;
  letters = py.m.join((""), new py.PyIterator((function* ($each) { let letter; for (const $$1 of py.iter($each)) { letter = $$1; yield py.getitem(_ULID, py.mod(py.b.ord(letter), 32)); } })(run))); // 355
  return `01${py.str(letters)}${py.format(number, `018`, "")}`; // 356
}

