// Compiled from ktb_load/systems/meeting_chat.py by `ktb-load export`.
import { py, ConnectFailed, Disconnected, ExchangeFailed, SAID_ERROR, StompClient, StompOptions, think } from "./runtime.js";
import { ChatConnection, Request } from "./connection.js";
import { read_mark, write_mark } from "./marks.js";

export const SUBSCRIBE = "/api/v1/notifications/subscribe"; // ktb_load/systems/meeting_chat.py:27
export const SUBSCRIBING_S = 0.1; // ktb_load/systems/meeting_chat.py:28
export class Account { // ktb_load/systems/meeting_chat.py:33
  get headers() { // ktb_load/systems/meeting_chat.py:41
    const self = this;
    return new py.Dict([["Authorization", `Bearer ${py.str(self.token)}`]]); // 42
  }
  __init__(name, user_id, token) {
    this.name = name;
    this.user_id = user_id;
    this.token = token;
  }
}
py.dataclass(Account, ["name", "user_id", "token"], [], true);

export class MeetingSocket extends ChatConnection { // ktb_load/systems/meeting_chat.py:45
  __init__(user, account) { // ktb_load/systems/meeting_chat.py:51
    const self = this;
    super.__init__(user); // 52
    self._user = user; // 53
    self._account = account; // 54
    return null;
  }
  async _connect() { // ktb_load/systems/meeting_chat.py:113
    const self = this;
    let options;
    options = py.callkw(StompOptions, null, [], { connect_headers: self._account.headers, name: "chat" }); // 114
    return await StompClient.connect(self._vu.network, self._user.socket_url(), options); // 115
  }
  _listen() { // ktb_load/systems/meeting_chat.py:117
    return null;
  }
  async join(room_id) { // ktb_load/systems/meeting_chat.py:70
    const self = this;
    let place, began, messages, error, joined, message, mark;
    place = `/sub/chat/room/${py.str(room_id)}`; // 74
    self._client.on(place, py.bind(self, "_on_message")); // 75
    await self._client.subscribe(place); // 76
    await think(SUBSCRIBING_S); // 77
    began = py.lib["time.perf_counter"](); // 78
    try {
      messages = await self._user.look_in(self._account, room_id); // 80
    } catch ($$1) {
      if (py.isinstance($$1, ExchangeFailed)) { // 81
        error = $$1;
        self._conclude("join", began, null, error); // 82
        self._count_failure("join", error, "room"); // 83
        throw $$1; // 84
      } else {
        throw $$1;
      }
    }
    joined = py.lib["time.perf_counter"](); // 85
    py.m.add(self._recorder, "chat_joining", py.mul(py.sub(joined, began), 1000)); // 86
    self._conclude("join", began, joined, null); // 87
    for (const $$2 of py.iter(messages)) { // 88
      message = $$2;
      if (!py.is((mark = _mark_of(message)), null)) { // 89
        self._deliveries.known(room_id, mark); // 90
      }
    }
    return null;
  }
  _on_message(message, ..._) { // ktb_load/systems/meeting_chat.py:123
    const self = this;
    _ = py.Tuple.from(_);
    let mark;
    if (!py.is((mark = _mark_of(message)), null)) { // 124
      self._deliveries.arrived(py.b.str(py.getitem(message, "roomId")), mark, py.floordiv(py.lib["time.time_ns"](), 1000)); // 125
    }
    return null;
  }
  async say(room_id, text) { // ktb_load/systems/meeting_chat.py:92
    const self = this;
    let mark, written, body, request, place, heard, error;
    mark = self._next_mark(room_id); // 93
    written = write_mark(mark); // 94
    body = new py.Dict([["userId", self._account.user_id], ["roomId", py.b.int(room_id)], ["message", `${py.str(text)} ${py.str(written)}`]]); // 95
    request = py.callkw(Request, null, ["say", "message", "message", body], { metric: "chat_round_trip" }); // 100
    place = `/sub/chat/room/${py.str(room_id)}`; // 101
    heard = py.Tuple.of(place, (message, ..._) => { _ = py.Tuple.from(_); return py.eq(_mark_of(message), mark); }); // 102
    try {
      await self._say_and_hear(room_id, mark, request, heard); // 104
    } catch ($$1) {
      if (py.isinstance($$1, Disconnected)) { // 105
        error = $$1;
        if (py.eq(error.code, SAID_ERROR)) { // 106
          self._deliveries.refused(room_id, mark.number); // 107
          self._take_back(room_id, mark.number); // 108
        }
        throw $$1; // 109
      } else {
        throw $$1;
      }
    }
    return null;
  }
  _send(request) { // ktb_load/systems/meeting_chat.py:120
    const self = this;
    self._client.send("/pub/chat/message", request.payload); // 121
    return null;
  }
  async is_refused() { // ktb_load/systems/meeting_chat.py:58
    const self = this;
    let began, error, refused;
    began = py.lib["time.perf_counter"](); // 60
    try {
      self._client = await self._connect(); // 62
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 63
        error = $$1;
        refused = py.eq(error.kind, "auth"); // 64
        self._report("connect with a bad token", began, (py.truthy(refused) ? null : error)); // 65
        return refused; // 66
      } else {
        throw $$1;
      }
    }
    await self._client.close(); // 67
    return false; // 68
  }
}
py.attributes(MeetingSocket, { protocol: "STOMP" });
py.signature(MeetingSocket.prototype.__init__, ["user", "account"], []);

export class Notices extends ChatConnection { // ktb_load/systems/meeting_chat.py:128
  __init__(user, account) { // ktb_load/systems/meeting_chat.py:135
    const self = this;
    super.__init__(user); // 136
    self._url = `${py.str(user.host)}${py.str(SUBSCRIBE)}`; // 137
    self._headers = account.headers; // 138
    return null;
  }
  close() { return null; } // ktb_load/systems/meeting_chat.py:173
  open_for() { return null; } // ktb_load/systems/meeting_chat.py:141
  hear() { return null; } // ktb_load/systems/meeting_chat.py:157
}
py.attributes(Notices, { protocol: "SSE", _stream: null, _awaited: null });
py.signature(Notices.prototype.__init__, ["user", "account"], []);

export function _mark_of(message) { // ktb_load/systems/meeting_chat.py:178
  let text;
  text = (py.b.isinstance(message, py.Dict) ? py.m.get(message, "message") : null); // 179
  return (py.b.isinstance(text, py.b.str) ? read_mark(text) : null); // 180
}

