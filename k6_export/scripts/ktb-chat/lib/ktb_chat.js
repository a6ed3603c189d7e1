// Compiled from ktb_load/systems/ktb_chat.py by `ktb-load export`.
import { py } from "./python.js";
import { ChatSocket } from "./ktb_chat_socket.js";
import { ConnectFailed, Rejected } from "./errors.js";
import { LoadUser } from "./user.js";
import { check, setting, think } from "./vocabulary.js";

export const PASSWORD = "Passw0rd!"; // ktb_load/systems/ktb_chat.py:23
export const FIND_ROOM_TRIES = 30; // ktb_load/systems/ktb_chat.py:24
export const PICTURE = py.m.fromhex(py.b.bytes, "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"); // ktb_load/systems/ktb_chat.py:26
export class Account { // ktb_load/systems/ktb_chat.py:34
  get headers() { // ktb_load/systems/ktb_chat.py:45
    const self = this;
    return new py.Dict([["Authorization", `Bearer ${py.str(self.token)}`], ["x-session-id", self.session_id]]); // 46
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

export class Room { // ktb_load/systems/ktb_chat.py:50
  __init__(id, name = "", password = "") {
    this.id = id;
    this.name = name;
    this.password = password;
  }
}
py.dataclass(Room, ["id", "name", "password"], ["name", "password"], true);

export class File { // ktb_load/systems/ktb_chat.py:57
  __init__(id, filename) {
    this.id = id;
    this.filename = filename;
  }
}
py.dataclass(File, ["id", "filename"], [], true);

export class KtbChatUser extends LoadUser { // ktb_load/systems/ktb_chat.py:64
  __init__(environment) { // ktb_load/systems/ktb_chat.py:82
    const self = this;
    super.__init__(environment); // 83
    self._rooms = new py.Dict([]); // 84
    self.message_numbers = new py.Dict([]); // 85
    return null;
  }
  async setup() { // ktb_load/systems/ktb_chat.py:104
    const self = this;
    let count, size, pause_s, run, accounts, rooms, number, account;
    count = setting("PREPARED_ACCOUNTS", self.vu.run.expected_vus); // 111
    size = setting("ROOM_SIZE", 20); // 112
    pause_s = py.div(1, setting("ACCOUNTS_PER_SECOND", new py.Float(10.0))); // 113
    run = self.vu.random.text(6); // 114
    accounts = []; // 115
    rooms = []; // 116
    for (const $$1 of py.iter(py.b.range(count))) { // 117
      number = $$1;
      account = await self.register(`user ${py.str(py.add(number, 1))}`, `${py.str(run)}-${py.str(py.add(number, 1))}@load.test`); // 118
      py.m.append(accounts, (await self.log_in(account))); // 119
      await think(pause_s); // 120
    }
    for (const $$2 of py.iter(py.b.range(py.lib["math.ceil"](py.div(count, size))))) { // 121
      number = $$2;
      py.m.append(rooms, (await self.create_room(room_name(run, number), undefined, py.getitem(accounts, py.mul(number, size))))); // 122
    }
    return new py.Dict([["run", run], ["room_sizes", [size, setting("ROOM_SIZE_MIN", 0)]], ["accounts", (() => { const $result = []; let a; for (const $$1 of py.iter(accounts)) { a = $$1; $result.push([a.name, a.email, a.id, a.token, a.session_id]); } return $result; })()], ["rooms", (() => { const $result = []; let room; for (const $$1 of py.iter(rooms)) { room = $$1; $result.push([room.id, room.name]); } return $result; })()]]); // 123
  }
  async register(name = "", email = "", password = PASSWORD) { // ktb_load/systems/ktb_chat.py:171
    const self = this;
    let account, body, response, $1, $2;
    email = (py.truthy($1 = email) ? $1 : `${py.str(self.vu.random.text(12))}@load.test`); // 175
    account = py.make(Account, (py.truthy($2 = name) ? $2 : py.getitem(py.m.partition(email, "@"), 0)), py.m.lower(email), password); // 176
    body = new py.Dict([["name", account.name], ["email", account.email], ["password", password]]); // 177
    response = await self.http.post("/api/auth/register", { json: body, expected: py.Tuple.of(201, 409) }); // 178
    if (!py.truthy(check(response, new py.Dict([["registered", py.contains(py.Tuple.of(201, 409), response.status)]])))) { // 179
      throw py.raised(refused("register", "auth", response)); // 180
    }
    return self._with_session(account, response); // 181
  }
  static _with_session(account, response) { // ktb_load/systems/ktb_chat.py:229
    let answer, user, $1, $2, $3, $4, $5;
    answer = response.json(); // 230
    if (!py.b.isinstance(answer, py.b.dict)) { // 231
      return account; // 232
    }
    user = (py.truthy($1 = py.m.get(answer, "user")) ? $1 : new py.Dict([])); // 233
    return py.replace(account, new py.Kw({ id: (py.truthy($3 = py.m.get(user, "_id")) ? $3 : (py.truthy($2 = py.m.get(user, "id")) ? $2 : account.id)), token: (py.truthy($4 = py.m.get(answer, "token")) ? $4 : account.token), session_id: (py.truthy($5 = py.m.get(answer, "sessionId")) ? $5 : account.session_id) })); // 234
  }
  _with_session(...$rest) { return this.constructor._with_session(...$rest); }
  async log_in(account) { // ktb_load/systems/ktb_chat.py:183
    const self = this;
    let body, response;
    body = new py.Dict([["email", account.email], ["password", account.password]]); // 185
    response = await self.http.post("/api/auth/login", { json: body }); // 186
    account = self._with_session(account, response); // 187
    if (!(py.truthy(check(response, new py.Dict([["logged in", py.eq(response.status, 200) && py.ne(account.token, "")]]))))) { // 188
      throw py.raised(refused("log in", "auth", response)); // 189
    }
    return account; // 190
  }
  async create_room(name, password = "", by = null) { // ktb_load/systems/ktb_chat.py:296
    const self = this;
    let body, account, response, room_id, $1, $2;
    body = new py.Dict([["name", name], ...(py.truthy(password) ? new py.Dict([["password", password]]) : new py.Dict([])).entries()]); // 297
    account = (py.truthy($1 = by) ? $1 : self.account); // 298
    response = await self.http.post("/api/rooms", { json: body, headers: account.headers }); // 299
    room_id = (py.truthy($2 = response.json("_id")) ? $2 : response.json("data._id")); // 300
    if (!(py.truthy(check(response, new py.Dict([["room created", py.eq(response.status, 201) && py.b.bool(room_id)]]))))) { // 301
      throw py.raised(refused("create room", "room", response)); // 302
    }
    return py.make(Room, py.b.str(room_id), name, password); // 303
  }
  async on_start() { // ktb_load/systems/ktb_chat.py:130
    const self = this;
    let prepared, name, email, user_id, token, session_id, $1;
    prepared = py.getitem(self.data, "accounts"); // 132
    if (py.le(self.vu.id, py.b.len(prepared))) { // 133
      $1 = py.unpack(py.getitem(prepared, py.sub(self.vu.id, 1)), 5, false, 0), name = $1[0], email = $1[1], user_id = $1[2], token = $1[3], session_id = $1[4]; // 134
      self.account = py.make(Account, name, email, PASSWORD, user_id, token, session_id); // 135
    } else {
      self.account = await self.register_and_log_in(`user ${py.str(self.vu.id)}`); // 137
    }
    return null;
  }
  async register_and_log_in(name = "", email = "") { // ktb_load/systems/ktb_chat.py:192
    const self = this;
    let account;
    account = await self.register(name, email); // 194
    return (py.truthy(account.token) ? account : (await self.log_in(account))); // 195
  }
  async my_room(offset = 0) { // ktb_load/systems/ktb_chat.py:139
    const self = this;
    let rooms, number, seat, name, mine, $1, $2;
    rooms = py.getitem(self.data, "rooms"); // 145
    $1 = py.unpack(seat_of(self.vu.id, ...py.iter(py.getitem(self.data, "room_sizes"))), 2, false, 0), number = $1[0], seat = $1[1]; // 146
    if (py.truthy(rooms)) { // 147
      return py.make(Room, ...py.iter(py.getitem(rooms, py.mod(py.add(number, offset), py.b.len(rooms))))); // 148
    }
    name = room_name(py.getitem(self.data, "run"), py.add(number, offset)); // 149
    if (!py.contains(self._rooms, name)) { // 150
      mine = py.eq(seat, 0) && py.eq(offset, 0); // 151
      $2 = (py.truthy(mine) ? (await self.create_room(name)) : (await self.find_room(name))); // 152
      py.setitem(self._rooms, name, $2); // 152
    }
    return py.getitem(self._rooms, name); // 153
  }
  async find_room(name) { // ktb_load/systems/ktb_chat.py:279
    const self = this;
    let _, found;
    for (const $$1 of py.iter(py.b.range(FIND_ROOM_TRIES))) { // 281
      _ = $$1;
      found = (await (async () => { const $result = []; let r; for (const $$1 of py.iter((await self.list_rooms(self.account, undefined, name)))) { r = $$1; if (py.eq(r.name, name)) { $result.push(r); }} return $result; })()); // 282
      if (py.truthy(found)) { // 283
        return py.getitem(found, 0); // 284
      }
      await think(1); // 285
    }
    throw py.raised(py.callkw(Rejected, null, [`nobody has made the room ${py.format(name, "", "r")}`], { kind: "room" })); // 286
  }
  async list_rooms(account, page = 0, search = "") { // ktb_load/systems/ktb_chat.py:268
    const self = this;
    let query, url, response, found, $1;
    query = new py.Dict([["page", page], ["pageSize", 10], ["sortField", "createdAt"], ["sortOrder", "desc"]]); // 270
    if (py.truthy(search)) { // 271
      py.setitem(query, "search", search); // 272
    }
    url = `/api/rooms?${py.str(py.lib["urllib.parse.urlencode"](query))}`; // 273
    response = await self.http.get(url, { headers: account.headers, name: "/api/rooms" }); // 274
    check(response, new py.Dict([["rooms listed", py.eq(response.status, 200)]])); // 275
    found = response.json("data"); // 276
    return (() => { const $result = []; let room; for (const $$1 of py.iter((py.truthy($1 = found) ? $1 : []))) { room = $$1; $result.push(py.make(Room, py.getitem(room, "_id"), py.getitem(room, "name"))); } return $result; })(); // 277
  }
  async enter(room) { // ktb_load/systems/ktb_chat.py:155
    const self = this;
    let socket;
    if (py.eq(setting("JOIN", "socket"), "rest")) { // 159
      await self.join_over_rest(self.account, room); // 160
    }
    socket = await self.connect(self.account); // 161
    try {
      await self.join(socket, room); // 163
    } catch ($$1) {
      if (py.isinstance($$1, py.e.BaseException)) { // 164
        await socket.close(); // 165
        throw $$1; // 166
      } else {
        throw $$1;
      }
    }
    return socket; // 167
  }
  async join_over_rest(account, room) { // ktb_load/systems/ktb_chat.py:305
    const self = this;
    let body, response;
    body = (py.truthy(room.password) ? new py.Dict([["password", room.password]]) : new py.Dict([])); // 309
    response = await self.http.post(`/api/rooms/${py.str(room.id)}/join`, { json: body, headers: account.headers, name: "/api/rooms/:id/join" }); // 310
    if (!py.truthy(check(response, new py.Dict([["joined over REST", py.eq(response.status, 200)]])))) { // 316
      throw py.raised(refused("join over REST", "room", response)); // 317
    }
    return null;
  }
  async connect(account) { // ktb_load/systems/ktb_chat.py:347
    const self = this;
    if (!py.truthy(account.token)) { // 349
      throw py.raised(py.callkw(ConnectFailed, null, ["log in before you connect"], { kind: "auth" })); // 350
    }
    return await ChatSocket.open(self, account.id, account.token, account.session_id); // 351
  }
  static socket_url() { // ktb_load/systems/ktb_chat.py:95
    const cls = this;
    let scheme, _, rest, name, $1, $2;
    if (py.truthy(cls.socket_host)) { // 96
      return cls.socket_host; // 97
    }
    $2 = py.unpack(py.m.partition(((py.truthy($1 = cls.host) ? $1 : "")), "://"), 3, false, 0), scheme = $2[0], _ = $2[1], rest = $2[2]; // 98
    name = py.getitem(py.m.partition(rest, "/"), 0); // 99
    if (py.contains(py.getitem(py.m.rpartition(name, "]"), 2), ":")) { // 100
      name = py.getitem(py.m.rpartition(name, ":"), 0); // 101
    }
    return `${py.str(scheme)}://${py.str(name)}:5002`; // 102
  }
  socket_url(...$rest) { return this.constructor.socket_url(...$rest); }
  async join(socket, room) { // ktb_load/systems/ktb_chat.py:353
    return await py.m.join(socket, room.id); // 357
  }
  async say(socket, room, text) { // ktb_load/systems/ktb_chat.py:362
    return await socket.say(room.id, text); // 364
  }
  async mark_as_read(socket, room, messages) { // ktb_load/systems/ktb_chat.py:383
    await socket.mark_as_read(room.id, (() => { const $result = []; let message; for (const $$1 of py.iter(messages)) { message = $$1; $result.push(py.getitem(message, "_id")); } return $result; })()); // 386
    return null;
  }
  async fetch_history(socket, room, before = null) { // ktb_load/systems/ktb_chat.py:388
    return await socket.fetch_history(room.id, before); // 392
  }
  async listen(socket, seconds) { // ktb_load/systems/ktb_chat.py:398
    await think(seconds); // 400
    socket.must_be_open(); // 401
    return null;
  }
  async react(socket, message, emoji) { // ktb_load/systems/ktb_chat.py:374
    await socket.react(py.getitem(message, "_id"), emoji, "add"); // 376
    return null;
  }
  async take_back_reaction(socket, message, emoji) { // ktb_load/systems/ktb_chat.py:378
    await socket.react(py.getitem(message, "_id"), emoji, "remove"); // 381
    return null;
  }
  async upload_file(account, filename, content) { // ktb_load/systems/ktb_chat.py:321
    const self = this;
    let response, file;
    response = await self.http.post("/api/files/upload", { files: new py.Dict([["file", py.Tuple.of(filename, content, media_type(filename))]]), headers: account.headers }); // 325
    if (!py.truthy(check(response, new py.Dict([["file uploaded", py.eq(response.status, 200)]])))) { // 330
      throw py.raised(refused("upload file", "file", response)); // 331
    }
    file = response.json("file"); // 332
    return (py.truthy(file) ? py.make(File, py.b.str(py.getitem(file, "_id")), py.b.str(py.getitem(file, "filename"))) : null); // 333
  }
  async share_file(socket, room, file) { // ktb_load/systems/ktb_chat.py:370
    return await socket.say(room.id, "a file for you", file.id); // 372
  }
  async download_file(account, file, size) { // ktb_load/systems/ktb_chat.py:335
    const self = this;
    let response, whole;
    response = await self.http.get(`/api/files/download/${py.str(file.filename)}`, { headers: account.headers, name: "/api/files/download/:filename" }); // 337
    whole = py.eq(response.status, 200) && py.eq(py.b.len(response.body), size); // 342
    check(response, new py.Dict([["file downloaded whole", whole]])); // 343
    return null;
  }
  async mention_ai(socket, room, question, ai = "wayneAI") { // ktb_load/systems/ktb_chat.py:394
    return await socket.mention_ai(room.id, `@${py.str(ai)} ${py.str(question)}`); // 396
  }
  async rename(account, name) { // ktb_load/systems/ktb_chat.py:248
    const self = this;
    let response;
    response = await self.http.put("/api/users/profile", { json: new py.Dict([["name", name]]), headers: account.headers }); // 249
    check(response, new py.Dict([["profile changed", py.eq(response.json("user.name"), name)]])); // 250
    return py.replace(account, new py.Kw({ name: name })); // 251
  }
  async change_picture(account, image, filename = "me.png") { // ktb_load/systems/ktb_chat.py:253
    const self = this;
    let response;
    response = await self.http.post("/api/users/profile-image", { files: new py.Dict([["profileImage", py.Tuple.of(filename, image, media_type(filename))]]), headers: account.headers }); // 255
    check(response, new py.Dict([["picture changed", py.eq(response.status, 200)]])); // 260
    return null;
  }
  async log_in_with_wrong_password(account) { // ktb_load/systems/ktb_chat.py:197
    const self = this;
    let body, response;
    body = new py.Dict([["email", account.email], ["password", `not ${py.str(account.password)}`]]); // 201
    response = await self.http.post("/api/auth/login", { json: body, name: "/api/auth/login (wrong password)", expected: py.Tuple.of(401) }); // 202
    check(response, new py.Dict([["wrong password refused", py.eq(response.status, 401)]])); // 205
    return null;
  }
  async say_banned(socket, room, word) { // ktb_load/systems/ktb_chat.py:366
    await socket.say_banned(room.id, word); // 368
    return null;
  }
  async look_at_room(account, room) { // ktb_load/systems/ktb_chat.py:288
    const self = this;
    let response, answer, $1, $2;
    response = await self.http.get(`/api/rooms/${py.str(room.id)}`, { headers: account.headers, name: "/api/rooms/:id" }); // 289
    check(response, new py.Dict([["room shown", py.eq(response.status, 200)]])); // 292
    answer = (py.truthy($1 = response.json()) ? $1 : new py.Dict([])); // 293
    return (py.truthy($2 = py.m.get(answer, "data")) ? $2 : answer); // 294
  }
}
py.attributes(KtbChatUser, { abstract: true, system: "ktb-chat", host: "http://localhost:5001", socket_host: "", answer_timeout_s: new py.Float(10.0) });
py.signature(KtbChatUser.prototype.__init__, ["environment"], []);

export function room_name(run, number) { // ktb_load/systems/ktb_chat.py:404
  return `room ${py.str(run)} ${py.str(py.add(number, 1))}`; // 405
}

export function seat_of(vu_id, size, smallest = 0) { // ktb_load/systems/ktb_chat.py:408
  let sizes, rounds, left, place, $1;
  if (!py.truthy(smallest)) { // 413
    return py.b.divmod(py.sub(vu_id, 1), size); // 414
  }
  sizes = py.b.range(smallest, py.add(size, 1)); // 415
  $1 = py.unpack(py.b.divmod(py.sub(vu_id, 1), py.b.sum(sizes)), 2, false, 0), rounds = $1[0], left = $1[1]; // 416
  place = 0; // 417
  while (py.ge(left, py.getitem(sizes, place))) { // 418
    left = py.isub(left, py.getitem(sizes, place)); // 419
    place = py.iadd(place, 1); // 420
  }
  return py.Tuple.of(py.add(py.mul(rounds, py.b.len(sizes)), place), left); // 421
}

export function refused(what, kind, response) { // ktb_load/systems/ktb_chat.py:424
  let reason, $1, $2, $3, $4;
  reason = (py.truthy($2 = response.error) ? $2 : (py.truthy($1 = response.json("message")) ? $1 : "")); // 426
  return py.callkw(Rejected, null, [py.m.rstrip((`${py.str(what)}: HTTP ${py.str(response.status)} ${py.str(reason)}`))], { kind: kind, code: py.b.str((py.truthy($4 = response.json("code")) ? $4 : (py.truthy($3 = response.error_code) ? $3 : response.status))) }); // 427
}

export const _MEDIA_TYPES = new py.Dict([["jpg", "image/jpeg"], ["png", "image/png"], ["gif", "image/gif"], ["webp", "image/webp"], ["pdf", "application/pdf"], ["mp3", "audio/mpeg"], ["mp4", "video/mp4"]]); // ktb_load/systems/ktb_chat.py:434
export function media_type(filename) { // ktb_load/systems/ktb_chat.py:445
  return py.m.get(_MEDIA_TYPES, py.m.lower(py.getitem(py.m.rpartition(filename, "."), 2)), "application/octet-stream"); // 447
}

