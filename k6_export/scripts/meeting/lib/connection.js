// Compiled from ktb_load/chat/connection.py by `ktb-load export`.
import { py, ConnectFailed, Disconnected, ExchangeFailed, Rejected, TimedOut, check } from "./runtime.js";
import { DeliveryTracker } from "./delivery.js";
import { Mark, read_mark } from "./marks.js";

export class Request { // ktb_load/chat/connection.py:44
  __init__(name, kind, event, payload, metric = "") { // ktb_load/chat/connection.py:47
    const self = this;
    let $1;
    $1 = py.unpack(py.Tuple.of(name, kind, event, payload), 4, false, 0), self.name = $1[0], self.kind = $1[1], self.event = $1[2], self.payload = $1[3]; // 48
    self.metric = metric; // 49
    return null;
  }
}
py.signature(Request.prototype.__init__, ["name", "kind", "event", "payload", "metric"], ["metric"]);

export class ChatConnection { // ktb_load/chat/connection.py:52
  __init__(user) { // ktb_load/chat/connection.py:60
    const self = this;
    self._vu = user.vu; // 61
    self._recorder = user.vu.recorder; // 62
    self._timeout_s = user.answer_timeout_s; // 63
    self._numbers = user.message_numbers; // 64
    self._deliveries = py.make(DeliveryTracker, self._recorder, user.vu.id); // 65
    self._closing = false; // 66
    return null;
  }
  async open() { // ktb_load/chat/connection.py:104
    const self = this;
    let began, error;
    began = py.lib["time.perf_counter"](); // 110
    try {
      self._client = await self._connect(); // 112
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 113
        error = $$1;
        self._report("connect", began, error); // 114
        check(null, new py.Dict([["chat connected", false]])); // 115
        self._count_failure("connect", error); // 116
        throw $$1; // 117
      } else {
        throw $$1;
      }
    }
    py.m.add(self._recorder, "chat_connecting", py.mul(py.sub(py.lib["time.perf_counter"](), began), 1000)); // 118
    self._report("connect", began); // 119
    check(null, new py.Dict([["chat connected", true]])); // 120
    self._listen(); // 121
    self._client.on_close = py.bind(self, "_on_close"); // 122
    return self; // 123
  }
  _connect() { // ktb_load/chat/connection.py:70
    throw py.raised(py.e.NotImplementedError); // 72
  }
  _report() { return null; } // ktb_load/chat/connection.py:256
  _count_failure(event, error, kind = "") { // ktb_load/chat/connection.py:269
    const self = this;
    let tags, $1, $2, $3;
    if (py.b.isinstance(error, TimedOut)) { // 270
      py.m.add(self._recorder, "chat_timeouts", 1, new py.Dict([["event", event]])); // 271
    }
    tags = new py.Dict([["kind", (py.truthy($2 = error.kind) ? $2 : (py.truthy($1 = kind) ? $1 : "connection"))], ["code", (py.truthy($3 = error.code) ? $3 : _word(error))]]); // 272
    py.m.add(self._recorder, "chat_errors", 1, tags); // 273
    return null;
  }
  _listen() { // ktb_load/chat/connection.py:74
    throw py.raised(py.e.NotImplementedError); // 76
  }
  _on_close() { // ktb_load/chat/connection.py:174
    const self = this;
    let cause, $1;
    cause = (py.truthy($1 = self._client.close_cause) ? $1 : "transport"); // 175
    self._deliveries.closed(); // 176
    py.m.add(self._recorder, "chat_disconnections", 1, new py.Dict([["cause", cause]])); // 177
    if (!py.truthy(self._closing)) { // 178
      py.m.add(self._recorder, "chat_unexpected_disconnections", 1, new py.Dict([["cause", cause]])); // 179
    }
    return null;
  }
  __enter__() { // ktb_load/chat/connection.py:142
    const self = this;
    return self; // 143
  }
  async __exit__(kind, error, trace) { // ktb_load/chat/connection.py:145
    const self = this;
    await self.close(); // 151
    return null;
  }
  async close() { // ktb_load/chat/connection.py:164
    const self = this;
    self._closing = true; // 166
    await self._client.close(); // 167
    return null;
  }
  get connected() { // ktb_load/chat/connection.py:154
    const self = this;
    return self._client.connected; // 155
  }
  _take_back(room_id, number) { // ktb_load/chat/connection.py:189
    const self = this;
    if (py.eq(py.m.get(self._numbers, room_id), number)) { // 191
      py.setitem(self._numbers, room_id, py.sub(number, 1)); // 192
    }
    return null;
  }
  _conclude(name, began, arrived, error) { // ktb_load/chat/connection.py:249
    const self = this;
    check(null, new py.Dict([[`${py.str(name)}: answered`, error === null]])); // 252
    self._report(name, began, error, arrived); // 253
    return null;
  }
  _next_mark(room_id) { // ktb_load/chat/connection.py:183
    const self = this;
    let number, $1;
    $1 = py.add(py.m.get(self._numbers, room_id, 0), 1); // 185
    number = $1; // 185
    py.setitem(self._numbers, room_id, $1); // 185
    py.m.add(self._recorder, "chat_messages_sent", 1); // 186
    return py.make(Mark, self._vu.id, number, py.floordiv(py.lib["time.time_ns"](), 1000)); // 187
  }
  async _say_and_hear(room_id, mark, request, answer, ...refusals) { // ktb_load/chat/connection.py:194
    const self = this;
    refusals = py.Tuple.from(refusals);
    self._deliveries.sent(room_id, mark.number); // 203
    try {
      return await self._exchange(request, answer, refusals); // 205
    } catch ($$1) {
      if (py.isinstance($$1, Rejected)) { // 206
        self._deliveries.refused(room_id, mark.number); // 207
        self._take_back(room_id, mark.number); // 208
        return null; // 209
      } else if (py.isinstance($$1, TimedOut)) {
        return null; // 211
      } else {
        throw $$1;
      }
    }
    return null;
  }
  async _exchange(request, answer, refusals = py.Tuple.of()) { // ktb_load/chat/connection.py:215
    const self = this;
    let expected, others, began, won, args, error, expectation, $1;
    expected = self._client.expect(...py.iter(answer)); // 224
    others = (() => { const $result = []; let event; for (const $$1 of py.iter(refusals)) { event = $$1; $result.push(self._client.expect(event)); } return $result; })(); // 225
    began = py.lib["time.perf_counter"](); // 226
    try {
      try {
        self._send(request); // 228
        $1 = py.unpack(await self._client.first_of(py.Tuple.of(expected, ...py.iter(others)), self._timeout_s), 2, false, 0), won = $1[0], args = $1[1]; // 229
        if (!py.is(won, expected)) { // 230
          throw py.raised(self._rejection(request, args)); // 231
        }
      } catch ($$2) {
        if (py.isinstance($$2, ExchangeFailed)) { // 232
          error = $$2;
          self._conclude(request.name, began, null, error); // 233
          self._count_failure(request.event, error, request.kind); // 234
          throw $$2; // 235
        } else {
          throw $$2;
        }
      }
    } finally {
      for (const $$3 of py.iter(py.Tuple.of(expected, ...py.iter(others)))) { // 237
        expectation = $$3;
        expectation.cancel(); // 238
      }
    }
    if (!(!py.is(expected.arrived_at, null))) throw py.make(py.e.AssertionError); // 239
    if (py.truthy(request.metric)) { // 240
      py.m.add(self._recorder, request.metric, py.mul(py.sub(expected.arrived_at, began), 1000)); // 241
    }
    self._conclude(request.name, began, expected.arrived_at, null); // 242
    return args; // 243
  }
  _send(request) { // ktb_load/chat/connection.py:78
    throw py.raised(py.e.NotImplementedError); // 80
  }
  _rejection(request, args) { // ktb_load/chat/connection.py:245
    const self = this;
    let message, code, $1;
    $1 = py.unpack(self._refusal_in(args), 2, false, 0), message = $1[0], code = $1[1]; // 246
    return py.callkw(Rejected, null, [`${py.str(request.name)}: ${py.str(message)}`], { kind: request.kind, code: code }); // 247
  }
  _refusal_in(args) { // ktb_load/chat/connection.py:82
    let body, $1;
    body = (py.truthy(args) ? py.getitem(args, 0) : ""); // 84
    if (py.b.isinstance(body, py.Dict)) { // 85
      return py.Tuple.of(py.b.str(py.m.get(body, "message", "")), py.b.str((py.truthy($1 = py.m.get(body, "code")) ? $1 : ""))); // 86
    }
    return py.Tuple.of(py.b.str(body), ""); // 87
  }
  must_be_open() { // ktb_load/chat/connection.py:157
    const self = this;
    if (!py.truthy(self._client.connected)) { // 159
      throw py.raised(py.callkw(Disconnected, null, [`the chat was closed by ${py.str(self._client.close_cause)}`], { kind: "connection" })); // 160
    }
    return null;
  }
  drop() { // ktb_load/chat/connection.py:169
    const self = this;
    self._closing = true; // 171
    self._client.abort(); // 172
    return null;
  }
  async is_refused() { // ktb_load/chat/connection.py:125
    const self = this;
    let began, error;
    began = py.lib["time.perf_counter"](); // 129
    try {
      self._client = await self._connect(); // 131
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 132
        error = $$1;
        if (py.truthy(self._is_refusal(error))) { // 133
          self._report("connect with a bad token", began); // 134
          return true; // 135
        }
        self._report("connect with a bad token", began, error); // 136
        self._count_failure("connect", error); // 137
        return false; // 138
      } else {
        throw $$1;
      }
    }
    await self._client.close(); // 139
    return false; // 140
  }
  _is_refusal(error) { // ktb_load/chat/connection.py:89
    return py.eq(error.kind, "auth"); // 91
  }
}
py.attributes(ChatConnection, { protocol: "SIO" });
py.signature(ChatConnection.prototype.__init__, ["user"], []);

export function mark_of(message, field = "content") { // ktb_load/chat/connection.py:276
  let content;
  content = (py.b.isinstance(message, py.Dict) ? py.m.get(message, field) : null); // 278
  return (py.b.isinstance(content, py.b.str) ? read_mark(content) : null); // 279
}

export function _word(error) { // ktb_load/chat/connection.py:282
  if (py.b.isinstance(error, TimedOut)) { // 283
    return "TIMED_OUT"; // 284
  }
  return (py.b.isinstance(error, Disconnected) ? "DISCONNECTED" : "UNKNOWN"); // 285
}

