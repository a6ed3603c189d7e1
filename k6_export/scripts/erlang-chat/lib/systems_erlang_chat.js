// Compiled from ktb_load/systems/erlang_chat.py by `ktb-load export`.
import { py, ExchangeFailed, MessageSocket, MessageSocketOptions, check, setting } from "./runtime.js";
import { ChatConnection, Request, mark_of } from "./connection.js";
import { write_mark } from "./marks.js";
import { ChatMember, refused } from "./member.js";
import { Room, login_name } from "./rooms.js";

export const ROOM = "/api/chatrooms/:id"; // ktb_load/systems/erlang_chat.py:25
export class Account { // ktb_load/systems/erlang_chat.py:29
  get headers() { // ktb_load/systems/erlang_chat.py:36
    const self = this;
    return new py.Dict([["Cookie", `jwt_token=${py.str(self.token)}`]]); // 37
  }
  __init__(user_id, token) {
    this.user_id = user_id;
    this.token = token;
  }
}
py.dataclass(Account, ["user_id", "token"], [], true);

export class ErlangSocket extends ChatConnection { // ktb_load/systems/erlang_chat.py:40
  __init__(user, account) { // ktb_load/systems/erlang_chat.py:46
    const self = this;
    super.__init__(user); // 47
    self._user = user; // 48
    self._url = user.socket_url(); // 49
    self._account = account; // 50
    return null;
  }
  async _connect() { // ktb_load/systems/erlang_chat.py:80
    const self = this;
    let options;
    options = py.callkw(MessageSocketOptions, null, [], { name: "chat", headers: self._account.headers }); // 81
    return await MessageSocket.connect(self._vu.network, self._url, options); // 82
  }
  _listen() { // ktb_load/systems/erlang_chat.py:84
    const self = this;
    self._client.on("message", py.bind(self, "_on_message")); // 85
    return null;
  }
  _on_message(message, ..._) { // ktb_load/systems/erlang_chat.py:97
    const self = this;
    _ = py.Tuple.from(_);
    let mark, room_id, $1;
    if (!py.is((mark = mark_of(message)), null)) { // 98
      room_id = py.b.str((py.truthy($1 = py.m.get(message, "roomId")) ? $1 : "")); // 99
      self._deliveries.arrived(room_id, mark, py.floordiv(py.lib["time.time_ns"](), 1000)); // 100
    }
    return null;
  }
  async join(room_id) { // ktb_load/systems/erlang_chat.py:54
    const self = this;
    let began, messages, error, joined, message, mark;
    began = py.lib["time.perf_counter"](); // 56
    try {
      messages = await self._user.connect_to_room(self._account, room_id); // 58
    } catch ($$1) {
      if (py.isinstance($$1, ExchangeFailed)) { // 59
        error = $$1;
        self._conclude("join", began, null, error); // 60
        self._count_failure("join", error); // 61
        throw $$1; // 62
      } else {
        throw $$1;
      }
    }
    joined = py.lib["time.perf_counter"](); // 63
    py.m.add(self._recorder, "chat_joining", py.mul(py.sub(joined, began), 1000)); // 64
    self._conclude("join", began, joined, null); // 65
    for (const $$2 of py.iter(messages)) { // 66
      message = $$2;
      if (!py.is((mark = mark_of(message)), null)) { // 67
        self._deliveries.known(room_id, mark); // 68
      }
    }
    return null;
  }
  async say(room_id, text) { // ktb_load/systems/erlang_chat.py:70
    const self = this;
    let mark, written, request, heard, answer;
    mark = self._next_mark(room_id); // 71
    written = write_mark(mark); // 72
    request = py.callkw(Request, null, ["say", "message", "say", `${py.str(text)} ${py.str(written)}`], { metric: "chat_round_trip" }); // 73
    heard = py.Tuple.of("message", (message) => py.m.endswith(py.getitem(message, "content"), written)); // 74
    answer = await self._say_and_hear(room_id, mark, request, heard, "error"); // 75
    return (py.truthy(answer) ? py.b.dict(py.getitem(answer, 0)) : null); // 76
  }
  _send(request) { // ktb_load/systems/erlang_chat.py:90
    const self = this;
    self._client.send_text(request.payload); // 91
    return null;
  }
  _refusal_in(args) { // ktb_load/systems/erlang_chat.py:93
    let body, $1;
    body = (py.truthy(args) ? py.getitem(args, 0) : new py.Dict([])); // 94
    return py.Tuple.of(py.b.str(py.m.get(body, "message", "")), py.b.str((py.truthy($1 = py.m.get(body, "error")) ? $1 : ""))); // 95
  }
  _is_refusal(error) { // ktb_load/systems/erlang_chat.py:87
    const self = this;
    return self._is_unauthorized(error); // 88
  }
}
py.attributes(ErlangSocket, { protocol: "WS" });
py.signature(ErlangSocket.prototype.__init__, ["user", "account"], []);

export class ErlangChatUser extends ChatMember { // ktb_load/systems/erlang_chat.py:103
  async prepare_account(run, number) { // ktb_load/systems/erlang_chat.py:116
    const self = this;
    let user_id, account;
    user_id = self.user_id_of(run, number); // 117
    if (!py.truthy(setting("ACCOUNT_PREFIX", ""))) { // 118
      await self.register(user_id); // 119
    }
    account = await self.log_in(user_id); // 120
    return [account.user_id, account.token]; // 121
  }
  user_id_of(run, number) { // ktb_load/systems/erlang_chat.py:123
    let prefix;
    prefix = setting("ACCOUNT_PREFIX", ""); // 125
    return (py.truthy(prefix) ? `${py.str(prefix)}${py.str(number)}` : login_name(run, number)); // 126
  }
  async register(user_id) { // ktb_load/systems/erlang_chat.py:172
    const self = this;
    let body, response;
    body = new py.Dict([["userId", user_id], ["password", self._password()]]); // 173
    response = await self.http.post("/api/auth/register", { json: body }); // 174
    if (!py.truthy(check(response, new py.Dict([["registered", py.eq(response.status, 201)]])))) { // 175
      throw py.raised(refused("register", "auth", response)); // 176
    }
    return null;
  }
  _password() { // ktb_load/systems/erlang_chat.py:332
    return setting("PASSWORD", "Load-test1!"); // 333
  }
  async log_in(user_id) { // ktb_load/systems/erlang_chat.py:178
    const self = this;
    let body, response, token;
    body = new py.Dict([["userId", user_id], ["password", self._password()]]); // 179
    response = await self.http.post("/api/auth/login", { json: body }); // 180
    token = response.json("token"); // 181
    if (!(py.truthy(check(response, new py.Dict([["logged in", py.eq(response.status, 200) && py.b.bool(token)]]))))) { // 182
      throw py.raised(refused("log in", "auth", response)); // 183
    }
    return py.make(Account, user_id, py.b.str(token)); // 184
  }
  take_account(row) { // ktb_load/systems/erlang_chat.py:128
    return py.make(Account, ...py.iter(row)); // 129
  }
  async new_account() { // ktb_load/systems/erlang_chat.py:131
    const self = this;
    return self.take_account((await self.prepare_account(py.getitem(self.data, "run"), self.vu.id))); // 132
  }
  async prepare_room(name, members) { // ktb_load/systems/erlang_chat.py:134
    const self = this;
    let owner;
    owner = await self.log_in(py.getitem(py.getitem(members, 0), 0)); // 136
    return await self.open_room(owner, name, (() => { const $result = []; let row; for (const $$1 of py.iter(py.slice(members, 1, null, null))) { row = $$1; $result.push(py.getitem(row, 0)); } return $result; })()); // 137
  }
  async open_room(account, name, others) { // ktb_load/systems/erlang_chat.py:194
    const self = this;
    let body, response, room_id;
    body = new py.Dict([["creatorId", account.user_id], ["targetUserIds", others], ["name", name]]); // 196
    response = await self.http.post("/api/chatrooms", { json: body, headers: account.headers }); // 197
    room_id = response.json("roomId"); // 198
    if (!(py.truthy(check(response, new py.Dict([["room created", py.eq(response.status, 201) && py.b.bool(room_id)]]))))) { // 199
      throw py.raised(refused("create room", "room", response)); // 200
    }
    return py.make(Room, py.b.str(room_id), name); // 201
  }
  async come_back() { // ktb_load/systems/erlang_chat.py:186
    const self = this;
    self.account = await self.log_in(self.account.user_id); // 190
    return null;
  }
  async create_room(name) { // ktb_load/systems/erlang_chat.py:139
    const self = this;
    let run, others;
    run = py.getitem(self.data, "run"); // 141
    others = (() => { const $result = []; let vu_id; for (const $$1 of py.iter(self.neighbours())) { vu_id = $$1; $result.push(self.user_id_of(run, vu_id)); } return $result; })(); // 142
    return await self.open_room(self.account, name, others); // 143
  }
  async look_for_room(name) { // ktb_load/systems/erlang_chat.py:145
    const self = this;
    let found;
    found = (await (async () => { const $result = []; let room; for (const $$1 of py.iter((await self.list_rooms(self.account)))) { room = $$1; if (py.eq(room.name, name)) { $result.push(room); }} return $result; })()); // 146
    return (py.truthy(found) ? py.getitem(found, 0) : null); // 147
  }
  async list_rooms(account) { // ktb_load/systems/erlang_chat.py:203
    const self = this;
    let response, $1;
    response = await self.http.get("/api/chatrooms", { headers: account.headers }); // 205
    check(response, new py.Dict([["rooms listed", py.eq(response.status, 200)]])); // 206
    return (() => { const $result = []; let room; for (const $$1 of py.iter((py.truthy($1 = response.json("chatrooms")) ? $1 : []))) { room = $$1; $result.push(py.make(Room, py.getitem(room, "roomId"), py.getitem(room, "name"))); } return $result; })(); // 207
  }
  async connect(account) { // ktb_load/systems/erlang_chat.py:153
    const self = this;
    return await py.make(ErlangSocket, self, account).open(); // 155
  }
  socket_url() { // ktb_load/systems/erlang_chat.py:149
    const self = this;
    let $1;
    return `${py.str(py.m.replace(((py.truthy($1 = self.host) ? $1 : "")), "http", "ws", 1))}/chat`; // 151
  }
  async join(socket, room) { // ktb_load/systems/erlang_chat.py:157
    await py.m.join(socket, room.id); // 159
    return null;
  }
  async connect_to_room(account, room_id) { // ktb_load/systems/erlang_chat.py:256
    const self = this;
    let response, $1;
    response = await self.http.post(`/api/chatrooms/${py.str(room_id)}/connect`, { json: new py.Dict([["userId", account.user_id]]), headers: account.headers, name: `${py.str(ROOM)}/connect` }); // 258
    if (py.ne(response.status, 200)) { // 264
      throw py.raised(refused("join", "room", response)); // 265
    }
    check(response, new py.Dict([["room is active", py.eq(response.json("state"), "active")]])); // 266
    return py.b.list((py.truthy($1 = response.json("messages")) ? $1 : [])); // 267
  }
  async say(socket, room, text) { // ktb_load/systems/erlang_chat.py:161
    return await socket.say(room.id, text); // 163
  }
  async mark_as_read(account, room, message_id) { // ktb_load/systems/erlang_chat.py:313
    const self = this;
    let response, $1, $2;
    response = await self._about(account, room, message_id, "read", new py.Dict([])); // 314
    check(response, new py.Dict([["marked as read", (py.le(200, ($1 = response.status)) && py.lt($1, ($2 = 300)))]])); // 315
    return null;
  }
  async _about(account, room, message_id, what, more) { // ktb_load/systems/erlang_chat.py:322
    const self = this;
    return await self.http.post(`/api/chatrooms/${py.str(room.id)}/messages/${py.str(message_id)}/${py.str(what)}`, { json: new py.Dict([["userId", account.user_id], ...more.entries()]), headers: account.headers, name: `${py.str(ROOM)}/messages/:id/${py.str(what)}` }); // 325
  }
  async react(account, room, message_id, kind) { // ktb_load/systems/erlang_chat.py:317
    const self = this;
    let response, $1, $2;
    response = await self._about(account, room, message_id, "reactions", new py.Dict([["reactionType", kind]])); // 319
    check(response, new py.Dict([["reacted", (py.le(200, ($1 = response.status)) && py.lt($1, ($2 = 300)))]])); // 320
    return null;
  }
  async post_message(account, room, text) { // ktb_load/systems/erlang_chat.py:281
    const self = this;
    let response, message_id;
    response = await self.http.post(`/api/chatrooms/${py.str(room.id)}/messages`, { json: new py.Dict([["userId", account.user_id], ["content", text]]), headers: account.headers, name: `${py.str(ROOM)}/messages` }); // 283
    message_id = response.json("messageId"); // 289
    if (!(py.truthy(check(response, new py.Dict([["message posted", py.eq(response.status, 201) && py.b.bool(message_id)]]))))) { // 290
      throw py.raised(refused("post message", "message", response)); // 291
    }
    return py.b.str(message_id); // 292
  }
  async edit_message(account, room, message_id, text) { // ktb_load/systems/erlang_chat.py:294
    const self = this;
    let body, response;
    body = new py.Dict([["userId", account.user_id], ["newContent", text]]); // 295
    response = await self.http.patch(`/api/chatrooms/${py.str(room.id)}/messages/${py.str(message_id)}`, { json: body, headers: account.headers, name: `${py.str(ROOM)}/messages/:id` }); // 296
    check(response, new py.Dict([["message edited", py.eq(response.status, 200)]])); // 302
    return null;
  }
  async delete_message(account, room, message_id) { // ktb_load/systems/erlang_chat.py:304
    const self = this;
    let response, $1, $2;
    response = await self.http.delete(`/api/chatrooms/${py.str(room.id)}/messages/${py.str(message_id)}`, { json: new py.Dict([["userId", account.user_id]]), headers: account.headers, name: `${py.str(ROOM)}/messages/:id` }); // 305
    check(response, new py.Dict([["message deleted", (py.le(200, ($1 = response.status)) && py.lt($1, ($2 = 300)))]])); // 311
    return null;
  }
  async add_participant(account, room, user_id) { // ktb_load/systems/erlang_chat.py:229
    const self = this;
    let response;
    response = await self.http.post(`/api/chatrooms/${py.str(room.id)}/participants`, { json: new py.Dict([["userId", user_id], ["role", "member"]]), headers: account.headers, name: `${py.str(ROOM)}/participants` }); // 230
    check(response, new py.Dict([["participant added", py.eq(response.status, 201)]])); // 236
    return null;
  }
  async change_role(account, room, user_id, role) { // ktb_load/systems/erlang_chat.py:238
    const self = this;
    let response;
    response = await self.http.patch(`/api/chatrooms/${py.str(room.id)}/participants/${py.str(user_id)}/role`, { json: new py.Dict([["role", role]]), headers: account.headers, name: `${py.str(ROOM)}/participants/:user/role` }); // 240
    check(response, new py.Dict([["role changed", py.eq(response.status, 200)]])); // 246
    return null;
  }
  async remove_participant(account, room, user_id) { // ktb_load/systems/erlang_chat.py:248
    const self = this;
    let response, $1, $2;
    response = await self.http.delete(`/api/chatrooms/${py.str(room.id)}/participants/${py.str(user_id)}`, { headers: account.headers, name: `${py.str(ROOM)}/participants/:user` }); // 249
    check(response, new py.Dict([["participant removed", (py.le(200, ($1 = response.status)) && py.lt($1, ($2 = 300)))]])); // 254
    return null;
  }
  async rename_room(account, room, name) { // ktb_load/systems/erlang_chat.py:216
    const self = this;
    let response;
    response = await self.http.patch(`/api/chatrooms/${py.str(room.id)}/name`, { json: new py.Dict([["name", name]]), headers: account.headers, name: `${py.str(ROOM)}/name` }); // 217
    check(response, new py.Dict([["room renamed", py.eq(response.status, 200)]])); // 223
    return null;
  }
  async state_of_room(account, room) { // ktb_load/systems/erlang_chat.py:209
    const self = this;
    let response, $1;
    response = await self.http.get(`/api/chatrooms/${py.str(room.id)}`, { headers: account.headers, name: ROOM, expected: py.Tuple.of(200, 404) }); // 211
    return py.b.str((py.truthy($1 = response.json("state")) ? $1 : "")); // 214
  }
  async delete_room(account, room) { // ktb_load/systems/erlang_chat.py:225
    const self = this;
    let response, $1, $2;
    response = await self.http.delete(`/api/chatrooms/${py.str(room.id)}`, { headers: account.headers, name: ROOM }); // 226
    check(response, new py.Dict([["room deleted", (py.le(200, ($1 = response.status)) && py.lt($1, ($2 = 300)))]])); // 227
    return null;
  }
  async connect_with_bad_token() { // ktb_load/systems/erlang_chat.py:165
    const self = this;
    let nobody;
    nobody = py.make(Account, "nobody", "no token"); // 167
    check(null, new py.Dict([["bad token refused", (await py.make(ErlangSocket, self, nobody).is_refused())]])); // 168
    return null;
  }
}
py.attributes(ErlangChatUser, { abstract: true, system: "erlang-chat", host: "http://localhost:8080" });

