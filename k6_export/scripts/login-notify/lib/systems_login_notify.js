// Compiled from ktb_load/systems/login_notify.py by `ktb-load export`.
import { py, ConnectFailed, MessageSocket, MessageSocketOptions, Trend, check, setting } from "./runtime.js";
import { ChatConnection, Request } from "./connection.js";
import { read_mark, write_mark } from "./marks.js";
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
  async _connect() { // ktb_load/systems/login_notify.py:94
    const self = this;
    let options;
    options = py.callkw(MessageSocketOptions, null, [], { name: "notifications", headers: self.account.headers }); // 95
    return await MessageSocket.connect(self._vu.network, self._url, options); // 96
  }
  _listen() { // ktb_load/systems/login_notify.py:98
    const self = this;
    self._client.on("NOTIFICATION", py.bind(self, "_on_news")); // 99
    return null;
  }
  _on_news(news, ..._) { // ktb_load/systems/login_notify.py:109
    const self = this;
    _ = py.Tuple.from(_);
    let mark;
    if (!py.is((mark = read_mark(py.getitem(news, "message"))), null)) { // 110
      self._deliveries.arrived(EVERYBODY, mark, py.floordiv(py.lib["time.time_ns"](), 1000)); // 111
    }
    return null;
  }
  async log_in_elsewhere() { // ktb_load/systems/login_notify.py:70
    const self = this;
    let request;
    request = py.callkw(Request, null, ["second login", "session", "login", null], { metric: logout_push.name }); // 72
    await self._exchange(request, py.Tuple.of("LOGOUT", (..._) => { _ = py.Tuple.from(_); return true; })); // 73
    return null;
  }
  async _send(request) { // ktb_load/systems/login_notify.py:101
    const self = this;
    if (py.eq(request.event, "login")) { // 102
      self.account = await self._user.log_in(self.account); // 103
    } else if (py.eq(request.event, "announce")) {
      await self._user.post_news(self.account, request.payload); // 105
    } else {
      self._client.send_json(request.payload); // 107
    }
    return null;
  }
  async is_refused() { // ktb_load/systems/login_notify.py:59
    const self = this;
    let began;
    began = py.lib["time.perf_counter"](); // 61
    try {
      self._client = await self._connect(); // 63
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 64
        self._report("connect with a bad token", began); // 65
        return true; // 66
      } else {
        throw $$1;
      }
    }
    await self._client.close(); // 67
    return false; // 68
  }
  async announce(text) { // ktb_load/systems/login_notify.py:75
    const self = this;
    let mark, written, request, heard;
    mark = self._next_mark(EVERYBODY); // 77
    written = write_mark(mark); // 78
    request = py.callkw(Request, null, ["announce", "news", "announce", `${py.str(text)} ${py.str(written)}`], { metric: "chat_round_trip" }); // 79
    heard = py.Tuple.of("NOTIFICATION", (news) => py.m.endswith(py.getitem(news, "message"), written)); // 82
    await self._say_and_hear(EVERYBODY, mark, request, heard, "ERROR"); // 83
    return null;
  }
  async notify(user_id, text) { // ktb_load/systems/login_notify.py:85
    const self = this;
    let body, request, heard;
    body = new py.Dict([["type", "NOTIFICATION"], ["userId", user_id], ["message", text]]); // 87
    request = py.callkw(Request, null, ["notify", "news", "NOTIFICATION", body], { metric: news_push.name }); // 88
    heard = py.Tuple.of("NOTIFICATION", (news) => py.eq(py.getitem(news, "message"), text)); // 89
    await self._exchange(request, heard, py.Tuple.of("ERROR")); // 90
    return null;
  }
}
py.attributes(NotifySocket, { protocol: "WS" });
py.signature(NotifySocket.prototype.__init__, ["user", "account"], []);

export class LoginNotifyUser extends ChatMember { // ktb_load/systems/login_notify.py:114
  async prepare_account(run, number) { // ktb_load/systems/login_notify.py:127
    const self = this;
    let prefix;
    prefix = setting("ACCOUNT_PREFIX", ""); // 128
    if (py.truthy(prefix)) { // 129
      return [`${py.str(prefix)}${py.str(number)}`]; // 130
    }
    await self.register(login_name(run, number)); // 131
    return [login_name(run, number)]; // 132
  }
  async register(user_id) { // ktb_load/systems/login_notify.py:153
    const self = this;
    let body, response;
    body = new py.Dict([["userId", user_id], ["password", self._password()]]); // 155
    response = await self.http.post("/api/register", { json: body }); // 156
    if (!py.truthy(check(response, new py.Dict([["registered", py.eq(response.status, 201)]])))) { // 157
      throw py.raised(refused("register", "auth", response)); // 158
    }
    return null;
  }
  _password() { // ktb_load/systems/login_notify.py:211
    return setting("PASSWORD", "Load-test1!"); // 212
  }
  take_account(row) { // ktb_load/systems/login_notify.py:134
    return py.make(Account, py.getitem(row, 0)); // 135
  }
  async new_account() { // ktb_load/systems/login_notify.py:137
    const self = this;
    return self.take_account((await self.prepare_account(py.getitem(self.data, "run"), self.vu.id))); // 138
  }
  prepare_room(name, members) { // ktb_load/systems/login_notify.py:140
    return py.make(Room, EVERYBODY, EVERYBODY); // 141
  }
  async log_in(account) { // ktb_load/systems/login_notify.py:160
    const self = this;
    let body, response, access, fresh, $1;
    body = new py.Dict([["userId", account.user_id], ["password", self._password()]]); // 162
    response = await self.http.post("/api/login", { json: body }); // 163
    $1 = py.unpack(py.Tuple.of(response.json("accessToken"), response.json("refreshToken")), 2, false, 0), access = $1[0], fresh = $1[1]; // 164
    if (!(py.truthy(check(response, new py.Dict([["logged in", py.eq(response.status, 200) && py.b.bool(access)]]))))) { // 165
      throw py.raised(refused("log in", "auth", response)); // 166
    }
    return py.make(Account, account.user_id, py.b.str(access), py.b.str(fresh)); // 167
  }
  async connect(account) { // ktb_load/systems/login_notify.py:147
    const self = this;
    return await py.make(NotifySocket, self, account).open(); // 149
  }
  socket_url() { // ktb_load/systems/login_notify.py:143
    const self = this;
    let $1;
    return `${py.str(py.m.replace(((py.truthy($1 = self.host) ? $1 : "")), "http", "ws", 1))}/ws`; // 145
  }
  async second_login(socket) { // ktb_load/systems/login_notify.py:191
    await socket.log_in_elsewhere(); // 193
    return socket.account; // 194
  }
  async post_news(account, message) { // ktb_load/systems/login_notify.py:204
    const self = this;
    let response;
    response = await self.http.post("/api/notifications", { json: new py.Dict([["message", message]]), headers: account.headers }); // 205
    if (!py.truthy(check(response, new py.Dict([["news taken", py.eq(response.status, 201)]])))) { // 208
      throw py.raised(refused("announce", "news", response)); // 209
    }
    return null;
  }
  async connect_with_void_token(account) { // ktb_load/systems/login_notify.py:187
    const self = this;
    check(null, new py.Dict([["void token refused", (await py.make(NotifySocket, self, account).is_refused())]])); // 189
    return null;
  }
  async announce(socket, text) { // ktb_load/systems/login_notify.py:196
    await socket.announce(text); // 198
    return null;
  }
  async notify_myself(socket) { // ktb_load/systems/login_notify.py:200
    const self = this;
    await socket.notify(self.account.user_id, `do not forget ${py.str(self.vu.random.text(8))}`); // 202
    return null;
  }
  async refresh(account) { // ktb_load/systems/login_notify.py:178
    const self = this;
    let body, response, access;
    body = new py.Dict([["refreshToken", account.refresh_token]]); // 180
    response = await self.http.post("/api/token/refresh", { json: body }); // 181
    access = response.json("accessToken"); // 182
    if (!(py.truthy(check(response, new py.Dict([["token refreshed", py.eq(response.status, 200) && py.b.bool(access)]]))))) { // 183
      throw py.raised(refused("refresh", "auth", response)); // 184
    }
    return py.make(Account, account.user_id, py.b.str(access), account.refresh_token); // 185
  }
  async log_in_with_wrong_password(account) { // ktb_load/systems/login_notify.py:169
    const self = this;
    let body, response, refused_it;
    body = new py.Dict([["userId", account.user_id], ["password", `no${py.str(self._password())}`]]); // 171
    response = await self.http.post("/api/login", { json: body, expected: py.Tuple.of(401), name: "/api/login (wrong password)" }); // 172
    refused_it = py.eq(response.status, 401) && py.is(response.json("success"), false); // 175
    check(response, new py.Dict([["wrong password refused", refused_it]])); // 176
    return null;
  }
}
py.attributes(LoginNotifyUser, { abstract: true, system: "login-notify", host: "http://localhost:8003" });

