// Compiled from ktb_load/systems/nest_chat.py by `ktb-load export`.
import { py, ConnectFailed, Counter, Disconnected, ExchangeFailed, SocketIOClient, SocketIOOptions, check, setting } from "./runtime.js";
import { ChatConnection, Request, mark_of } from "./connection.js";
import { write_mark } from "./marks.js";
import { ChatMember, refused } from "./member.js";
import { Room, seat_of } from "./rooms.js";

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
  async join(room_id) { // ktb_load/systems/nest_chat.py:80
    const self = this;
    let request;
    self._settle(); // 81
    self._asking = true; // 82
    request = py.callkw(Request, null, ["join", "room", "joinRoom", new py.Dict([["roomUuid", room_id]])], { metric: "chat_joining" }); // 83
    try {
      await self._exchange(request, py.Tuple.of("joinedRoom", (to) => py.eq(py.getitem(to, "roomUuid"), room_id)), REFUSALS); // 85
    } finally {
      self._asking = false; // 87
    }
    return null;
  }
  _settle() { // ktb_load/systems/nest_chat.py:179
    const self = this;
    let cause, why;
    if (py.is(self._unanswered, null)) { // 181
      return null; // 182
    }
    if (!py.truthy(self.connected)) { // 183
      cause = self._client.close_cause; // 184
      why = `${py.str(self._unanswered.name)}: the chat was closed by ${py.str(cause)}`; // 185
      self._not_taken(py.callkw(Disconnected, null, [why], { kind: "connection" })); // 186
      return null; // 187
    }
    check(null, new py.Dict([[`${py.str(self._unanswered.name)}: taken`, true]])); // 188
    self._unanswered = null; // 189
    return null;
  }
  _not_taken(error) { // ktb_load/systems/nest_chat.py:191
    const self = this;
    let request;
    request = self._unanswered; // 192
    if (!(request !== null)) throw py.make(py.e.AssertionError); // 193
    self._unanswered = null; // 194
    check(null, new py.Dict([[`${py.str(request.name)}: taken`, false]])); // 195
    self._count_failure(request.event, error, request.kind); // 196
    self._report(request.name, self._began, error); // 197
    return null;
  }
  _send(request) { // ktb_load/systems/nest_chat.py:160
    const self = this;
    self._client.emit(request.event, request.payload); // 161
    return null;
  }
  _refusal_in(args) { // ktb_load/systems/nest_chat.py:163
    let body, message, reason, $1, $2, $3, $4;
    body = (py.truthy(args) && py.b.isinstance(py.getitem(args, 0), py.Dict) ? py.getitem(args, 0) : new py.Dict([])); // 164
    $3 = py.unpack(py.Tuple.of((py.truthy($1 = py.m.get(body, "message")) ? $1 : ""), (py.truthy($2 = py.m.get(body, "error")) ? $2 : "")), 2, false, 0), message = $3[0], reason = $3[1]; // 165
    return py.Tuple.of(py.m.strip((`${py.str(message)} ${py.str(reason)}`)), py.b.str((py.truthy($4 = py.m.get(body, "code")) ? $4 : "REFUSED"))); // 166
  }
  async __exit__(kind, error, trace) { // ktb_load/systems/nest_chat.py:113
    const self = this;
    try {
      if ((kind === null) && !py.is(self._unanswered, null)) { // 123
        await self.leave(py.getitem(self._unanswered.payload, "roomUuid")); // 124
      }
    } finally {
      await self.close(); // 126
    }
    return null;
  }
  async leave(room_id) { // ktb_load/systems/nest_chat.py:89
    const self = this;
    let request;
    request = py.make(Request, "leave", "room", "leaveRoom", new py.Dict([["roomUuid", room_id]])); // 91
    await self._exchange(request, py.Tuple.of("leftRoom", (left) => py.eq(py.getitem(left, "roomUuid"), room_id))); // 92
    self._settle(); // 93
    self._deliveries.left(room_id); // 94
    return null;
  }
  async close() { // ktb_load/systems/nest_chat.py:128
    const self = this;
    self._settle(); // 129
    await super.close(); // 130
    return null;
  }
  async _connect() { // ktb_load/systems/nest_chat.py:138
    const self = this;
    let bearer, in_header, options;
    bearer = new py.Dict([["Authorization", `Bearer ${py.str(self._token)}`]]); // 139
    in_header = py.eq(setting("TOKEN_IN", "auth"), "header"); // 140
    options = py.callkw(SocketIOOptions, null, [], { auth: (py.truthy(in_header) ? null : new py.Dict([["token", self._token]])), headers: (py.truthy(in_header) ? bearer : new py.Dict([])), namespace: "/chat", name: "chat", welcome: "connected", transports: self._transports }); // 141
    return await SocketIOClient.connect(self._network, self._origin, options); // 149
  }
  _listen() { // ktb_load/systems/nest_chat.py:151
    const self = this;
    let event;
    self._client.on("newMessage", py.bind(self, "_on_message")); // 152
    self._client.on("systemMessage", (..._) => { _ = py.Tuple.from(_); return py.m.add(system_messages, 1); }); // 153
    self._client.on("notification", (..._) => { _ = py.Tuple.from(_); return py.m.add(notifications, 1); }); // 154
    py.m.add(system_messages, 0); // 155
    py.m.add(notifications, 0); // 156
    for (const $$1 of py.iter(REFUSALS)) { // 157
      event = $$1;
      self._client.on(event, py.bind(self, "_on_refusal")); // 158
    }
    return null;
  }
  _on_message(message, ..._) { // ktb_load/systems/nest_chat.py:206
    const self = this;
    _ = py.Tuple.from(_);
    let mark, now_us, $1;
    if (!py.is((mark = mark_of(message)), null)) { // 207
      now_us = py.floordiv(py.lib["time.time_ns"](), 1000); // 208
      self._deliveries.arrived((py.truthy($1 = py.m.get(message, "roomUuid")) ? $1 : ""), mark, now_us); // 209
      if (py.ne(mark.vu, self._vu.id)) { // 210
        self._show_delivery(py.div(py.sub(now_us, mark.sent_us), 1000)); // 211
      }
    }
    return null;
  }
  _show_delivery() { return null; } // ktb_load/systems/nest_chat.py:214
  _on_refusal(...args) { // ktb_load/systems/nest_chat.py:219
    const self = this;
    args = py.Tuple.from(args);
    let message, code, request, $1;
    if (py.truthy(self._asking)) { // 220
      return null; // 221
    }
    if (py.is(self._unanswered, null)) { // 222
      $1 = py.unpack(self._refusal_in(args), 2, false, 0), message = $1[0], code = $1[1]; // 223
      self._count_failure("error", py.callkw(ExchangeFailed, null, [message], { kind: "unasked", code: code })); // 224
    } else {
      request = self._unanswered; // 226
      self._not_taken(self._rejection(request, args)); // 227
      self._take_back_unanswered(request); // 228
    }
    return null;
  }
  _take_back_unanswered(request) { // ktb_load/systems/nest_chat.py:199
    const self = this;
    if (py.eq(request.event, "sendMessage")) { // 201
      self._take_back(py.getitem(request.payload, "roomUuid"), self._number); // 202
    }
    return null;
  }
  typing(room_id, is_typing) { // ktb_load/systems/nest_chat.py:110
    const self = this;
    self._client.emit("typing", new py.Dict([["roomUuid", room_id], ["isTyping", is_typing]])); // 111
    return null;
  }
  say(room_id, text, image_url = "") { // ktb_load/systems/nest_chat.py:96
    const self = this;
    let mark, message, payload;
    self._settle(); // 97
    mark = self._next_mark(room_id); // 98
    message = new py.Dict([["type", "TEXT"], ["content", `${py.str(text)} ${py.str(write_mark(mark))}`]]); // 99
    if (py.truthy(image_url)) { // 100
      message = py.ibitor(message, new py.Dict([["type", "IMAGE"], ["imageUrl", image_url]])); // 101
    }
    self._number = mark.number; // 102
    payload = new py.Dict([["roomUuid", room_id], ["message", message]]); // 103
    self._tell(py.make(Request, "say", "message", "sendMessage", payload)); // 104
    return null;
  }
  _tell(request) { // ktb_load/systems/nest_chat.py:168
    const self = this;
    let error;
    self._unanswered = request; // 170
    self._began = py.lib["time.perf_counter"](); // 171
    try {
      self._send(request); // 173
    } catch ($$1) {
      if (py.isinstance($$1, Disconnected)) { // 174
        error = $$1;
        self._not_taken(error); // 175
        self._take_back_unanswered(request); // 176
        throw $$1; // 177
      } else {
        throw $$1;
      }
    }
    return null;
  }
  mark_as_read(room_id) { // ktb_load/systems/nest_chat.py:106
    const self = this;
    self._settle(); // 107
    self._tell(py.make(Request, "mark as read", "message", "markAsRead", new py.Dict([["roomUuid", room_id]]))); // 108
    return null;
  }
  drop() { // ktb_load/systems/nest_chat.py:132
    const self = this;
    self._settle(); // 133
    super.drop(); // 134
    return null;
  }
  async is_refused() { // ktb_load/systems/nest_chat.py:68
    const self = this;
    let began, error, refused;
    began = py.lib["time.perf_counter"](); // 70
    try {
      self._client = await self._connect(); // 72
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 73
        error = $$1;
        refused = py.eq(error.kind, "auth"); // 74
        self._report("connect with a bad token", began, (py.truthy(refused) ? null : error)); // 75
        return refused; // 76
      } else {
        throw $$1;
      }
    }
    await self._client.close(); // 77
    return false; // 78
  }
}
py.signature(NestSocket.prototype.__init__, ["user", "token"], []);

export class NestChatUser extends ChatMember { // ktb_load/systems/nest_chat.py:231
  async prepare_account(run, number) { // ktb_load/systems/nest_chat.py:245
    const self = this;
    let account;
    account = await self.log_in(user_uuid(run, number)); // 246
    return [account.uuid, account.token]; // 247
  }
  async log_in(uuid) { // ktb_load/systems/nest_chat.py:273
    const self = this;
    let response, token;
    response = await self.http.post("/api/auth/dev-token", { json: new py.Dict([["userUuid", uuid]]) }); // 275
    token = response.json("accessToken"); // 276
    if (!(py.truthy(check(response, new py.Dict([["logged in", py.contains(py.Tuple.of(200, 201), response.status) && py.b.bool(token)]]))))) { // 277
      throw py.raised(refused("log in", "auth", response)); // 278
    }
    return py.make(Account, uuid, py.b.str(token)); // 279
  }
  async join(socket, room) { // ktb_load/systems/nest_chat.py:343
    await py.m.join(socket, room.id); // 344
    return null;
  }
  take_account(row) { // ktb_load/systems/nest_chat.py:249
    return py.make(Account, ...py.iter(row)); // 250
  }
  async new_account() { // ktb_load/systems/nest_chat.py:252
    const self = this;
    return await self.log_in(user_uuid(py.getitem(self.data, "run"), self.vu.id)); // 253
  }
  async prepare_room(name, members) { // ktb_load/systems/nest_chat.py:255
    const self = this;
    return await self.open_room(name, (() => { const $result = []; let row; for (const $$1 of py.iter(members)) { row = $$1; $result.push(py.getitem(row, 0)); } return $result; })(), self.take_account(py.getitem(members, 0))); // 256
  }
  async open_room(name, people, account) { // ktb_load/systems/nest_chat.py:281
    const self = this;
    let body, response, room_id;
    body = new py.Dict([["type", "GROUP"], ["name", name], ["participantUuids", people]]); // 283
    response = await self.http.post("/api/chat/room", { json: body, headers: account.headers }); // 284
    room_id = response.json("roomUuid"); // 285
    if (!(py.truthy(check(response, new py.Dict([["room created", py.eq(response.status, 201) && py.b.bool(room_id)]]))))) { // 286
      throw py.raised(refused("create room", "room", response)); // 287
    }
    return py.make(Room, py.b.str(room_id), name); // 288
  }
  async create_room(name) { // ktb_load/systems/nest_chat.py:258
    const self = this;
    let run, sizes, last, number, _, people, $1, $2;
    $1 = py.unpack(py.Tuple.of(py.getitem(self.data, "run"), py.getitem(self.data, "room_sizes"), self.vu.id), 3, false, 0), run = $1[0], sizes = $1[1], last = $1[2]; // 260
    $2 = py.unpack(seat_of(self.vu.id, ...py.iter(sizes)), 2, false, 0), number = $2[0], _ = $2[1]; // 261
    while (py.eq(py.getitem(seat_of(py.add(last, 1), ...py.iter(sizes)), 0), number)) { // 262
      last = py.iadd(last, 1); // 263
    }
    people = (() => { const $result = []; let vu_id; for (const $$1 of py.iter(py.b.range(self.vu.id, py.add(last, 1)))) { vu_id = $$1; $result.push(user_uuid(run, vu_id)); } return $result; })(); // 264
    return await self.open_room(name, people, self.account); // 265
  }
  async look_for_room(name) { // ktb_load/systems/nest_chat.py:267
    const self = this;
    let found;
    found = (await (async () => { const $result = []; let room; for (const $$1 of py.iter((await self.list_rooms(self.account)))) { room = $$1; if (py.eq(room.name, name)) { $result.push(room); }} return $result; })()); // 268
    return (py.truthy(found) ? py.getitem(found, 0) : null); // 269
  }
  async list_rooms(account, page = 1) { // ktb_load/systems/nest_chat.py:290
    const self = this;
    let url, response, found, $1, $2;
    url = `/api/chat/rooms?${py.str(py.lib["urllib.parse.urlencode"](new py.Dict([["page", page], ["limit", 20]])))}`; // 292
    response = await self.http.get(url, { headers: account.headers, name: "/api/chat/rooms" }); // 293
    check(response, new py.Dict([["rooms listed", py.eq(response.status, 200)]])); // 294
    found = (py.truthy($1 = response.json("rooms")) ? $1 : response.json("chatRooms")); // 295
    return (() => { const $result = []; let room; for (const $$1 of py.iter((py.truthy($2 = found) ? $2 : []))) { room = $$1; $result.push(py.make(Room, py.getitem(room, "roomUuid"), py.getitem(room, "name"))); } return $result; })(); // 296
  }
  async connect(account) { // ktb_load/systems/nest_chat.py:335
    const self = this;
    return await py.make(NestSocket, self, account.token).open(); // 337
  }
  async leave(socket, room) { // ktb_load/systems/nest_chat.py:346
    await socket.leave(room.id); // 348
    return null;
  }
  async type_for(socket, room, seconds) { // ktb_load/systems/nest_chat.py:361
    const self = this;
    socket.typing(room.id, true); // 363
    await self.listen(socket, seconds); // 364
    socket.typing(room.id, false); // 365
    return null;
  }
  say(socket, room, text) { // ktb_load/systems/nest_chat.py:350
    socket.say(room.id, text); // 352
    return null;
  }
  async fetch_history(account, room, page = 1) { // ktb_load/systems/nest_chat.py:305
    const self = this;
    let response, $1;
    response = await self.http.get(`/api/chat/room/${py.str(room.id)}/messages?${py.str(py.lib["urllib.parse.urlencode"](new py.Dict([["page", page], ["limit", 50]])))}`, { headers: account.headers, name: "/api/chat/room/:uuid/messages" }); // 307
    check(response, new py.Dict([["history shown", py.eq(response.status, 200)]])); // 312
    return py.b.list((py.truthy($1 = response.json("messages")) ? $1 : [])); // 313
  }
  mark_as_read(socket, room) { // ktb_load/systems/nest_chat.py:358
    socket.mark_as_read(room.id); // 359
    return null;
  }
  share_image(socket, room, url) { // ktb_load/systems/nest_chat.py:354
    socket.say(room.id, "an image for you", url); // 356
    return null;
  }
  async look_at_room(account, room) { // ktb_load/systems/nest_chat.py:298
    const self = this;
    let response, $1;
    response = await self.http.get(`/api/chat/room/${py.str(room.id)}`, { headers: account.headers, name: "/api/chat/room/:uuid" }); // 299
    check(response, new py.Dict([["room shown", py.eq(response.status, 200)]])); // 302
    return (py.truthy($1 = response.json()) ? $1 : new py.Dict([])); // 303
  }
  async post_message(account, room, text) { // ktb_load/systems/nest_chat.py:315
    const self = this;
    let response;
    response = await self.http.post(`/api/chat/room/${py.str(room.id)}/message`, { json: new py.Dict([["type", "TEXT"], ["content", text]]), headers: account.headers, name: "/api/chat/room/:uuid/message" }); // 317
    check(response, new py.Dict([["message posted", py.eq(response.status, 201)]])); // 323
    return null;
  }
  async mark_all_as_read(account, room) { // ktb_load/systems/nest_chat.py:325
    const self = this;
    let response;
    response = await self.http.patch(`/api/chat/room/${py.str(room.id)}/read`, { headers: account.headers, name: "/api/chat/room/:uuid/read" }); // 326
    check(response, new py.Dict([["marked as read", py.eq(response.status, 200)]])); // 331
    return null;
  }
  async connect_with_bad_token() { // ktb_load/systems/nest_chat.py:339
    const self = this;
    check(null, new py.Dict([["bad token refused", (await py.make(NestSocket, self, "no token").is_refused())]])); // 341
    return null;
  }
}
py.attributes(NestChatUser, { abstract: true, system: "nest-chat", host: "http://localhost:7777", transports: py.Tuple.of("websocket") });

export function user_uuid(run, number) { // ktb_load/systems/nest_chat.py:368
  let letters;
  letters = py.m.join((""), new py.PyIterator((function* ($each) { let letter; for (const $$1 of py.iter($each)) { letter = $$1; yield py.getitem(_ULID, py.mod(py.b.ord(letter), 32)); } })(run))); // 370
  return `01${py.str(letters)}${py.format(number, `018`, "")}`; // 371
}

