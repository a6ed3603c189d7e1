// Compiled from ktb_load/systems/erlang_chat.py by `ktb-load export`.
import { py, ConnectFailed, ExchangeFailed, MessageSocket, MessageSocketOptions, check, setting } from "./runtime.js";
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
  async _connect() { // ktb_load/systems/erlang_chat.py:91
    const self = this;
    let options;
    options = py.callkw(MessageSocketOptions, null, [], { name: "chat", headers: self._account.headers }); // 92
    return await MessageSocket.connect(self._vu.network, self._url, options); // 93
  }
  _listen() { // ktb_load/systems/erlang_chat.py:95
    const self = this;
    self._client.on("message", py.bind(self, "_on_message")); // 96
    return null;
  }
  _on_message(message, ..._) { // ktb_load/systems/erlang_chat.py:105
    const self = this;
    _ = py.Tuple.from(_);
    let mark;
    if (!py.is((mark = mark_of(message)), null)) { // 106
      self._deliveries.arrived(py.getitem(message, "roomId"), mark, py.floordiv(py.lib["time.time_ns"](), 1000)); // 107
    }
    return null;
  }
  async join(room_id) { // ktb_load/systems/erlang_chat.py:65
    const self = this;
    let began, messages, error, joined, message, mark;
    began = py.lib["time.perf_counter"](); // 67
    try {
      messages = await self._user.connect_to_room(self._account, room_id); // 69
    } catch ($$1) {
      if (py.isinstance($$1, ExchangeFailed)) { // 70
        error = $$1;
        self._conclude("join", began, null, error); // 71
        self._count_failure("join", error); // 72
        throw $$1; // 73
      } else {
        throw $$1;
      }
    }
    joined = py.lib["time.perf_counter"](); // 74
    py.m.add(self._recorder, "chat_joining", py.mul(py.sub(joined, began), 1000)); // 75
    self._conclude("join", began, joined, null); // 76
    for (const $$2 of py.iter(messages)) { // 77
      message = $$2;
      if (!py.is((mark = mark_of(message)), null)) { // 78
        self._deliveries.known(room_id, mark); // 79
      }
    }
    return null;
  }
  async say(room_id, text) { // ktb_load/systems/erlang_chat.py:81
    const self = this;
    let mark, written, request, heard, answer;
    mark = self._next_mark(room_id); // 82
    written = write_mark(mark); // 83
    request = py.callkw(Request, null, ["say", "message", "say", `${py.str(text)} ${py.str(written)}`], { metric: "chat_round_trip" }); // 84
    heard = py.Tuple.of("message", (message) => py.m.endswith(py.getitem(message, "content"), written)); // 85
    answer = await self._say_and_hear(room_id, mark, request, heard, "error"); // 86
    return (py.truthy(answer) ? py.b.dict(py.getitem(answer, 0)) : null); // 87
  }
  _send(request) { // ktb_load/systems/erlang_chat.py:98
    const self = this;
    self._client.send_text(request.payload); // 99
    return null;
  }
  _refusal_in(args) { // ktb_load/systems/erlang_chat.py:101
    let body, $1;
    body = (py.truthy(args) ? py.getitem(args, 0) : new py.Dict([])); // 102
    return py.Tuple.of(py.b.str(py.m.get(body, "message", "")), py.b.str((py.truthy($1 = py.m.get(body, "error")) ? $1 : ""))); // 103
  }
  async is_refused() { // ktb_load/systems/erlang_chat.py:54
    const self = this;
    let began;
    began = py.lib["time.perf_counter"](); // 56
    try {
      self._client = await self._connect(); // 58
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 59
        self._report("connect with a bad token", began); // 60
        return true; // 61
      } else {
        throw $$1;
      }
    }
    await self._client.close(); // 62
    return false; // 63
  }
}
py.attributes(ErlangSocket, { protocol: "WS" });
py.signature(ErlangSocket.prototype.__init__, ["user", "account"], []);

export class ErlangChatUser extends ChatMember { // ktb_load/systems/erlang_chat.py:110
  async prepare_account(run, number) { // ktb_load/systems/erlang_chat.py:123
    const self = this;
    let prefix, user_id, account;
    prefix = setting("ACCOUNT_PREFIX", ""); // 124
    user_id = (py.truthy(prefix) ? `${py.str(prefix)}${py.str(number)}` : login_name(run, number)); // 125
    if (!py.truthy(prefix)) { // 126
      await self.register(user_id); // 127
    }
    account = await self.log_in(user_id); // 128
    return [account.user_id, account.token]; // 129
  }
  async register(user_id) { // ktb_load/systems/erlang_chat.py:175
    const self = this;
    let body, response;
    body = new py.Dict([["userId", user_id], ["password", self._password()]]); // 176
    response = await self.http.post("/api/auth/register", { json: body }); // 177
    if (!py.truthy(check(response, new py.Dict([["registered", py.eq(response.status, 201)]])))) { // 178
      throw py.raised(refused("register", "auth", response)); // 179
    }
    return null;
  }
  _password() { // ktb_load/systems/erlang_chat.py:329
    return setting("PASSWORD", "Load-test1!"); // 330
  }
  async log_in(user_id) { // ktb_load/systems/erlang_chat.py:181
    const self = this;
    let body, response, token;
    body = new py.Dict([["userId", user_id], ["password", self._password()]]); // 182
    response = await self.http.post("/api/auth/login", { json: body }); // 183
    token = response.json("token"); // 184
    if (!(py.truthy(check(response, new py.Dict([["logged in", py.eq(response.status, 200) && py.b.bool(token)]]))))) { // 185
      throw py.raised(refused("log in", "auth", response)); // 186
    }
    return py.make(Account, user_id, py.b.str(token)); // 187
  }
  take_account(row) { // ktb_load/systems/erlang_chat.py:131
    return py.make(Account, ...py.iter(row)); // 132
  }
  async new_account() { // ktb_load/systems/erlang_chat.py:134
    const self = this;
    return self.take_account((await self.prepare_account(py.getitem(self.data, "run"), self.vu.id))); // 135
  }
  async prepare_room(name, members) { // ktb_load/systems/erlang_chat.py:137
    const self = this;
    let owner;
    owner = await self.log_in(py.getitem(py.getitem(members, 0), 0)); // 139
    return await self.open_room(owner, name, (() => { const $result = []; let row; for (const $$1 of py.iter(py.slice(members, 1, null, null))) { row = $$1; $result.push(py.getitem(row, 0)); } return $result; })()); // 140
  }
  async open_room(account, name, others) { // ktb_load/systems/erlang_chat.py:191
    const self = this;
    let body, response, room_id;
    body = new py.Dict([["creatorId", account.user_id], ["targetUserIds", others], ["name", name]]); // 193
    response = await self.http.post("/api/chatrooms", { json: body, headers: account.headers }); // 194
    room_id = response.json("roomId"); // 195
    if (!(py.truthy(check(response, new py.Dict([["room created", py.eq(response.status, 201) && py.b.bool(room_id)]]))))) { // 196
      throw py.raised(refused("create room", "room", response)); // 197
    }
    return py.make(Room, py.b.str(room_id), name); // 198
  }
  async create_room(name) { // ktb_load/systems/erlang_chat.py:142
    const self = this;
    let run, others;
    run = py.getitem(self.data, "run"); // 144
    others = (() => { const $result = []; let vu_id; for (const $$1 of py.iter(self.neighbours())) { vu_id = $$1; $result.push(login_name(run, vu_id)); } return $result; })(); // 145
    return await self.open_room(self.account, name, others); // 146
  }
  async look_for_room(name) { // ktb_load/systems/erlang_chat.py:148
    const self = this;
    let found;
    found = (await (async () => { const $result = []; let room; for (const $$1 of py.iter((await self.list_rooms(self.account)))) { room = $$1; if (py.eq(room.name, name)) { $result.push(room); }} return $result; })()); // 149
    return (py.truthy(found) ? py.getitem(found, 0) : null); // 150
  }
  async list_rooms(account) { // ktb_load/systems/erlang_chat.py:200
    const self = this;
    let response, $1;
    response = await self.http.get("/api/chatrooms", { headers: account.headers }); // 202
    check(response, new py.Dict([["rooms listed", py.eq(response.status, 200)]])); // 203
    return (() => { const $result = []; let room; for (const $$1 of py.iter((py.truthy($1 = response.json("chatrooms")) ? $1 : []))) { room = $$1; $result.push(py.make(Room, py.getitem(room, "roomId"), py.getitem(room, "name"))); } return $result; })(); // 204
  }
  async connect(account) { // ktb_load/systems/erlang_chat.py:156
    const self = this;
    return await py.make(ErlangSocket, self, account).open(); // 158
  }
  socket_url() { // ktb_load/systems/erlang_chat.py:152
    const self = this;
    let $1;
    return `${py.str(py.m.replace(((py.truthy($1 = self.host) ? $1 : "")), "http", "ws", 1))}/chat`; // 154
  }
  async join(socket, room) { // ktb_load/systems/erlang_chat.py:160
    await py.m.join(socket, room.id); // 162
    return null;
  }
  async connect_to_room(account, room_id) { // ktb_load/systems/erlang_chat.py:253
    const self = this;
    let response, $1;
    response = await self.http.post(`/api/chatrooms/${py.str(room_id)}/connect`, { json: new py.Dict([["userId", account.user_id]]), headers: account.headers, name: `${py.str(ROOM)}/connect` }); // 255
    if (py.ne(response.status, 200)) { // 261
      throw py.raised(refused("join", "room", response)); // 262
    }
    check(response, new py.Dict([["room is active", py.eq(response.json("state"), "active")]])); // 263
    return py.b.list((py.truthy($1 = response.json("messages")) ? $1 : [])); // 264
  }
  async say(socket, room, text) { // ktb_load/systems/erlang_chat.py:164
    return await socket.say(room.id, text); // 166
  }
  async mark_as_read(account, room, message_id) { // ktb_load/systems/erlang_chat.py:310
    const self = this;
    let response, $1, $2;
    response = await self._about(account, room, message_id, "read", new py.Dict([])); // 311
    check(response, new py.Dict([["marked as read", (py.le(200, ($1 = response.status)) && py.lt($1, ($2 = 300)))]])); // 312
    return null;
  }
  async _about(account, room, message_id, what, more) { // ktb_load/systems/erlang_chat.py:319
    const self = this;
    return await self.http.post(`/api/chatrooms/${py.str(room.id)}/messages/${py.str(message_id)}/${py.str(what)}`, { json: new py.Dict([["userId", account.user_id], ...more.entries()]), headers: account.headers, name: `${py.str(ROOM)}/messages/:id/${py.str(what)}` }); // 322
  }
  async react(account, room, message_id, kind) { // ktb_load/systems/erlang_chat.py:314
    const self = this;
    let response, $1, $2;
    response = await self._about(account, room, message_id, "reactions", new py.Dict([["reactionType", kind]])); // 316
    check(response, new py.Dict([["reacted", (py.le(200, ($1 = response.status)) && py.lt($1, ($2 = 300)))]])); // 317
    return null;
  }
  async post_message(account, room, text) { // ktb_load/systems/erlang_chat.py:278
    const self = this;
    let response, message_id;
    response = await self.http.post(`/api/chatrooms/${py.str(room.id)}/messages`, { json: new py.Dict([["userId", account.user_id], ["content", text]]), headers: account.headers, name: `${py.str(ROOM)}/messages` }); // 280
    message_id = response.json("messageId"); // 286
    if (!(py.truthy(check(response, new py.Dict([["message posted", py.eq(response.status, 201) && py.b.bool(message_id)]]))))) { // 287
      throw py.raised(refused("post message", "message", response)); // 288
    }
    return py.b.str(message_id); // 289
  }
  async edit_message(account, room, message_id, text) { // ktb_load/systems/erlang_chat.py:291
    const self = this;
    let body, response;
    body = new py.Dict([["userId", account.user_id], ["newContent", text]]); // 292
    response = await self.http.patch(`/api/chatrooms/${py.str(room.id)}/messages/${py.str(message_id)}`, { json: body, headers: account.headers, name: `${py.str(ROOM)}/messages/:id` }); // 293
    check(response, new py.Dict([["message edited", py.eq(response.status, 200)]])); // 299
    return null;
  }
  async delete_message(account, room, message_id) { // ktb_load/systems/erlang_chat.py:301
    const self = this;
    let response, $1, $2;
    response = await self.http.delete(`/api/chatrooms/${py.str(room.id)}/messages/${py.str(message_id)}`, { json: new py.Dict([["userId", account.user_id]]), headers: account.headers, name: `${py.str(ROOM)}/messages/:id` }); // 302
    check(response, new py.Dict([["message deleted", (py.le(200, ($1 = response.status)) && py.lt($1, ($2 = 300)))]])); // 308
    return null;
  }
  async add_participant(account, room, user_id) { // ktb_load/systems/erlang_chat.py:226
    const self = this;
    let response;
    response = await self.http.post(`/api/chatrooms/${py.str(room.id)}/participants`, { json: new py.Dict([["userId", user_id], ["role", "member"]]), headers: account.headers, name: `${py.str(ROOM)}/participants` }); // 227
    check(response, new py.Dict([["participant added", py.eq(response.status, 201)]])); // 233
    return null;
  }
  async change_role(account, room, user_id, role) { // ktb_load/systems/erlang_chat.py:235
    const self = this;
    let response;
    response = await self.http.patch(`/api/chatrooms/${py.str(room.id)}/participants/${py.str(user_id)}/role`, { json: new py.Dict([["role", role]]), headers: account.headers, name: `${py.str(ROOM)}/participants/:user/role` }); // 237
    check(response, new py.Dict([["role changed", py.eq(response.status, 200)]])); // 243
    return null;
  }
  async remove_participant(account, room, user_id) { // ktb_load/systems/erlang_chat.py:245
    const self = this;
    let response, $1, $2;
    response = await self.http.delete(`/api/chatrooms/${py.str(room.id)}/participants/${py.str(user_id)}`, { headers: account.headers, name: `${py.str(ROOM)}/participants/:user` }); // 246
    check(response, new py.Dict([["participant removed", (py.le(200, ($1 = response.status)) && py.lt($1, ($2 = 300)))]])); // 251
    return null;
  }
  async rename_room(account, room, name) { // ktb_load/systems/erlang_chat.py:213
    const self = this;
    let response;
    response = await self.http.patch(`/api/chatrooms/${py.str(room.id)}/name`, { json: new py.Dict([["name", name]]), headers: account.headers, name: `${py.str(ROOM)}/name` }); // 214
    check(response, new py.Dict([["room renamed", py.eq(response.status, 200)]])); // 220
    return null;
  }
  async state_of_room(account, room) { // ktb_load/systems/erlang_chat.py:206
    const self = this;
    let response, $1;
    response = await self.http.get(`/api/chatrooms/${py.str(room.id)}`, { headers: account.headers, name: ROOM, expected: py.Tuple.of(200, 404) }); // 208
    return py.b.str((py.truthy($1 = response.json("state")) ? $1 : "")); // 211
  }
  async delete_room(account, room) { // ktb_load/systems/erlang_chat.py:222
    const self = this;
    let response, $1, $2;
    response = await self.http.delete(`/api/chatrooms/${py.str(room.id)}`, { headers: account.headers, name: ROOM }); // 223
    check(response, new py.Dict([["room deleted", (py.le(200, ($1 = response.status)) && py.lt($1, ($2 = 300)))]])); // 224
    return null;
  }
  async connect_with_bad_token() { // ktb_load/systems/erlang_chat.py:168
    const self = this;
    let nobody;
    nobody = py.make(Account, "nobody", "no token"); // 170
    check(null, new py.Dict([["bad token refused", (await py.make(ErlangSocket, self, nobody).is_refused())]])); // 171
    return null;
  }
}
py.attributes(ErlangChatUser, { abstract: true, system: "erlang-chat", host: "http://localhost:8080" });

