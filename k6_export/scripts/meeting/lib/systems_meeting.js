// Compiled from ktb_load/systems/meeting.py by `ktb-load export`.
import { py, Rejected, check, setting } from "./runtime.js";
import { PICTURE } from "./files.js";
import { Account, MeetingSocket, Notices } from "./meeting_chat.js";
import { ChatMember, refused } from "./member.js";
import { Room, login_name } from "./rooms.js";

export const ROOM = "/api/v1/chatrooms/:id"; // ktb_load/systems/meeting.py:23
export const REQUESTED = "NEW_PARTICIPATION_REQUEST"; // ktb_load/systems/meeting.py:24
export const _PLAN = new py.Dict([["locationId", 1], ["latitude", 37.4012], ["longitude", 127.1086], ["address", "경기도 성남시 분당구"], ["meetingDateTime", "2030-01-01T19:00:00"], ["category", ["한식"]], ["content", "같이 먹어요"]]); // ktb_load/systems/meeting.py:25
export class MeetingUser extends ChatMember { // ktb_load/systems/meeting.py:36
  async prepare_account(run, number) { // ktb_load/systems/meeting.py:50
    const self = this;
    let account;
    account = await self.sign_in_as(run, number); // 51
    if (!py.truthy(setting("ACCOUNT_PREFIX", ""))) { // 52
      await self.create_profile(account); // 53
    }
    return [account.name, account.user_id, account.token]; // 54
  }
  async sign_in_as(run, number) { // ktb_load/systems/meeting.py:149
    const self = this;
    let prefix;
    prefix = setting("ACCOUNT_PREFIX", ""); // 151
    if (py.truthy(prefix)) { // 152
      return await self.log_in(`${py.str(prefix)}-${py.str(number)}@load.test`); // 153
    }
    return await self.sign_in(login_name(run, number)); // 154
  }
  async log_in(email) { // ktb_load/systems/meeting.py:161
    const self = this;
    let body;
    body = new py.Dict([["email", email], ["password", self._password()]]); // 162
    return self._signed_in(email, (await self.http.post("/api/v1/users/login", { json: body }))); // 163
  }
  _password() { // ktb_load/systems/meeting.py:363
    return setting("PASSWORD", "Load-test1!"); // 364
  }
  _signed_in(name, response) { // ktb_load/systems/meeting.py:356
    let token, user_id, logged_in, $1, $2, $3;
    $1 = py.unpack(py.Tuple.of(response.json("accessToken"), response.json("userId")), 2, false, 0), token = $1[0], user_id = $1[1]; // 357
    logged_in = (py.truthy($3 = py.eq(response.status, 200)) ? (py.truthy($2 = py.b.bool(token)) ? py.m.isdigit(py.b.str(user_id)) : $2) : $3); // 358
    if (!py.truthy(check(response, new py.Dict([["logged in", logged_in]])))) { // 359
      throw py.raised(refused("log in", "auth", response)); // 360
    }
    return py.make(Account, name, py.b.int(user_id), py.b.str(token)); // 361
  }
  async sign_in(name) { // ktb_load/systems/meeting.py:156
    const self = this;
    let response;
    response = await self.http.post("/api/v1/oauth/kakao/callback", { json: new py.Dict([["code", `dev-${py.str(name)}`]]) }); // 158
    return self._signed_in(name, response); // 159
  }
  async create_profile(account) { // ktb_load/systems/meeting.py:205
    const self = this;
    let fields, response;
    fields = new py.Dict([["gender", "FEMALE"], ["birth", "2000-02-29"], ["introduction", "안녕하세요"]]); // 207
    response = await self._send_form("/api/v1/profiles", account, "request", fields, "profileImage"); // 208
    if (!py.truthy(check(response, new py.Dict([["profile created", py.eq(response.status, 201)]])))) { // 209
      throw py.raised(refused("create profile", "auth", response)); // 210
    }
    return null;
  }
  async _send_form(path, account, part, fields, picture) { // ktb_load/systems/meeting.py:346
    const self = this;
    let files;
    files = new py.Dict([[part, py.Tuple.of("blob", py.m.encode(py.lib["json.dumps"](fields)), "application/json")], [picture, py.Tuple.of("picture.png", PICTURE, "image/png")]]); // 350
    return await self.http.post(path, { files: files, headers: account.headers }); // 354
  }
  take_account(row) { // ktb_load/systems/meeting.py:56
    return py.make(Account, ...py.iter(row)); // 57
  }
  async new_account() { // ktb_load/systems/meeting.py:59
    const self = this;
    return self.take_account((await self.prepare_account(py.getitem(self.data, "run"), self.vu.id))); // 60
  }
  async prepare_room(name, members) { // ktb_load/systems/meeting.py:62
    const self = this;
    let owner, guests, $1;
    $1 = py.unpack((() => { const $result = []; let row; for (const $$1 of py.iter(members)) { row = $$1; $result.push(self.take_account(row)); } return $result; })(), 1, true, 0), owner = $1[0], guests = $1[1]; // 63
    return await self.open_room(owner, name, guests); // 64
  }
  async open_room(owner, name, guests) { // ktb_load/systems/meeting.py:77
    const self = this;
    let meeting_id, guest;
    meeting_id = await self.create_meeting(owner, name, py.add(py.b.len(guests), 1)); // 79
    for (const $$1 of py.iter(guests)) { // 80
      guest = $$1;
      await self.apply(guest, meeting_id); // 81
    }
    await self.approve_all(owner, meeting_id); // 82
    return await self.room_of(owner, meeting_id); // 83
  }
  async create_meeting(account, title, people) { // ktb_load/systems/meeting.py:219
    const self = this;
    let plan, response, meeting_id, created, $1;
    plan = new py.Dict([..._PLAN.entries(), ["title", title], ["maxCount", people]]); // 221
    response = await self._send_form("/api/v1/meetings", account, "params", plan, "thumbnail"); // 222
    meeting_id = response.json("id"); // 223
    created = (py.truthy($1 = py.eq(response.status, 201)) ? py.m.isdigit(py.b.str(meeting_id)) : $1); // 224
    if (!py.truthy(check(response, new py.Dict([["meeting created", created]])))) { // 225
      throw py.raised(refused("create meeting", "room", response)); // 226
    }
    return py.b.int(meeting_id); // 227
  }
  async apply(account, meeting_id) { // ktb_load/systems/meeting.py:254
    const self = this;
    let response;
    response = await self.http.post(`/api/v1/participations/${py.str(meeting_id)}`, { headers: account.headers, name: "/api/v1/participations/:id" }); // 256
    if (!py.truthy(check(response, new py.Dict([["applied", py.eq(response.status, 201)]])))) { // 261
      throw py.raised(refused("apply", "room", response)); // 262
    }
    return null;
  }
  async approve_all(host, meeting_id) { // ktb_load/systems/meeting.py:264
    const self = this;
    let response, one, approved, $2;
    response = await self.http.get(`/api/v1/meetings/${py.str(meeting_id)}/participants`, { headers: host.headers, name: "/api/v1/meetings/:id/participants" }); // 266
    check(response, new py.Dict([["applicants listed", py.eq(response.status, 200)]])); // 271
    for (const $$1 of py.iter((py.truthy($2 = response.json("participants")) ? $2 : []))) { // 272
      one = $$1;
      if (py.eq(py.getitem(one, "participationStatus"), "PENDING")) { // 273
        approved = await self.http.patch(`/api/v1/participations/${py.str(py.getitem(one, "participationId"))}/approve`, { headers: host.headers, name: "/api/v1/participations/:id/approve" }); // 274
        check(approved, new py.Dict([["approved", py.eq(approved.status, 200)]])); // 279
      }
    }
    return null;
  }
  async room_of(account, meeting_id) { // ktb_load/systems/meeting.py:295
    const self = this;
    let room;
    for (const $$1 of py.iter((await self.list_rooms(account)))) { // 296
      room = $$1;
      if (py.eq(py.getitem(room, "meetingId"), meeting_id)) { // 297
        return py.make(Room, py.b.str(py.getitem(room, "roomId")), py.getitem(room, "meetingTitle")); // 298
      }
    }
    throw py.raised(py.callkw(Rejected, null, [`meeting ${py.str(meeting_id)} has no chat room`], { kind: "room" })); // 299
  }
  async list_rooms(account) { // ktb_load/systems/meeting.py:289
    const self = this;
    let response, $1;
    response = await self.http.get("/api/v1/chatrooms", { headers: account.headers }); // 291
    check(response, new py.Dict([["rooms listed", py.eq(response.status, 200)]])); // 292
    return (py.eq(response.status, 200) ? py.b.list((py.truthy($1 = response.json()) ? $1 : [])) : []); // 293
  }
  async come_back() { // ktb_load/systems/meeting.py:171
    const self = this;
    let name;
    name = self.account.name; // 173
    self.account = (py.contains(name, "@") ? (await self.log_in(name)) : (await self.sign_in(name))); // 174
    return null;
  }
  async create_room(name) { // ktb_load/systems/meeting.py:66
    const self = this;
    let run, guests;
    run = py.getitem(self.data, "run"); // 68
    guests = (await (async () => { const $result = []; let vu_id; for (const $$1 of py.iter(self.neighbours())) { vu_id = $$1; $result.push((await self.sign_in_as(run, vu_id))); } return $result; })()); // 69
    return await self.open_room(self.account, name, guests); // 70
  }
  async look_for_room(name) { // ktb_load/systems/meeting.py:72
    const self = this;
    let rooms, found;
    rooms = await self.list_rooms(self.account); // 73
    found = (() => { const $result = []; let room; for (const $$1 of py.iter(rooms)) { room = $$1; if (py.eq(py.getitem(room, "meetingTitle"), name)) { $result.push(py.getitem(room, "roomId")); }} return $result; })(); // 74
    return (py.truthy(found) ? py.make(Room, py.b.str(py.getitem(found, 0)), name) : null); // 75
  }
  async connect(account) { // ktb_load/systems/meeting.py:91
    const self = this;
    return await py.make(MeetingSocket, self, account).open(); // 93
  }
  socket_url() { // ktb_load/systems/meeting.py:85
    const self = this;
    let $1;
    return `${py.str(py.m.replace(((py.truthy($1 = self.host) ? $1 : "")), "http", "ws", 1))}/ws`; // 87
  }
  async join(socket, room) { // ktb_load/systems/meeting.py:95
    await py.m.join(socket, room.id); // 97
    return null;
  }
  async look_in(account, room_id) { // ktb_load/systems/meeting.py:301
    const self = this;
    let response, $1;
    response = await self._in_room(account, room_id, "in"); // 303
    if (!py.truthy(check(response, new py.Dict([["looked in", py.eq(response.status, 200)]])))) { // 304
      throw py.raised(refused("look in", "room", response)); // 305
    }
    return py.b.list((py.truthy($1 = response.json()) ? $1 : [])); // 306
  }
  async _in_room(account, room_id, what) { // ktb_load/systems/meeting.py:341
    const self = this;
    return await self.http.post(`/api/v1/chatrooms/${py.str(room_id)}/${py.str(what)}`, { headers: account.headers, name: `${py.str(ROOM)}/${py.str(what)}` }); // 342
  }
  async say(socket, room, text) { // ktb_load/systems/meeting.py:99
    await socket.say(room.id, text); // 101
    return null;
  }
  async look_away(account, room) { // ktb_load/systems/meeting.py:308
    const self = this;
    let response;
    response = await self._in_room(account, room.id, "out"); // 310
    check(response, new py.Dict([["looked away", py.eq(response.status, 200)]])); // 311
    return null;
  }
  async newcomer() { // ktb_load/systems/meeting.py:165
    const self = this;
    let account;
    account = await self.sign_in(login_name(self.vu.random.text(6), self.vu.id)); // 167
    await self.create_profile(account); // 168
    return account; // 169
  }
  async apply_and_notify(host, guest, meeting_id) { // ktb_load/systems/meeting.py:117
    const self = this;
    let notices, began;
    notices = py.make(Notices, self, host); // 121
    try {
      notices.open_for(REQUESTED); // 123
      began = py.lib["time.perf_counter"](); // 124
      await self.apply(guest, meeting_id); // 125
      notices.hear("participation request", began); // 126
    } finally {
      await notices.close(); // 128
    }
    return null;
  }
  async leave_room(account, room) { // ktb_load/systems/meeting.py:318
    const self = this;
    let response;
    response = await self._in_room(account, room.id, "leave"); // 320
    check(response, new py.Dict([["left", py.eq(response.status, 200)]])); // 321
    return null;
  }
  async cancel_meeting(account, meeting_id) { // ktb_load/systems/meeting.py:247
    const self = this;
    let response;
    response = await self.http.delete(`/api/v1/meetings/${py.str(meeting_id)}`, { headers: account.headers, name: "/api/v1/meetings/:id" }); // 249
    check(response, new py.Dict([["meeting canceled", py.eq(response.status, 204)]])); // 252
    return null;
  }
  async browse(account, room) { // ktb_load/systems/meeting.py:138
    const self = this;
    await self.show_me(account); // 140
    await self.list_meetings(true); // 141
    await self.search_meetings("room"); // 142
    await self.list_my_meetings(account); // 143
    await self.list_participants(account, room); // 144
    await self.list_notifications(account); // 145
    return null;
  }
  async show_me(account) { // ktb_load/systems/meeting.py:212
    const self = this;
    let response, mine;
    response = await self.http.get("/api/v1/users/me", { headers: account.headers }); // 213
    mine = py.eq(response.status, 200) && py.eq(response.json("userId"), account.user_id); // 214
    check(response, new py.Dict([["own profile shown", mine]])); // 215
    return null;
  }
  async list_meetings(near_me = false) { // ktb_load/systems/meeting.py:229
    const self = this;
    let query, response, $1;
    query = new py.Dict([["pageSize", 10]]); // 231
    if (py.truthy(near_me)) { // 232
      query = py.ibitor(query, new py.Dict([["latitude", 37.4], ["longitude", 127.1]])); // 233
    }
    response = await self.http.get(`/api/v1/meetings?${py.str(py.lib["urllib.parse.urlencode"](query))}`, { name: "/api/v1/meetings" }); // 234
    check(response, new py.Dict([["meetings listed", py.eq(response.status, 200)]])); // 235
    return py.b.list((py.truthy($1 = response.json("meetings")) ? $1 : [])); // 236
  }
  async search_meetings(word) { // ktb_load/systems/meeting.py:238
    const self = this;
    let query, response, found, right, $1, $2;
    query = py.lib["urllib.parse.urlencode"](new py.Dict([["searchType", "TITLE"], ["keyword", word], ["pageSize", 10]])); // 240
    response = await self.http.get(`/api/v1/meetings/search?${py.str(query)}`, { name: "/api/v1/meetings/search" }); // 241
    found = (py.truthy($1 = response.json("meetings")) ? $1 : []); // 242
    right = py.b.all(new py.PyIterator((function* ($each) { let one; for (const $$1 of py.iter($each)) { one = $$1; yield py.contains(py.getitem(one, "title"), word); } })(found))); // 243
    check(response, new py.Dict([["meetings found", (py.truthy($2 = py.eq(response.status, 200)) ? right : $2)]])); // 244
    return py.b.list(found); // 245
  }
  async list_my_meetings(account) { // ktb_load/systems/meeting.py:281
    const self = this;
    let path, response;
    for (const $$1 of py.iter(py.Tuple.of("/api/v1/meetings/created", "/api/v1/participations"))) { // 283
      path = $$1;
      response = await self.http.get(path, { headers: account.headers }); // 284
      check(response, new py.Dict([["own meetings listed", py.eq(response.status, 200)]])); // 285
    }
    return null;
  }
  async list_participants(account, room) { // ktb_load/systems/meeting.py:323
    const self = this;
    let response;
    response = await self.http.get(`/api/v1/chatrooms/${py.str(room.id)}/participants`, { headers: account.headers, name: `${py.str(ROOM)}/participants` }); // 324
    check(response, new py.Dict([["participants listed", py.eq(response.status, 200)]])); // 329
    return null;
  }
  async list_notifications(account) { // ktb_load/systems/meeting.py:331
    const self = this;
    let response;
    response = await self.http.get("/api/v1/notifications", { headers: account.headers }); // 332
    check(response, new py.Dict([["notifications listed", py.eq(response.status, 200)]])); // 333
    return null;
  }
  async newcomer_by_mail() { // ktb_load/systems/meeting.py:176
    const self = this;
    let name, email, body, response, mail, code, verified, account, $1;
    name = self.vu.random.text(8); // 180
    email = `${py.str(name)}-1@load.test`; // 181
    body = new py.Dict([["email", email], ["password", self._password()], ["nickname", name]]); // 182
    py.setitem(body, "phone", `010${py.str(self.vu.random.integer(10000000, 99999999))}`); // 183
    response = await self.http.post("/api/v1/users/signup", { json: body }); // 184
    if (!py.truthy(check(response, new py.Dict([["signed up", py.eq(response.status, 201)]])))) { // 185
      throw py.raised(refused("sign up", "auth", response)); // 186
    }
    mail = await self.http.get(`/dev/mail?${py.str(py.lib["urllib.parse.urlencode"](new py.Dict([["email", email]])))}`, { name: "/dev/mail" }); // 187
    code = (py.truthy($1 = mail.json("messages.0.code")) ? $1 : ""); // 188
    verified = await self.http.post(`/api/v1/users/signup/verify?code=${py.str(code)}`, { name: "/api/v1/users/signup/verify" }); // 189
    check(verified, new py.Dict([["address verified", py.eq(verified.status, 200)]])); // 192
    account = await self.log_in(email); // 193
    await self.create_profile(account); // 194
    return account; // 195
  }
  async visit(account, room) { // ktb_load/systems/meeting.py:130
    const self = this;
    let socket;
    await self.join_room(account, room); // 132
    const $$1 = await self.connect(account); // 133
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.join(socket, room); // 134
        await self.listen(socket, 1); // 135
        await self.leave_room(account, room); // 136
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async join_room(account, room) { // ktb_load/systems/meeting.py:313
    const self = this;
    let response;
    response = await self._in_room(account, room.id, "join"); // 315
    check(response, new py.Dict([["joined", py.eq(response.status, 200)]])); // 316
    return null;
  }
  async refresh(account) { // ktb_load/systems/meeting.py:197
    const self = this;
    let response, token;
    response = await self.http.post("/api/v1/auth/token/reissue"); // 199
    token = response.json("accessToken"); // 200
    if (!(py.truthy(check(response, new py.Dict([["token reissued", py.eq(response.status, 200) && py.b.bool(token)]]))))) { // 201
      throw py.raised(refused("reissue", "auth", response)); // 202
    }
    return py.make(Account, account.name, account.user_id, py.b.str(token)); // 203
  }
  async connect_with_bad_token() { // ktb_load/systems/meeting.py:103
    const self = this;
    let nobody, response;
    nobody = py.make(Account, "nobody", 0, "no token"); // 107
    response = await self.http.get("/api/v1/users/me", { headers: nobody.headers, expected: py.Tuple.of(401), name: "/api/v1/users/me (bad token)" }); // 108
    check(response, new py.Dict([["bad token refused over REST", py.eq(response.status, 401)]])); // 114
    check(null, new py.Dict([["bad token refused", (await py.make(MeetingSocket, self, nobody).is_refused())]])); // 115
    return null;
  }
}
py.attributes(MeetingUser, { abstract: true, system: "meeting", host: "http://localhost:8080" });

