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
    let prefix, account;
    prefix = setting("ACCOUNT_PREFIX", ""); // 51
    if (py.truthy(prefix)) { // 52
      account = await self.log_in(`${py.str(prefix)}-${py.str(number)}@load.test`); // 53
    } else {
      account = await self.sign_in(login_name(run, number)); // 55
      await self.create_profile(account); // 56
    }
    return [account.name, account.user_id, account.token]; // 57
  }
  async log_in(email) { // ktb_load/systems/meeting.py:157
    const self = this;
    let body;
    body = new py.Dict([["email", email], ["password", self._password()]]); // 158
    return self._signed_in(email, (await self.http.post("/api/v1/users/login", { json: body }))); // 159
  }
  _password() { // ktb_load/systems/meeting.py:357
    return setting("PASSWORD", "Load-test1!"); // 358
  }
  _signed_in(name, response) { // ktb_load/systems/meeting.py:351
    let token, user_id, $1, $2;
    $1 = py.unpack(py.Tuple.of(response.json("accessToken"), response.json("userId")), 2, false, 0), token = $1[0], user_id = $1[1]; // 352
    if (!(py.truthy(check(response, new py.Dict([["logged in", py.eq(response.status, 200) && py.b.bool((py.truthy($2 = token) ? user_id : $2))]]))))) { // 353
      throw py.raised(refused("log in", "auth", response)); // 354
    }
    return py.make(Account, name, py.b.int(user_id), py.b.str(token)); // 355
  }
  async sign_in(name) { // ktb_load/systems/meeting.py:152
    const self = this;
    let response;
    response = await self.http.post("/api/v1/oauth/kakao/callback", { json: new py.Dict([["code", `dev-${py.str(name)}`]]) }); // 154
    return self._signed_in(name, response); // 155
  }
  async create_profile(account) { // ktb_load/systems/meeting.py:201
    const self = this;
    let fields, response;
    fields = new py.Dict([["gender", "FEMALE"], ["birth", "2000-02-29"], ["introduction", "안녕하세요"]]); // 203
    response = await self._send_form("/api/v1/profiles", account, "request", fields, "profileImage"); // 204
    if (!py.truthy(check(response, new py.Dict([["profile created", py.eq(response.status, 201)]])))) { // 205
      throw py.raised(refused("create profile", "auth", response)); // 206
    }
    return null;
  }
  async _send_form(path, account, part, fields, picture) { // ktb_load/systems/meeting.py:341
    const self = this;
    let files;
    files = new py.Dict([[part, py.Tuple.of("blob", py.m.encode(py.lib["json.dumps"](fields)), "application/json")], [picture, py.Tuple.of("picture.png", PICTURE, "image/png")]]); // 345
    return await self.http.post(path, { files: files, headers: account.headers }); // 349
  }
  take_account(row) { // ktb_load/systems/meeting.py:59
    return py.make(Account, ...py.iter(row)); // 60
  }
  async new_account() { // ktb_load/systems/meeting.py:62
    const self = this;
    return self.take_account((await self.prepare_account(py.getitem(self.data, "run"), self.vu.id))); // 63
  }
  async prepare_room(name, members) { // ktb_load/systems/meeting.py:65
    const self = this;
    let owner, guests, $1;
    $1 = py.unpack((() => { const $result = []; let row; for (const $$1 of py.iter(members)) { row = $$1; $result.push(self.take_account(row)); } return $result; })(), 1, true, 0), owner = $1[0], guests = $1[1]; // 66
    return await self.open_room(owner, name, guests); // 67
  }
  async open_room(owner, name, guests) { // ktb_load/systems/meeting.py:80
    const self = this;
    let meeting_id, guest;
    meeting_id = await self.create_meeting(owner, name, py.add(py.b.len(guests), 1)); // 82
    for (const $$1 of py.iter(guests)) { // 83
      guest = $$1;
      await self.apply(guest, meeting_id); // 84
    }
    await self.approve_all(owner, meeting_id); // 85
    return await self.room_of(owner, meeting_id); // 86
  }
  async create_meeting(account, title, people) { // ktb_load/systems/meeting.py:215
    const self = this;
    let plan, response, meeting_id;
    plan = new py.Dict([..._PLAN.entries(), ["title", title], ["maxCount", people]]); // 217
    response = await self._send_form("/api/v1/meetings", account, "params", plan, "thumbnail"); // 218
    meeting_id = response.json("id"); // 219
    if (!(py.truthy(check(response, new py.Dict([["meeting created", py.eq(response.status, 201) && py.b.bool(meeting_id)]]))))) { // 220
      throw py.raised(refused("create meeting", "room", response)); // 221
    }
    return py.b.int(meeting_id); // 222
  }
  async apply(account, meeting_id) { // ktb_load/systems/meeting.py:249
    const self = this;
    let response;
    response = await self.http.post(`/api/v1/participations/${py.str(meeting_id)}`, { headers: account.headers, name: "/api/v1/participations/:id" }); // 251
    if (!py.truthy(check(response, new py.Dict([["applied", py.eq(response.status, 201)]])))) { // 256
      throw py.raised(refused("apply", "room", response)); // 257
    }
    return null;
  }
  async approve_all(host, meeting_id) { // ktb_load/systems/meeting.py:259
    const self = this;
    let response, one, approved, $2;
    response = await self.http.get(`/api/v1/meetings/${py.str(meeting_id)}/participants`, { headers: host.headers, name: "/api/v1/meetings/:id/participants" }); // 261
    check(response, new py.Dict([["applicants listed", py.eq(response.status, 200)]])); // 266
    for (const $$1 of py.iter((py.truthy($2 = response.json("participants")) ? $2 : []))) { // 267
      one = $$1;
      if (py.eq(py.getitem(one, "participationStatus"), "PENDING")) { // 268
        approved = await self.http.patch(`/api/v1/participations/${py.str(py.getitem(one, "participationId"))}/approve`, { headers: host.headers, name: "/api/v1/participations/:id/approve" }); // 269
        check(approved, new py.Dict([["approved", py.eq(approved.status, 200)]])); // 274
      }
    }
    return null;
  }
  async room_of(account, meeting_id) { // ktb_load/systems/meeting.py:290
    const self = this;
    let room;
    for (const $$1 of py.iter((await self.list_rooms(account)))) { // 291
      room = $$1;
      if (py.eq(py.getitem(room, "meetingId"), meeting_id)) { // 292
        return py.make(Room, py.b.str(py.getitem(room, "roomId")), py.getitem(room, "meetingTitle")); // 293
      }
    }
    throw py.raised(py.callkw(Rejected, null, [`meeting ${py.str(meeting_id)} has no chat room`], { kind: "room" })); // 294
  }
  async list_rooms(account) { // ktb_load/systems/meeting.py:284
    const self = this;
    let response, $1;
    response = await self.http.get("/api/v1/chatrooms", { headers: account.headers }); // 286
    check(response, new py.Dict([["rooms listed", py.eq(response.status, 200)]])); // 287
    return (py.eq(response.status, 200) ? py.b.list((py.truthy($1 = response.json()) ? $1 : [])) : []); // 288
  }
  async come_back() { // ktb_load/systems/meeting.py:167
    const self = this;
    let name;
    name = self.account.name; // 169
    self.account = (py.contains(name, "@") ? (await self.log_in(name)) : (await self.sign_in(name))); // 170
    return null;
  }
  async create_room(name) { // ktb_load/systems/meeting.py:69
    const self = this;
    let run, guests;
    run = py.getitem(self.data, "run"); // 71
    guests = (await (async () => { const $result = []; let vu_id; for (const $$1 of py.iter(self.neighbours())) { vu_id = $$1; $result.push((await self.sign_in(login_name(run, vu_id)))); } return $result; })()); // 72
    return await self.open_room(self.account, name, guests); // 73
  }
  async look_for_room(name) { // ktb_load/systems/meeting.py:75
    const self = this;
    let rooms, found;
    rooms = await self.list_rooms(self.account); // 76
    found = (() => { const $result = []; let room; for (const $$1 of py.iter(rooms)) { room = $$1; if (py.eq(py.getitem(room, "meetingTitle"), name)) { $result.push(py.getitem(room, "roomId")); }} return $result; })(); // 77
    return (py.truthy(found) ? py.make(Room, py.b.str(py.getitem(found, 0)), name) : null); // 78
  }
  async connect(account) { // ktb_load/systems/meeting.py:94
    const self = this;
    return await py.make(MeetingSocket, self, account).open(); // 96
  }
  socket_url() { // ktb_load/systems/meeting.py:88
    const self = this;
    let $1;
    return `${py.str(py.m.replace(((py.truthy($1 = self.host) ? $1 : "")), "http", "ws", 1))}/ws`; // 90
  }
  async join(socket, room) { // ktb_load/systems/meeting.py:98
    await py.m.join(socket, room.id); // 100
    return null;
  }
  async look_in(account, room_id) { // ktb_load/systems/meeting.py:296
    const self = this;
    let response, $1;
    response = await self._in_room(account, room_id, "in"); // 298
    if (!py.truthy(check(response, new py.Dict([["looked in", py.eq(response.status, 200)]])))) { // 299
      throw py.raised(refused("look in", "room", response)); // 300
    }
    return py.b.list((py.truthy($1 = response.json()) ? $1 : [])); // 301
  }
  async _in_room(account, room_id, what) { // ktb_load/systems/meeting.py:336
    const self = this;
    return await self.http.post(`/api/v1/chatrooms/${py.str(room_id)}/${py.str(what)}`, { headers: account.headers, name: `${py.str(ROOM)}/${py.str(what)}` }); // 337
  }
  async say(socket, room, text) { // ktb_load/systems/meeting.py:102
    await socket.say(room.id, text); // 104
    return null;
  }
  async look_away(account, room) { // ktb_load/systems/meeting.py:303
    const self = this;
    let response;
    response = await self._in_room(account, room.id, "out"); // 305
    check(response, new py.Dict([["looked away", py.eq(response.status, 200)]])); // 306
    return null;
  }
  async newcomer() { // ktb_load/systems/meeting.py:161
    const self = this;
    let account;
    account = await self.sign_in(login_name(self.vu.random.text(6), self.vu.id)); // 163
    await self.create_profile(account); // 164
    return account; // 165
  }
  async apply_and_notify(host, guest, meeting_id) { // ktb_load/systems/meeting.py:120
    const self = this;
    let notices, began;
    notices = py.make(Notices, self, host); // 124
    try {
      notices.open_for(REQUESTED); // 126
      began = py.lib["time.perf_counter"](); // 127
      await self.apply(guest, meeting_id); // 128
      notices.hear("participation request", began); // 129
    } finally {
      await notices.close(); // 131
    }
    return null;
  }
  async leave_room(account, room) { // ktb_load/systems/meeting.py:313
    const self = this;
    let response;
    response = await self._in_room(account, room.id, "leave"); // 315
    check(response, new py.Dict([["left", py.eq(response.status, 200)]])); // 316
    return null;
  }
  async cancel_meeting(account, meeting_id) { // ktb_load/systems/meeting.py:242
    const self = this;
    let response;
    response = await self.http.delete(`/api/v1/meetings/${py.str(meeting_id)}`, { headers: account.headers, name: "/api/v1/meetings/:id" }); // 244
    check(response, new py.Dict([["meeting canceled", py.eq(response.status, 204)]])); // 247
    return null;
  }
  async browse(account, room) { // ktb_load/systems/meeting.py:141
    const self = this;
    await self.show_me(account); // 143
    await self.list_meetings(true); // 144
    await self.search_meetings("room"); // 145
    await self.list_my_meetings(account); // 146
    await self.list_participants(account, room); // 147
    await self.list_notifications(account); // 148
    return null;
  }
  async show_me(account) { // ktb_load/systems/meeting.py:208
    const self = this;
    let response, mine;
    response = await self.http.get("/api/v1/users/me", { headers: account.headers }); // 209
    mine = py.eq(response.status, 200) && py.eq(response.json("userId"), account.user_id); // 210
    check(response, new py.Dict([["own profile shown", mine]])); // 211
    return null;
  }
  async list_meetings(near_me = false) { // ktb_load/systems/meeting.py:224
    const self = this;
    let query, response, $1;
    query = new py.Dict([["pageSize", 10]]); // 226
    if (py.truthy(near_me)) { // 227
      query = py.ibitor(query, new py.Dict([["latitude", 37.4], ["longitude", 127.1]])); // 228
    }
    response = await self.http.get(`/api/v1/meetings?${py.str(py.lib["urllib.parse.urlencode"](query))}`, { name: "/api/v1/meetings" }); // 229
    check(response, new py.Dict([["meetings listed", py.eq(response.status, 200)]])); // 230
    return py.b.list((py.truthy($1 = response.json("meetings")) ? $1 : [])); // 231
  }
  async search_meetings(word) { // ktb_load/systems/meeting.py:233
    const self = this;
    let query, response, found, right, $1, $2;
    query = py.lib["urllib.parse.urlencode"](new py.Dict([["searchType", "TITLE"], ["keyword", word], ["pageSize", 10]])); // 235
    response = await self.http.get(`/api/v1/meetings/search?${py.str(query)}`, { name: "/api/v1/meetings/search" }); // 236
    found = (py.truthy($1 = response.json("meetings")) ? $1 : []); // 237
    right = py.b.all(new py.PyIterator((function* ($each) { let one; for (const $$1 of py.iter($each)) { one = $$1; yield py.contains(py.getitem(one, "title"), word); } })(found))); // 238
    check(response, new py.Dict([["meetings found", (py.truthy($2 = py.eq(response.status, 200)) ? right : $2)]])); // 239
    return py.b.list(found); // 240
  }
  async list_my_meetings(account) { // ktb_load/systems/meeting.py:276
    const self = this;
    let path, response;
    for (const $$1 of py.iter(py.Tuple.of("/api/v1/meetings/created", "/api/v1/participations"))) { // 278
      path = $$1;
      response = await self.http.get(path, { headers: account.headers }); // 279
      check(response, new py.Dict([["own meetings listed", py.eq(response.status, 200)]])); // 280
    }
    return null;
  }
  async list_participants(account, room) { // ktb_load/systems/meeting.py:318
    const self = this;
    let response;
    response = await self.http.get(`/api/v1/chatrooms/${py.str(room.id)}/participants`, { headers: account.headers, name: `${py.str(ROOM)}/participants` }); // 319
    check(response, new py.Dict([["participants listed", py.eq(response.status, 200)]])); // 324
    return null;
  }
  async list_notifications(account) { // ktb_load/systems/meeting.py:326
    const self = this;
    let response;
    response = await self.http.get("/api/v1/notifications", { headers: account.headers }); // 327
    check(response, new py.Dict([["notifications listed", py.eq(response.status, 200)]])); // 328
    return null;
  }
  async newcomer_by_mail() { // ktb_load/systems/meeting.py:172
    const self = this;
    let name, email, body, response, mail, code, verified, account, $1;
    name = self.vu.random.text(8); // 176
    email = `${py.str(name)}-1@load.test`; // 177
    body = new py.Dict([["email", email], ["password", self._password()], ["nickname", name]]); // 178
    py.setitem(body, "phone", `010${py.str(self.vu.random.integer(10000000, 99999999))}`); // 179
    response = await self.http.post("/api/v1/users/signup", { json: body }); // 180
    if (!py.truthy(check(response, new py.Dict([["signed up", py.eq(response.status, 201)]])))) { // 181
      throw py.raised(refused("sign up", "auth", response)); // 182
    }
    mail = await self.http.get(`/dev/mail?${py.str(py.lib["urllib.parse.urlencode"](new py.Dict([["email", email]])))}`, { name: "/dev/mail" }); // 183
    code = (py.truthy($1 = mail.json("messages.0.code")) ? $1 : ""); // 184
    verified = await self.http.post(`/api/v1/users/signup/verify?code=${py.str(code)}`, { name: "/api/v1/users/signup/verify" }); // 185
    check(verified, new py.Dict([["address verified", py.eq(verified.status, 200)]])); // 188
    account = await self.log_in(email); // 189
    await self.create_profile(account); // 190
    return account; // 191
  }
  async visit(account, room) { // ktb_load/systems/meeting.py:133
    const self = this;
    let socket;
    await self.join_room(account, room); // 135
    const $$1 = await self.connect(account); // 136
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.join(socket, room); // 137
        await self.listen(socket, 1); // 138
        await self.leave_room(account, room); // 139
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async join_room(account, room) { // ktb_load/systems/meeting.py:308
    const self = this;
    let response;
    response = await self._in_room(account, room.id, "join"); // 310
    check(response, new py.Dict([["joined", py.eq(response.status, 200)]])); // 311
    return null;
  }
  async refresh(account) { // ktb_load/systems/meeting.py:193
    const self = this;
    let response, token;
    response = await self.http.post("/api/v1/auth/token/reissue"); // 195
    token = response.json("accessToken"); // 196
    if (!(py.truthy(check(response, new py.Dict([["token reissued", py.eq(response.status, 200) && py.b.bool(token)]]))))) { // 197
      throw py.raised(refused("reissue", "auth", response)); // 198
    }
    return py.make(Account, account.name, account.user_id, py.b.str(token)); // 199
  }
  async connect_with_bad_token() { // ktb_load/systems/meeting.py:106
    const self = this;
    let nobody, response;
    nobody = py.make(Account, "nobody", 0, "no token"); // 110
    response = await self.http.get("/api/v1/users/me", { headers: nobody.headers, expected: py.Tuple.of(401), name: "/api/v1/users/me (bad token)" }); // 111
    check(response, new py.Dict([["bad token refused over REST", py.eq(response.status, 401)]])); // 117
    check(null, new py.Dict([["bad token refused", (await py.make(MeetingSocket, self, nobody).is_refused())]])); // 118
    return null;
  }
}
py.attributes(MeetingUser, { abstract: true, system: "meeting", host: "http://localhost:8080" });

