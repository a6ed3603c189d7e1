// Compiled from ktb_load/chat/connection.py by `ktb-load export`.
import { py, ConnectFailed, Disconnected, ExchangeFailed, Rejected, TimedOut, check } from "./runtime.js";
import { DeliveryTracker } from "./delivery.js";
import { Mark, read_mark } from "./marks.js";

export const HANDSHAKE_REFUSED = py.Tuple.of("401", ""); // ktb_load/chat/connection.py:27
export class Request { // ktb_load/chat/connection.py:46
  __init__(name, kind, event, payload, metric = "") { // ktb_load/chat/connection.py:49
    const self = this;
    let $1;
    $1 = py.unpack(py.Tuple.of(name, kind, event, payload), 4, false, 0), self.name = $1[0], self.kind = $1[1], self.event = $1[2], self.payload = $1[3]; // 50
    self.metric = metric; // 51
    return null;
  }
}
py.signature(Request.prototype.__init__, ["name", "kind", "event", "payload", "metric"], ["metric"]);

export class ChatConnection { // ktb_load/chat/connection.py:54
  __init__(user) { // ktb_load/chat/connection.py:62
    const self = this;
    self._vu = user.vu; // 63
    self._recorder = user.vu.recorder; // 64
    self._timeout_s = user.answer_timeout_s; // 65
    self._numbers = user.message_numbers; // 66
    self._deliveries = py.make(DeliveryTracker, self._recorder, user.vu.id); // 67
    self._closing = false; // 68
    return null;
  }
  async open() { // ktb_load/chat/connection.py:97
    const self = this;
    let began, error;
    began = py.lib["time.perf_counter"](); // 103
    try {
      self._client = await self._connect(); // 105
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 106
        error = $$1;
        self._report("connect", began, error); // 107
        check(null, new py.Dict([["chat connected", false]])); // 108
        self._count_failure("connect", error); // 109
        throw $$1; // 110
      } else {
        throw $$1;
      }
    }
    py.m.add(self._recorder, "chat_connecting", py.mul(py.sub(py.lib["time.perf_counter"](), began), 1000)); // 111
    self._report("connect", began); // 112
    check(null, new py.Dict([["chat connected", true]])); // 113
    self._listen(); // 114
    self._client.on_close = py.bind(self, "_on_close"); // 115
    return self; // 116
  }
  _connect() { // ktb_load/chat/connection.py:72
    throw py.raised(py.e.NotImplementedError); // 74
  }
  _report() { return null; } // ktb_load/chat/connection.py:249
  _count_failure(event, error, kind = "") { // ktb_load/chat/connection.py:262
    const self = this;
    let tags, $1, $2, $3;
    if (py.b.isinstance(error, TimedOut)) { // 263
      py.m.add(self._recorder, "chat_timeouts", 1, new py.Dict([["event", event]])); // 264
    }
    tags = new py.Dict([["kind", (py.truthy($2 = error.kind) ? $2 : (py.truthy($1 = kind) ? $1 : "connection"))], ["code", (py.truthy($3 = error.code) ? $3 : _word(error))]]); // 265
    py.m.add(self._recorder, "chat_errors", 1, tags); // 266
    return null;
  }
  _listen() { // ktb_load/chat/connection.py:76
    throw py.raised(py.e.NotImplementedError); // 78
  }
  _on_close() { // ktb_load/chat/connection.py:167
    const self = this;
    let cause, $1;
    cause = (py.truthy($1 = self._client.close_cause) ? $1 : "transport"); // 168
    self._deliveries.closed(); // 169
    py.m.add(self._recorder, "chat_disconnections", 1, new py.Dict([["cause", cause]])); // 170
    if (!py.truthy(self._closing)) { // 171
      py.m.add(self._recorder, "chat_unexpected_disconnections", 1, new py.Dict([["cause", cause]])); // 172
    }
    return null;
  }
  __enter__() { // ktb_load/chat/connection.py:135
    const self = this;
    return self; // 136
  }
  async __exit__(kind, error, trace) { // ktb_load/chat/connection.py:138
    const self = this;
    await self.close(); // 144
    return null;
  }
  async close() { // ktb_load/chat/connection.py:157
    const self = this;
    self._closing = true; // 159
    await self._client.close(); // 160
    return null;
  }
  get connected() { // ktb_load/chat/connection.py:147
    const self = this;
    return self._client.connected; // 148
  }
  async _exchange(request, answer, refusals = py.Tuple.of()) { // ktb_load/chat/connection.py:208
    const self = this;
    let expected, others, began, won, args, error, expectation, $1;
    expected = self._client.expect(...py.iter(answer)); // 217
    others = (() => { const $result = []; let event; for (const $$1 of py.iter(refusals)) { event = $$1; $result.push(self._client.expect(event)); } return $result; })(); // 218
    began = py.lib["time.perf_counter"](); // 219
    try {
      try {
        await self._send(request); // 221
        $1 = py.unpack(await self._client.first_of(py.Tuple.of(expected, ...py.iter(others)), self._timeout_s), 2, false, 0), won = $1[0], args = $1[1]; // 222
        if (!py.is(won, expected)) { // 223
          throw py.raised(self._rejection(request, args)); // 224
        }
      } catch ($$2) {
        if (py.isinstance($$2, ExchangeFailed)) { // 225
          error = $$2;
          self._conclude(request.name, began, null, error); // 226
          self._count_failure(request.event, error, request.kind); // 227
          throw $$2; // 228
        } else {
          throw $$2;
        }
      }
    } finally {
      for (const $$3 of py.iter(py.Tuple.of(expected, ...py.iter(others)))) { // 230
        expectation = $$3;
        expectation.cancel(); // 231
      }
    }
    if (!(!py.is(expected.arrived_at, null))) throw py.make(py.e.AssertionError); // 232
    if (py.truthy(request.metric)) { // 233
      py.m.add(self._recorder, request.metric, py.mul(py.sub(expected.arrived_at, began), 1000)); // 234
    }
    self._conclude(request.name, began, expected.arrived_at, null); // 235
    return args; // 236
  }
  _send(request) { // ktb_load/chat/connection.py:80
    throw py.raised(py.e.NotImplementedError); // 82
  }
  _rejection(request, args) { // ktb_load/chat/connection.py:238
    const self = this;
    let message, code, $1;
    $1 = py.unpack(self._refusal_in(args), 2, false, 0), message = $1[0], code = $1[1]; // 239
    return py.callkw(Rejected, null, [`${py.str(request.name)}: ${py.str(message)}`], { kind: request.kind, code: code }); // 240
  }
  _refusal_in(args) { // ktb_load/chat/connection.py:84
    let body, $1;
    body = (py.truthy(args) ? py.getitem(args, 0) : ""); // 86
    if (py.b.isinstance(body, py.Dict)) { // 87
      return py.Tuple.of(py.b.str(py.m.get(body, "message", "")), py.b.str((py.truthy($1 = py.m.get(body, "code")) ? $1 : ""))); // 88
    }
    return py.Tuple.of(py.b.str(body), ""); // 89
  }
  _conclude(name, began, arrived, error) { // ktb_load/chat/connection.py:242
    const self = this;
    check(null, new py.Dict([[`${py.str(name)}: answered`, error === null]])); // 245
    self._report(name, began, error, arrived); // 246
    return null;
  }
  async is_refused() { // ktb_load/chat/connection.py:118
    const self = this;
    let began, error;
    began = py.lib["time.perf_counter"](); // 122
    try {
      self._client = await self._connect(); // 124
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 125
        error = $$1;
        if (py.truthy(self._is_refusal(error))) { // 126
          self._report("connect with a bad token", began); // 127
          return true; // 128
        }
        self._report("connect with a bad token", began, error); // 129
        self._count_failure("connect", error); // 130
        return false; // 131
      } else {
        throw $$1;
      }
    }
    await self._client.close(); // 132
    return false; // 133
  }
  _is_refusal(error) { // ktb_load/chat/connection.py:91
    return py.eq(error.kind, "auth"); // 93
  }
  must_be_open() { // ktb_load/chat/connection.py:150
    const self = this;
    if (!py.truthy(self._client.connected)) { // 152
      throw py.raised(py.callkw(Disconnected, null, [`the chat was closed by ${py.str(self._client.close_cause)}`], { kind: "connection" })); // 153
    }
    return null;
  }
  _next_mark(room_id) { // ktb_load/chat/connection.py:176
    const self = this;
    let number, $1;
    $1 = py.add(py.m.get(self._numbers, room_id, 0), 1); // 178
    number = $1; // 178
    py.setitem(self._numbers, room_id, $1); // 178
    py.m.add(self._recorder, "chat_messages_sent", 1); // 179
    return py.make(Mark, self._vu.id, number, py.floordiv(py.lib["time.time_ns"](), 1000)); // 180
  }
  async _say_and_hear(room_id, mark, request, answer, ...refusals) { // ktb_load/chat/connection.py:187
    const self = this;
    refusals = py.Tuple.from(refusals);
    self._deliveries.sent(room_id, mark.number); // 196
    try {
      return await self._exchange(request, answer, refusals); // 198
    } catch ($$1) {
      if (py.isinstance($$1, Rejected)) { // 199
        self._deliveries.refused(room_id, mark.number); // 200
        self._take_back(room_id, mark.number); // 201
        return null; // 202
      } else if (py.isinstance($$1, TimedOut)) {
        return null; // 204
      } else {
        throw $$1;
      }
    }
    return null;
  }
  _take_back(room_id, number) { // ktb_load/chat/connection.py:182
    const self = this;
    if (py.eq(py.m.get(self._numbers, room_id), number)) { // 184
      py.setitem(self._numbers, room_id, py.sub(number, 1)); // 185
    }
    return null;
  }
}
py.attributes(ChatConnection, { protocol: "SIO" });
py.signature(ChatConnection.prototype.__init__, ["user"], []);

export function mark_of(message, field = "content") { // ktb_load/chat/connection.py:269
  let content;
  content = (py.b.isinstance(message, py.Dict) ? py.m.get(message, field) : null); // 271
  return (py.b.isinstance(content, py.b.str) ? read_mark(content) : null); // 272
}

export function _word(error) { // ktb_load/chat/connection.py:275
  if (py.b.isinstance(error, TimedOut)) { // 276
    return "TIMED_OUT"; // 277
  }
  return (py.b.isinstance(error, Disconnected) ? "DISCONNECTED" : "UNKNOWN"); // 278
}

