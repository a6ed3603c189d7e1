// Compiled from ktb_load/systems/meeting_chat.py by `ktb-load export`.
import { py, ExchangeFailed, SAID_ERROR, StompClient, StompOptions, think } from "./runtime.js";
import { ChatConnection, Request, mark_of } from "./connection.js";
import { write_mark } from "./marks.js";

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
    self._said = null; // 55
    return null;
  }
  async _connect() { // ktb_load/systems/meeting_chat.py:99
    const self = this;
    let options;
    options = py.callkw(StompOptions, null, [], { connect_headers: self._account.headers, name: "chat" }); // 100
    return await StompClient.connect(self._vu.network, self._user.socket_url(), options); // 101
  }
  _listen() { // ktb_load/systems/meeting_chat.py:103
    return null;
  }
  _on_close() { // ktb_load/systems/meeting_chat.py:109
    const self = this;
    if (!py.is(self._said, null) && py.eq(self._client.close_code, SAID_ERROR)) { // 111
      self._deliveries.refused(...py.iter(self._said)); // 112
      self._take_back(...py.iter(self._said)); // 113
    }
    super._on_close(); // 114
    return null;
  }
  async join(room_id) { // ktb_load/systems/meeting_chat.py:60
    const self = this;
    let place, began, messages, error, joined, message, mark;
    place = `/sub/chat/room/${py.str(room_id)}`; // 64
    self._client.on(place, py.bind(self, "_on_message")); // 65
    await self._client.subscribe(place); // 66
    await think(SUBSCRIBING_S); // 67
    began = py.lib["time.perf_counter"](); // 68
    try {
      messages = await self._user.look_in(self._account, room_id); // 70
    } catch ($$1) {
      if (py.isinstance($$1, ExchangeFailed)) { // 71
        error = $$1;
        self._conclude("join", began, null, error); // 72
        self._count_failure("join", error, "room"); // 73
        throw $$1; // 74
      } else {
        throw $$1;
      }
    }
    joined = py.lib["time.perf_counter"](); // 75
    py.m.add(self._recorder, "chat_joining", py.mul(py.sub(joined, began), 1000)); // 76
    self._conclude("join", began, joined, null); // 77
    for (const $$2 of py.iter(messages)) { // 78
      message = $$2;
      if (!py.is((mark = mark_of(message, "message")), null)) { // 79
        self._deliveries.known(room_id, mark); // 80
      }
    }
    return null;
  }
  _on_message(message, ..._) { // ktb_load/systems/meeting_chat.py:116
    const self = this;
    _ = py.Tuple.from(_);
    let mark;
    if (!py.is((mark = mark_of(message, "message")), null)) { // 117
      self._deliveries.arrived(py.b.str(py.m.get(message, "roomId")), mark, py.floordiv(py.lib["time.time_ns"](), 1000)); // 118
    }
    return null;
  }
  async say(room_id, text) { // ktb_load/systems/meeting_chat.py:82
    const self = this;
    let mark, written, body, request, place, heard;
    mark = self._next_mark(room_id); // 83
    written = write_mark(mark); // 84
    body = new py.Dict([["userId", self._account.user_id], ["roomId", py.b.int(room_id)], ["message", `${py.str(text)} ${py.str(written)}`]]); // 85
    request = py.callkw(Request, null, ["say", "message", "message", body], { metric: "chat_round_trip" }); // 90
    place = `/sub/chat/room/${py.str(room_id)}`; // 91
    heard = py.Tuple.of(place, (message, ..._) => { _ = py.Tuple.from(_); return py.eq(mark_of(message, "message"), mark); }); // 92
    self._said = py.Tuple.of(room_id, mark.number); // 93
    await self._say_and_hear(room_id, mark, request, heard); // 94
    self._said = null; // 95
    return null;
  }
  _send(request) { // ktb_load/systems/meeting_chat.py:106
    const self = this;
    self._client.send("/pub/chat/message", request.payload); // 107
    return null;
  }
}
py.attributes(MeetingSocket, { protocol: "STOMP" });
py.signature(MeetingSocket.prototype.__init__, ["user", "account"], []);

export class Notices extends ChatConnection { // ktb_load/systems/meeting_chat.py:121
  __init__(user, account) { // ktb_load/systems/meeting_chat.py:128
    const self = this;
    super.__init__(user); // 129
    self._url = `${py.str(user.host)}${py.str(SUBSCRIBE)}`; // 130
    self._headers = account.headers; // 131
    return null;
  }
  close() { return null; } // ktb_load/systems/meeting_chat.py:166
  open_for() { return null; } // ktb_load/systems/meeting_chat.py:134
  hear() { return null; } // ktb_load/systems/meeting_chat.py:150
}
py.attributes(Notices, { protocol: "SSE", _stream: null, _awaited: null });
py.signature(Notices.prototype.__init__, ["user", "account"], []);

