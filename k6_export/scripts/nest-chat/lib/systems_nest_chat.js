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
    self._token = token; // 57
    self._unanswered = null; // 58
    self._began = new py.Float(0.0); // 60
    self._asking = false; // 61
    self._number = 0; // 62
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
  _settle() { // ktb_load/systems/nest_chat.py:177
    const self = this;
    let cause, why;
    if (py.is(self._unanswered, null)) { // 179
      return null; // 180
    }
    if (!py.truthy(self.connected)) { // 181
      cause = self._client.close_cause; // 182
      why = `${py.str(self._unanswered.name)}: the chat was closed by ${py.str(cause)}`; // 183
      self._not_taken(py.callkw(Disconnected, null, [why], { kind: "connection" })); // 184
      return null; // 185
    }
    check(null, new py.Dict([[`${py.str(self._unanswered.name)}: taken`, true]])); // 186
    self._unanswered = null; // 187
    return null;
  }
  _not_taken(error) { // ktb_load/systems/nest_chat.py:189
    const self = this;
    let request;
    request = self._unanswered; // 190
    if (!(request !== null)) throw py.make(py.e.AssertionError); // 191
    self._unanswered = null; // 192
    check(null, new py.Dict([[`${py.str(request.name)}: taken`, false]])); // 193
    self._count_failure(request.event, error, request.kind); // 194
    self._report(request.name, self._began, error); // 195
    return null;
  }
  _send(request) { // ktb_load/systems/nest_chat.py:158
    const self = this;
    self._client.emit(request.event, request.payload); // 159
    return null;
  }
  _refusal_in(args) { // ktb_load/systems/nest_chat.py:161
    let body, message, reason, $1, $2, $3, $4;
    body = (py.truthy(args) && py.b.isinstance(py.getitem(args, 0), py.Dict) ? py.getitem(args, 0) : new py.Dict([])); // 162
    $3 = py.unpack(py.Tuple.of((py.truthy($1 = py.m.get(body, "message")) ? $1 : ""), (py.truthy($2 = py.m.get(body, "error")) ? $2 : "")), 2, false, 0), message = $3[0], reason = $3[1]; // 163
    return py.Tuple.of(py.m.strip((`${py.str(message)} ${py.str(reason)}`)), py.b.str((py.truthy($4 = py.m.get(body, "code")) ? $4 : "REFUSED"))); // 164
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
    options = py.callkw(SocketIOOptions, null, [], { auth: (py.truthy(in_header) ? null : new py.Dict([["token", self._token]])), headers: (py.truthy(in_header) ? bearer : new py.Dict([])), namespace: "/chat", name: "chat", welcome: "connected" }); // 140
    return await SocketIOClient.connect(self._network, self._origin, options); // 147
  }
  _listen() { // ktb_load/systems/nest_chat.py:149
    const self = this;
    let event;
    self._client.on("newMessage", py.bind(self, "_on_message")); // 150
    self._client.on("systemMessage", (..._) => { _ = py.Tuple.from(_); return py.m.add(system_messages, 1); }); // 151
    self._client.on("notification", (..._) => { _ = py.Tuple.from(_); return py.m.add(notifications, 1); }); // 152
    py.m.add(system_messages, 0); // 153
    py.m.add(notifications, 0); // 154
    for (const $$1 of py.iter(REFUSALS)) { // 155
      event = $$1;
      self._client.on(event, py.bind(self, "_on_refusal")); // 156
    }
    return null;
  }
  _on_message(message, ..._) { // ktb_load/systems/nest_chat.py:204
    const self = this;
    _ = py.Tuple.from(_);
    let mark, now_us, $1;
    if (!py.is((mark = mark_of(message)), null)) { // 205
      now_us = py.floordiv(py.lib["time.time_ns"](), 1000); // 206
      self._deliveries.arrived((py.truthy($1 = py.m.get(message, "roomUuid")) ? $1 : ""), mark, now_us); // 207
      if (py.ne(mark.vu, self._vu.id)) { // 208
        self._show_delivery(py.div(py.sub(now_us, mark.sent_us), 1000)); // 209
      }
    }
    return null;
  }
  _show_delivery() { return null; } // ktb_load/systems/nest_chat.py:212
  _on_refusal(...args) { // ktb_load/systems/nest_chat.py:217
    const self = this;
    args = py.Tuple.from(args);
    let message, code, request, $1;
    if (py.truthy(self._asking)) { // 218
      return null; // 219
    }
    if (py.is(self._unanswered, null)) { // 220
      $1 = py.unpack(self._refusal_in(args), 2, false, 0), message = $1[0], code = $1[1]; // 221
      self._count_failure("error", py.callkw(ExchangeFailed, null, [message], { kind: "unasked", code: code })); // 222
    } else {
      request = self._unanswered; // 224
      self._not_taken(self._rejection(request, args)); // 225
      self._take_back_unanswered(request); // 226
    }
    return null;
  }
  _take_back_unanswered(request) { // ktb_load/systems/nest_chat.py:197
    const self = this;
    if (py.eq(request.event, "sendMessage")) { // 199
      self._take_back(py.getitem(request.payload, "roomUuid"), self._number); // 200
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
  _tell(request) { // ktb_load/systems/nest_chat.py:166
    const self = this;
    let error;
    self._unanswered = request; // 168
    self._began = py.lib["time.perf_counter"](); // 169
    try {
      self._send(request); // 171
    } catch ($$1) {
      if (py.isinstance($$1, Disconnected)) { // 172
        error = $$1;
        self._not_taken(error); // 173
        self._take_back_unanswered(request); // 174
        throw $$1; // 175
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
  async is_refused() { // ktb_load/systems/nest_chat.py:67
    const self = this;
    let began, error, refused;
    began = py.lib["time.perf_counter"](); // 69
    try {
      self._client = await self._connect(); // 71
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 72
        error = $$1;
        refused = py.eq(error.kind, "auth"); // 73
        self._report("connect with a bad token", began, (py.truthy(refused) ? null : error)); // 74
        return refused; // 75
      } else {
        throw $$1;
      }
    }
    await self._client.close(); // 76
    return false; // 77
  }
}
py.signature(NestSocket.prototype.__init__, ["user", "token"], []);

export class NestChatUser extends ChatMember { // ktb_load/systems/nest_chat.py:229
  async prepare_account(run, number) { // ktb_load/systems/nest_chat.py:240
    const self = this;
    let account;
    account = await self.log_in(user_uuid(run, number)); // 241
    return [account.uuid, account.token]; // 242
  }
  async log_in(uuid) { // ktb_load/systems/nest_chat.py:268
    const self = this;
    let response, token;
    response = await self.http.post("/api/auth/dev-token", { json: new py.Dict([["userUuid", uuid]]) }); // 270
    token = response.json("accessToken"); // 271
    if (!(py.truthy(check(response, new py.Dict([["logged in", py.contains(py.Tuple.of(200, 201), response.status) && py.b.bool(token)]]))))) { // 272
      throw py.raised(refused("log in", "auth", response)); // 273
    }
    return py.make(Account, uuid, py.b.str(token)); // 274
  }
  async join(socket, room) { // ktb_load/systems/nest_chat.py:338
    await py.m.join(socket, room.id); // 339
    return null;
  }
  take_account(row) { // ktb_load/systems/nest_chat.py:244
    return py.make(Account, ...py.iter(row)); // 245
  }
  async new_account() { // ktb_load/systems/nest_chat.py:247
    const self = this;
    return await self.log_in(user_uuid(py.getitem(self.data, "run"), self.vu.id)); // 248
  }
  async prepare_room(name, members) { // ktb_load/systems/nest_chat.py:250
    const self = this;
    return await self.open_room(name, (() => { const $result = []; let row; for (const $$1 of py.iter(members)) { row = $$1; $result.push(py.getitem(row, 0)); } return $result; })(), self.take_account(py.getitem(members, 0))); // 251
  }
  async open_room(name, people, account) { // ktb_load/systems/nest_chat.py:276
    const self = this;
    let body, response, room_id;
    body = new py.Dict([["type", "GROUP"], ["name", name], ["participantUuids", people]]); // 278
    response = await self.http.post("/api/chat/room", { json: body, headers: account.headers }); // 279
    room_id = response.json("roomUuid"); // 280
    if (!(py.truthy(check(response, new py.Dict([["room created", py.eq(response.status, 201) && py.b.bool(room_id)]]))))) { // 281
      throw py.raised(refused("create room", "room", response)); // 282
    }
    return py.make(Room, py.b.str(room_id), name); // 283
  }
  async create_room(name) { // ktb_load/systems/nest_chat.py:253
    const self = this;
    let run, sizes, last, number, _, people, $1, $2;
    $1 = py.unpack(py.Tuple.of(py.getitem(self.data, "run"), py.getitem(self.data, "room_sizes"), self.vu.id), 3, false, 0), run = $1[0], sizes = $1[1], last = $1[2]; // 255
    $2 = py.unpack(seat_of(self.vu.id, ...py.iter(sizes)), 2, false, 0), number = $2[0], _ = $2[1]; // 256
    while (py.eq(py.getitem(seat_of(py.add(last, 1), ...py.iter(sizes)), 0), number)) { // 257
      last = py.iadd(last, 1); // 258
    }
    people = (() => { const $result = []; let vu_id; for (const $$1 of py.iter(py.b.range(self.vu.id, py.add(last, 1)))) { vu_id = $$1; $result.push(user_uuid(run, vu_id)); } return $result; })(); // 259
    return await self.open_room(name, people, self.account); // 260
  }
  async look_for_room(name) { // ktb_load/systems/nest_chat.py:262
    const self = this;
    let found;
    found = (await (async () => { const $result = []; let room; for (const $$1 of py.iter((await self.list_rooms(self.account)))) { room = $$1; if (py.eq(room.name, name)) { $result.push(room); }} return $result; })()); // 263
    return (py.truthy(found) ? py.getitem(found, 0) : null); // 264
  }
  async list_rooms(account, page = 1) { // ktb_load/systems/nest_chat.py:285
    const self = this;
    let url, response, found, $1, $2;
    url = `/api/chat/rooms?${py.str(py.lib["urllib.parse.urlencode"](new py.Dict([["page", page], ["limit", 20]])))}`; // 287
    response = await self.http.get(url, { headers: account.headers, name: "/api/chat/rooms" }); // 288
    check(response, new py.Dict([["rooms listed", py.eq(response.status, 200)]])); // 289
    found = (py.truthy($1 = response.json("rooms")) ? $1 : response.json("chatRooms")); // 290
    return (() => { const $result = []; let room; for (const $$1 of py.iter((py.truthy($2 = found) ? $2 : []))) { room = $$1; $result.push(py.make(Room, py.getitem(room, "roomUuid"), py.getitem(room, "name"))); } return $result; })(); // 291
  }
  async connect(account) { // ktb_load/systems/nest_chat.py:330
    const self = this;
    return await py.make(NestSocket, self, account.token).open(); // 332
  }
  async leave(socket, room) { // ktb_load/systems/nest_chat.py:341
    await socket.leave(room.id); // 343
    return null;
  }
  async type_for(socket, room, seconds) { // ktb_load/systems/nest_chat.py:356
    const self = this;
    socket.typing(room.id, true); // 358
    await self.listen(socket, seconds); // 359
    socket.typing(room.id, false); // 360
    return null;
  }
  say(socket, room, text) { // ktb_load/systems/nest_chat.py:345
    socket.say(room.id, text); // 347
    return null;
  }
  async fetch_history(account, room, page = 1) { // ktb_load/systems/nest_chat.py:300
    const self = this;
    let response, $1;
    response = await self.http.get(`/api/chat/room/${py.str(room.id)}/messages?${py.str(py.lib["urllib.parse.urlencode"](new py.Dict([["page", page], ["limit", 50]])))}`, { headers: account.headers, name: "/api/chat/room/:uuid/messages" }); // 302
    check(response, new py.Dict([["history shown", py.eq(response.status, 200)]])); // 307
    return py.b.list((py.truthy($1 = response.json("messages")) ? $1 : [])); // 308
  }
  mark_as_read(socket, room) { // ktb_load/systems/nest_chat.py:353
    socket.mark_as_read(room.id); // 354
    return null;
  }
  share_image(socket, room, url) { // ktb_load/systems/nest_chat.py:349
    socket.say(room.id, "an image for you", url); // 351
    return null;
  }
  async look_at_room(account, room) { // ktb_load/systems/nest_chat.py:293
    const self = this;
    let response, $1;
    response = await self.http.get(`/api/chat/room/${py.str(room.id)}`, { headers: account.headers, name: "/api/chat/room/:uuid" }); // 294
    check(response, new py.Dict([["room shown", py.eq(response.status, 200)]])); // 297
    return (py.truthy($1 = response.json()) ? $1 : new py.Dict([])); // 298
  }
  async post_message(account, room, text) { // ktb_load/systems/nest_chat.py:310
    const self = this;
    let response;
    response = await self.http.post(`/api/chat/room/${py.str(room.id)}/message`, { json: new py.Dict([["type", "TEXT"], ["content", text]]), headers: account.headers, name: "/api/chat/room/:uuid/message" }); // 312
    check(response, new py.Dict([["message posted", py.eq(response.status, 201)]])); // 318
    return null;
  }
  async mark_all_as_read(account, room) { // ktb_load/systems/nest_chat.py:320
    const self = this;
    let response;
    response = await self.http.patch(`/api/chat/room/${py.str(room.id)}/read`, { headers: account.headers, name: "/api/chat/room/:uuid/read" }); // 321
    check(response, new py.Dict([["marked as read", py.eq(response.status, 200)]])); // 326
    return null;
  }
  async connect_with_bad_token() { // ktb_load/systems/nest_chat.py:334
    const self = this;
    check(null, new py.Dict([["bad token refused", (await py.make(NestSocket, self, "no token").is_refused())]])); // 336
    return null;
  }
}
py.attributes(NestChatUser, { abstract: true, system: "nest-chat", host: "http://localhost:7777" });

export function user_uuid(run, number) { // ktb_load/systems/nest_chat.py:363
  let letters;
  letters = py.m.join((""), new py.PyIterator((function* ($each) { let letter; for (const $$1 of py.iter($each)) { letter = $$1; yield py.getitem(_ULID, py.mod(py.b.ord(letter), 32)); } })(run))); // 365
  return `01${py.str(letters)}${py.format(number, `018`, "")}`; // 366
}

