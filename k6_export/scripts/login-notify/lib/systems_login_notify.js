// Compiled from ktb_load/systems/login_notify.py by `ktb-load export`.
import { py, MessageSocket, MessageSocketOptions, Trend, check, setting } from "./runtime.js";
import { ChatConnection, Request, mark_of } from "./connection.js";
import { write_mark } from "./marks.js";
import { ChatMember, refused } from "./member.js";
import { Room, login_name } from "./rooms.js";

export const EVERYBODY = "everybody"; // ktb_load/systems/login_notify.py:24
export const logout_push = py.callkw(Trend, null, ["login_notify_logout"], { is_time: true }); // ktb_load/systems/login_notify.py:27
export const news_push = py.callkw(Trend, null, ["login_notify_news"], { is_time: true }); // ktb_load/systems/login_notify.py:28
export class Account { // ktb_load/systems/login_notify.py:32
  get headers() { // ktb_load/systems/login_notify.py:40
    const self = this;
    return new py.Dict([["Authorization", `Bearer ${py.str(self.access_token)}`]]); // 41
  }
  __init__(user_id, access_token = "", refresh_token = "") {
    this.user_id = user_id;
    this.access_token = access_token;
    this.refresh_token = refresh_token;
  }
}
py.dataclass(Account, ["user_id", "access_token", "refresh_token"], ["access_token", "refresh_token"], true);

export class NotifySocket extends ChatConnection { // ktb_load/systems/login_notify.py:44
  __init__(user, account) { // ktb_load/systems/login_notify.py:50
    const self = this;
    super.__init__(user); // 51
    self._user = user; // 52
    self._url = user.socket_url(); // 53
    self.account = account; // 54
    return null;
  }
  async _connect() { // ktb_load/systems/login_notify.py:83
    const self = this;
    let options;
    options = py.callkw(MessageSocketOptions, null, [], { name: "notifications", headers: self.account.headers }); // 84
    return await MessageSocket.connect(self._vu.network, self._url, options); // 85
  }
  _listen() { // ktb_load/systems/login_notify.py:87
    const self = this;
    self._client.on("NOTIFICATION", py.bind(self, "_on_news")); // 88
    return null;
  }
  _on_news(news, ..._) { // ktb_load/systems/login_notify.py:101
    const self = this;
    _ = py.Tuple.from(_);
    let mark;
    if (!py.is((mark = mark_of(news, "message")), null)) { // 102
      self._deliveries.arrived(EVERYBODY, mark, py.floordiv(py.lib["time.time_ns"](), 1000)); // 103
    }
    return null;
  }
  async log_in_elsewhere() { // ktb_load/systems/login_notify.py:59
    const self = this;
    let request;
    request = py.callkw(Request, null, ["second login", "session", "login", null], { metric: logout_push.name }); // 61
    await self._exchange(request, py.Tuple.of("LOGOUT", (..._) => { _ = py.Tuple.from(_); return true; })); // 62
    return null;
  }
  async _send(request) { // ktb_load/systems/login_notify.py:93
    const self = this;
    if (py.eq(request.event, "login")) { // 94
      self.account = await self._user.log_in(self.account); // 95
    } else if (py.eq(request.event, "announce")) {
      await self._user.post_news(self.account, request.payload); // 97
    } else {
      self._client.send_json(request.payload); // 99
    }
    return null;
  }
  _is_refusal(error) { // ktb_load/systems/login_notify.py:90
    const self = this;
    return self._is_unauthorized(error); // 91
  }
  async announce(text) { // ktb_load/systems/login_notify.py:64
    const self = this;
    let mark, written, request, heard;
    mark = self._next_mark(EVERYBODY); // 66
    written = write_mark(mark); // 67
    request = py.callkw(Request, null, ["announce", "news", "announce", `${py.str(text)} ${py.str(written)}`], { metric: "chat_round_trip" }); // 68
    heard = py.Tuple.of("NOTIFICATION", (news) => py.m.endswith(py.getitem(news, "message"), written)); // 71
    await self._say_and_hear(EVERYBODY, mark, request, heard, "ERROR"); // 72
    return null;
  }
  async notify(user_id, text) { // ktb_load/systems/login_notify.py:74
    const self = this;
    let body, request, heard;
    body = new py.Dict([["type", "NOTIFICATION"], ["userId", user_id], ["message", text]]); // 76
    request = py.callkw(Request, null, ["notify", "news", "NOTIFICATION", body], { metric: news_push.name }); // 77
    heard = py.Tuple.of("NOTIFICATION", (news) => py.eq(py.getitem(news, "message"), text)); // 78
    await self._exchange(request, heard, py.Tuple.of("ERROR")); // 79
    return null;
  }
}
py.attributes(NotifySocket, { protocol: "WS" });
py.signature(NotifySocket.prototype.__init__, ["user", "account"], []);

export class LoginNotifyUser extends ChatMember { // ktb_load/systems/login_notify.py:106
  async prepare_account(run, number) { // ktb_load/systems/login_notify.py:119
    const self = this;
    let prefix;
    prefix = setting("ACCOUNT_PREFIX", ""); // 120
    if (py.truthy(prefix)) { // 121
      return [`${py.str(prefix)}${py.str(number)}`]; // 122
    }
    await self.register(login_name(run, number)); // 123
    return [login_name(run, number)]; // 124
  }
  async register(user_id) { // ktb_load/systems/login_notify.py:145
    const self = this;
    let body, response;
    body = new py.Dict([["userId", user_id], ["password", self._password()]]); // 147
    response = await self.http.post("/api/register", { json: body }); // 148
    if (!py.truthy(check(response, new py.Dict([["registered", py.eq(response.status, 201)]])))) { // 149
      throw py.raised(refused("register", "auth", response)); // 150
    }
    return null;
  }
  _password() { // ktb_load/systems/login_notify.py:203
    return setting("PASSWORD", "Load-test1!"); // 204
  }
  take_account(row) { // ktb_load/systems/login_notify.py:126
    return py.make(Account, py.getitem(row, 0)); // 127
  }
  async new_account() { // ktb_load/systems/login_notify.py:129
    const self = this;
    return self.take_account((await self.prepare_account(py.getitem(self.data, "run"), self.vu.id))); // 130
  }
  prepare_room(name, members) { // ktb_load/systems/login_notify.py:132
    return py.make(Room, EVERYBODY, EVERYBODY); // 133
  }
  async log_in(account) { // ktb_load/systems/login_notify.py:152
    const self = this;
    let body, response, access, fresh, $1;
    body = new py.Dict([["userId", account.user_id], ["password", self._password()]]); // 154
    response = await self.http.post("/api/login", { json: body }); // 155
    $1 = py.unpack(py.Tuple.of(response.json("accessToken"), response.json("refreshToken")), 2, false, 0), access = $1[0], fresh = $1[1]; // 156
    if (!(py.truthy(check(response, new py.Dict([["logged in", py.eq(response.status, 200) && py.b.bool(access)]]))))) { // 157
      throw py.raised(refused("log in", "auth", response)); // 158
    }
    return py.make(Account, account.user_id, py.b.str(access), py.b.str(fresh)); // 159
  }
  async connect(account) { // ktb_load/systems/login_notify.py:139
    const self = this;
    return await py.make(NotifySocket, self, account).open(); // 141
  }
  socket_url() { // ktb_load/systems/login_notify.py:135
    const self = this;
    let $1;
    return `${py.str(py.m.replace(((py.truthy($1 = self.host) ? $1 : "")), "http", "ws", 1))}/ws`; // 137
  }
  async second_login(socket) { // ktb_load/systems/login_notify.py:183
    await socket.log_in_elsewhere(); // 185
    return socket.account; // 186
  }
  async post_news(account, message) { // ktb_load/systems/login_notify.py:196
    const self = this;
    let response;
    response = await self.http.post("/api/notifications", { json: new py.Dict([["message", message]]), headers: account.headers }); // 197
    if (!py.truthy(check(response, new py.Dict([["news taken", py.eq(response.status, 201)]])))) { // 200
      throw py.raised(refused("announce", "news", response)); // 201
    }
    return null;
  }
  async connect_with_void_token(account) { // ktb_load/systems/login_notify.py:179
    const self = this;
    check(null, new py.Dict([["void token refused", (await py.make(NotifySocket, self, account).is_refused())]])); // 181
    return null;
  }
  async announce(socket, text) { // ktb_load/systems/login_notify.py:188
    await socket.announce(text); // 190
    return null;
  }
  async notify_myself(socket) { // ktb_load/systems/login_notify.py:192
    const self = this;
    await socket.notify(self.account.user_id, `do not forget ${py.str(self.vu.random.text(8))}`); // 194
    return null;
  }
  async refresh(account) { // ktb_load/systems/login_notify.py:170
    const self = this;
    let body, response, access;
    body = new py.Dict([["refreshToken", account.refresh_token]]); // 172
    response = await self.http.post("/api/token/refresh", { json: body }); // 173
    access = response.json("accessToken"); // 174
    if (!(py.truthy(check(response, new py.Dict([["token refreshed", py.eq(response.status, 200) && py.b.bool(access)]]))))) { // 175
      throw py.raised(refused("refresh", "auth", response)); // 176
    }
    return py.make(Account, account.user_id, py.b.str(access), account.refresh_token); // 177
  }
  async log_in_with_wrong_password(account) { // ktb_load/systems/login_notify.py:161
    const self = this;
    let body, response, refused_it;
    body = new py.Dict([["userId", account.user_id], ["password", `no${py.str(self._password())}`]]); // 163
    response = await self.http.post("/api/login", { json: body, expected: py.Tuple.of(401), name: "/api/login (wrong password)" }); // 164
    refused_it = py.eq(response.status, 401) && py.is(response.json("success"), false); // 167
    check(response, new py.Dict([["wrong password refused", refused_it]])); // 168
    return null;
  }
}
py.attributes(LoginNotifyUser, { abstract: true, system: "login-notify", host: "http://localhost:8003" });

