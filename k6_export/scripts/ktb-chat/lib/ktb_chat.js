// Compiled from ktb_load/systems/ktb_chat.py by `ktb-load export`.
import { py, ConnectFailed, check, setting } from "./runtime.js";
import { media_type } from "./files.js";
import { ChatSocket } from "./ktb_chat_socket.js";
import { ChatMember, refused } from "./member.js";
import { Room } from "./rooms.js";

export const PASSWORD = "Passw0rd!"; // ktb_load/systems/ktb_chat.py:26
export class Account { // ktb_load/systems/ktb_chat.py:30
  get headers() { // ktb_load/systems/ktb_chat.py:41
    const self = this;
    return new py.Dict([["Authorization", `Bearer ${py.str(self.token)}`], ["x-session-id", self.session_id]]); // 42
  }
  __init__(name, email, password = PASSWORD, id = "", token = "", session_id = "") {
    this.name = name;
    this.email = email;
    this.password = password;
    this.id = id;
    this.token = token;
    this.session_id = session_id;
  }
}
py.dataclass(Account, ["name", "email", "password", "id", "token", "session_id"], ["password", "id", "token", "session_id"], true);

export class File { // ktb_load/systems/ktb_chat.py:46
  __init__(id, filename) {
    this.id = id;
    this.filename = filename;
  }
}
py.dataclass(File, ["id", "filename"], [], true);

export class KtbChatUser extends ChatMember { // ktb_load/systems/ktb_chat.py:53
  async prepare_account(run, number) { // ktb_load/systems/ktb_chat.py:84
    const self = this;
    let account;
    account = await self.log_in((await self.register(`user ${py.str(number)}`, `${py.str(run)}-${py.str(number)}@load.test`))); // 85
    return [account.name, account.email, account.id, account.token, account.session_id]; // 86
  }
  async log_in(account) { // ktb_load/systems/ktb_chat.py:121
    const self = this;
    let body, response;
    body = new py.Dict([["email", account.email], ["password", account.password]]); // 123
    response = await self.http.post("/api/auth/login", { json: body }); // 124
    account = self._with_session(account, response); // 125
    if (!(py.truthy(check(response, new py.Dict([["logged in", py.eq(response.status, 200) && py.ne(account.token, "")]]))))) { // 126
      throw py.raised(refused("log in", "auth", response)); // 127
    }
    return account; // 128
  }
  static _with_session(account, response) { // ktb_load/systems/ktb_chat.py:167
    let answer, user, $1, $2, $3, $4, $5;
    answer = response.json(); // 168
    if (!py.b.isinstance(answer, py.b.dict)) { // 169
      return account; // 170
    }
    user = (py.truthy($1 = py.m.get(answer, "user")) ? $1 : new py.Dict([])); // 171
    return py.replace(account, new py.Kw({ id: (py.truthy($3 = py.m.get(user, "_id")) ? $3 : (py.truthy($2 = py.m.get(user, "id")) ? $2 : account.id)), token: (py.truthy($4 = py.m.get(answer, "token")) ? $4 : account.token), session_id: (py.truthy($5 = py.m.get(answer, "sessionId")) ? $5 : account.session_id) })); // 172
  }
  _with_session(...$rest) { return this.constructor._with_session(...$rest); }
  async register(name = "", email = "", password = PASSWORD) { // ktb_load/systems/ktb_chat.py:109
    const self = this;
    let account, body, response, $1, $2;
    email = (py.truthy($1 = email) ? $1 : `${py.str(self.vu.random.text(12))}@load.test`); // 113
    account = py.make(Account, (py.truthy($2 = name) ? $2 : py.getitem(py.m.partition(email, "@"), 0)), py.m.lower(email), password); // 114
    body = new py.Dict([["name", account.name], ["email", account.email], ["password", password]]); // 115
    response = await self.http.post("/api/auth/register", { json: body, expected: py.Tuple.of(201, 409) }); // 116
    if (!py.truthy(check(response, new py.Dict([["registered", py.contains(py.Tuple.of(201, 409), response.status)]])))) { // 117
      throw py.raised(refused("register", "auth", response)); // 118
    }
    return self._with_session(account, response); // 119
  }
  take_account(row) { // ktb_load/systems/ktb_chat.py:88
    let name, email, user_id, token, session_id, $1;
    $1 = py.unpack(row, 5, false, 0), name = $1[0], email = $1[1], user_id = $1[2], token = $1[3], session_id = $1[4]; // 89
    return py.make(Account, name, email, PASSWORD, user_id, token, session_id); // 90
  }
  async new_account() { // ktb_load/systems/ktb_chat.py:92
    const self = this;
    return await self.register_and_log_in(`user ${py.str(self.vu.id)}`); // 93
  }
  async register_and_log_in(name = "", email = "") { // ktb_load/systems/ktb_chat.py:130
    const self = this;
    let account;
    account = await self.register(name, email); // 132
    return (py.truthy(account.token) ? account : (await self.log_in(account))); // 133
  }
  async prepare_room(name, members) { // ktb_load/systems/ktb_chat.py:95
    const self = this;
    return await self.create_room(name, undefined, self.take_account(py.getitem(members, 0))); // 96
  }
  async create_room(name, password = "", by = null) { // ktb_load/systems/ktb_chat.py:230
    const self = this;
    let body, account, response, room_id, $1, $2;
    body = new py.Dict([["name", name], ...(py.truthy(password) ? new py.Dict([["password", password]]) : new py.Dict([])).entries()]); // 231
    account = (py.truthy($1 = by) ? $1 : self.account); // 232
    response = await self.http.post("/api/rooms", { json: body, headers: account.headers }); // 233
    room_id = (py.truthy($2 = response.json("_id")) ? $2 : response.json("data._id")); // 234
    if (!(py.truthy(check(response, new py.Dict([["room created", py.eq(response.status, 201) && py.b.bool(room_id)]]))))) { // 235
      throw py.raised(refused("create room", "room", response)); // 236
    }
    return py.make(Room, py.b.str(room_id), name, password); // 237
  }
  async look_for_room(name) { // ktb_load/systems/ktb_chat.py:217
    const self = this;
    let found;
    found = (await (async () => { const $result = []; let r; for (const $$1 of py.iter((await self.list_rooms(self.account, undefined, name)))) { r = $$1; if (py.eq(r.name, name)) { $result.push(r); }} return $result; })()); // 219
    return (py.truthy(found) ? py.getitem(found, 0) : null); // 220
  }
  async list_rooms(account, page = 0, search = "") { // ktb_load/systems/ktb_chat.py:206
    const self = this;
    let query, url, response, found, $1;
    query = new py.Dict([["page", page], ["pageSize", 10], ["sortField", "createdAt"], ["sortOrder", "desc"]]); // 208
    if (py.truthy(search)) { // 209
      py.setitem(query, "search", search); // 210
    }
    url = `/api/rooms?${py.str(py.lib["urllib.parse.urlencode"](query))}`; // 211
    response = await self.http.get(url, { headers: account.headers, name: "/api/rooms" }); // 212
    check(response, new py.Dict([["rooms listed", py.eq(response.status, 200)]])); // 213
    found = response.json("data"); // 214
    return (() => { const $result = []; let room; for (const $$1 of py.iter((py.truthy($1 = found) ? $1 : []))) { room = $$1; $result.push(py.make(Room, py.getitem(room, "_id"), py.getitem(room, "name"))); } return $result; })(); // 215
  }
  async connect(account) { // ktb_load/systems/ktb_chat.py:281
    const self = this;
    if (!py.truthy(account.token)) { // 283
      throw py.raised(py.callkw(ConnectFailed, null, ["log in before you connect"], { kind: "auth" })); // 284
    }
    return await py.make(ChatSocket, self, account.id, account.token, account.session_id).open(); // 285
  }
  static socket_url() { // ktb_load/systems/ktb_chat.py:75
    const cls = this;
    let scheme, _, rest, name, $1, $2;
    if (py.truthy(cls.socket_host)) { // 76
      return cls.socket_host; // 77
    }
    $2 = py.unpack(py.m.partition(((py.truthy($1 = cls.host) ? $1 : "")), "://"), 3, false, 0), scheme = $2[0], _ = $2[1], rest = $2[2]; // 78
    name = py.getitem(py.m.partition(rest, "/"), 0); // 79
    if (py.contains(py.getitem(py.m.rpartition(name, "]"), 2), ":")) { // 80
      name = py.getitem(py.m.rpartition(name, ":"), 0); // 81
    }
    return `${py.str(scheme)}://${py.str(name)}:5002`; // 82
  }
  socket_url(...$rest) { return this.constructor.socket_url(...$rest); }
  async join(socket, room) { // ktb_load/systems/ktb_chat.py:287
    return await py.m.join(socket, room.id); // 291
  }
  async enter(room) { // ktb_load/systems/ktb_chat.py:98
    const self = this;
    let socket;
    if (py.eq(setting("JOIN", "socket"), "rest")) { // 102
      await self.join_over_rest(self.account, room); // 103
    }
    socket = await super.enter(room); // 104
    return socket; // 105
  }
  async join_over_rest(account, room) { // ktb_load/systems/ktb_chat.py:239
    const self = this;
    let body, response;
    body = (py.truthy(room.password) ? new py.Dict([["password", room.password]]) : new py.Dict([])); // 243
    response = await self.http.post(`/api/rooms/${py.str(room.id)}/join`, { json: body, headers: account.headers, name: "/api/rooms/:id/join" }); // 244
    if (!py.truthy(check(response, new py.Dict([["joined over REST", py.eq(response.status, 200)]])))) { // 250
      throw py.raised(refused("join over REST", "room", response)); // 251
    }
    return null;
  }
  async say(socket, room, text) { // ktb_load/systems/ktb_chat.py:296
    return await socket.say(room.id, text); // 298
  }
  async mark_as_read(socket, room, messages) { // ktb_load/systems/ktb_chat.py:317
    await socket.mark_as_read(room.id, (() => { const $result = []; let message; for (const $$1 of py.iter(messages)) { message = $$1; $result.push(py.getitem(message, "_id")); } return $result; })()); // 320
    return null;
  }
  async fetch_history(socket, room, before = null) { // ktb_load/systems/ktb_chat.py:322
    return await socket.fetch_history(room.id, before); // 326
  }
  async react(socket, message, emoji) { // ktb_load/systems/ktb_chat.py:308
    await socket.react(py.getitem(message, "_id"), emoji, "add"); // 310
    return null;
  }
  async take_back_reaction(socket, message, emoji) { // ktb_load/systems/ktb_chat.py:312
    await socket.react(py.getitem(message, "_id"), emoji, "remove"); // 315
    return null;
  }
  async upload_file(account, filename, content) { // ktb_load/systems/ktb_chat.py:255
    const self = this;
    let response, file;
    response = await self.http.post("/api/files/upload", { files: new py.Dict([["file", py.Tuple.of(filename, content, media_type(filename))]]), headers: account.headers }); // 259
    if (!py.truthy(check(response, new py.Dict([["file uploaded", py.eq(response.status, 200)]])))) { // 264
      throw py.raised(refused("upload file", "file", response)); // 265
    }
    file = response.json("file"); // 266
    return (py.truthy(file) ? py.make(File, py.b.str(py.getitem(file, "_id")), py.b.str(py.getitem(file, "filename"))) : null); // 267
  }
  async share_file(socket, room, file) { // ktb_load/systems/ktb_chat.py:304
    return await socket.say(room.id, "a file for you", file.id); // 306
  }
  async download_file(account, file, size) { // ktb_load/systems/ktb_chat.py:269
    const self = this;
    let response, whole;
    response = await self.http.get(`/api/files/download/${py.str(file.filename)}`, { headers: account.headers, name: "/api/files/download/:filename" }); // 271
    whole = py.eq(response.status, 200) && py.eq(py.b.len(response.body), size); // 276
    check(response, new py.Dict([["file downloaded whole", whole]])); // 277
    return null;
  }
  async mention_ai(socket, room, question, ai = "wayneAI") { // ktb_load/systems/ktb_chat.py:328
    return await socket.mention_ai(room.id, `@${py.str(ai)} ${py.str(question)}`); // 330
  }
  async rename(account, name) { // ktb_load/systems/ktb_chat.py:186
    const self = this;
    let response;
    response = await self.http.put("/api/users/profile", { json: new py.Dict([["name", name]]), headers: account.headers }); // 187
    check(response, new py.Dict([["profile changed", py.eq(response.json("user.name"), name)]])); // 188
    return py.replace(account, new py.Kw({ name: name })); // 189
  }
  async change_picture(account, image, filename = "me.png") { // ktb_load/systems/ktb_chat.py:191
    const self = this;
    let response;
    response = await self.http.post("/api/users/profile-image", { files: new py.Dict([["profileImage", py.Tuple.of(filename, image, media_type(filename))]]), headers: account.headers }); // 193
    check(response, new py.Dict([["picture changed", py.eq(response.status, 200)]])); // 198
    return null;
  }
  async log_in_with_wrong_password(account) { // ktb_load/systems/ktb_chat.py:135
    const self = this;
    let body, response;
    body = new py.Dict([["email", account.email], ["password", `not ${py.str(account.password)}`]]); // 139
    response = await self.http.post("/api/auth/login", { json: body, name: "/api/auth/login (wrong password)", expected: py.Tuple.of(401) }); // 140
    check(response, new py.Dict([["wrong password refused", py.eq(response.status, 401)]])); // 143
    return null;
  }
  async say_banned(socket, room, word) { // ktb_load/systems/ktb_chat.py:300
    await socket.say_banned(room.id, word); // 302
    return null;
  }
  async look_at_room(account, room) { // ktb_load/systems/ktb_chat.py:222
    const self = this;
    let response, answer, $1, $2;
    response = await self.http.get(`/api/rooms/${py.str(room.id)}`, { headers: account.headers, name: "/api/rooms/:id" }); // 223
    check(response, new py.Dict([["room shown", py.eq(response.status, 200)]])); // 226
    answer = (py.truthy($1 = response.json()) ? $1 : new py.Dict([])); // 227
    return (py.truthy($2 = py.m.get(answer, "data")) ? $2 : answer); // 228
  }
}
py.attributes(KtbChatUser, { abstract: true, system: "ktb-chat", host: "http://localhost:5001", socket_host: "", transports: py.Tuple.of("websocket") });

