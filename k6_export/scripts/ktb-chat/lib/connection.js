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
  async open() { // ktb_load/chat/connection.py:91
    const self = this;
    let began, error;
    began = py.lib["time.perf_counter"](); // 97
    try {
      self._client = await self._connect(); // 99
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 100
        error = $$1;
        self._report("connect", began, error); // 101
        check(null, new py.Dict([["chat connected", false]])); // 102
        throw $$1; // 103
      } else {
        throw $$1;
      }
    }
    py.m.add(self._recorder, "chat_connecting", py.mul(py.sub(py.lib["time.perf_counter"](), began), 1000)); // 104
    self._report("connect", began); // 105
    check(null, new py.Dict([["chat connected", true]])); // 106
    self._listen(); // 107
    self._client.on_close = py.bind(self, "_on_close"); // 108
    return self; // 109
  }
  _connect() { // ktb_load/chat/connection.py:70
    throw py.raised(py.e.NotImplementedError); // 72
  }
  _report() { return null; } // ktb_load/chat/connection.py:220
  _listen() { // ktb_load/chat/connection.py:74
    throw py.raised(py.e.NotImplementedError); // 76
  }
  _on_close() { // ktb_load/chat/connection.py:143
    const self = this;
    let cause, $1;
    cause = (py.truthy($1 = self._client.close_cause) ? $1 : "transport"); // 144
    self._deliveries.closed(); // 145
    py.m.add(self._recorder, "chat_disconnections", 1, new py.Dict([["cause", cause]])); // 146
    if (!py.truthy(self._closing)) { // 147
      py.m.add(self._recorder, "chat_unexpected_disconnections", 1, new py.Dict([["cause", cause]])); // 148
    }
    return null;
  }
  __enter__() { // ktb_load/chat/connection.py:111
    const self = this;
    return self; // 112
  }
  async __exit__(kind, error, trace) { // ktb_load/chat/connection.py:114
    const self = this;
    await self.close(); // 120
    return null;
  }
  async close() { // ktb_load/chat/connection.py:133
    const self = this;
    self._closing = true; // 135
    await self._client.close(); // 136
    return null;
  }
  get connected() { // ktb_load/chat/connection.py:123
    const self = this;
    return self._client.connected; // 124
  }
  async _exchange(request, answer, refusals = py.Tuple.of()) { // ktb_load/chat/connection.py:179
    const self = this;
    let expected, others, began, won, args, error, expectation, $1;
    expected = self._client.expect(...py.iter(answer)); // 188
    others = (() => { const $result = []; let event; for (const $$1 of py.iter(refusals)) { event = $$1; $result.push(self._client.expect(event)); } return $result; })(); // 189
    began = py.lib["time.perf_counter"](); // 190
    try {
      try {
        self._send(request); // 192
        $1 = py.unpack(await self._client.first_of(py.Tuple.of(expected, ...py.iter(others)), self._timeout_s), 2, false, 0), won = $1[0], args = $1[1]; // 193
        if (!py.is(won, expected)) { // 194
          throw py.raised(self._rejection(request, args)); // 195
        }
      } catch ($$2) {
        if (py.isinstance($$2, ExchangeFailed)) { // 196
          error = $$2;
          self._conclude(request.name, began, null, error); // 197
          self._count_failure(request.event, error, request.kind); // 198
          throw $$2; // 199
        } else {
          throw $$2;
        }
      }
    } finally {
      for (const $$3 of py.iter(py.Tuple.of(expected, ...py.iter(others)))) { // 201
        expectation = $$3;
        expectation.cancel(); // 202
      }
    }
    if (!(!py.is(expected.arrived_at, null))) throw py.make(py.e.AssertionError); // 203
    if (py.truthy(request.metric)) { // 204
      py.m.add(self._recorder, request.metric, py.mul(py.sub(expected.arrived_at, began), 1000)); // 205
    }
    self._conclude(request.name, began, expected.arrived_at, null); // 206
    return args; // 207
  }
  _send(request) { // ktb_load/chat/connection.py:78
    throw py.raised(py.e.NotImplementedError); // 80
  }
  _rejection(request, args) { // ktb_load/chat/connection.py:209
    const self = this;
    let message, code, $1;
    $1 = py.unpack(self._refusal_in(args), 2, false, 0), message = $1[0], code = $1[1]; // 210
    return py.callkw(Rejected, null, [`${py.str(request.name)}: ${py.str(message)}`], { kind: request.kind, code: code }); // 211
  }
  _refusal_in(args) { // ktb_load/chat/connection.py:82
    let body, $1;
    body = (py.truthy(args) ? py.getitem(args, 0) : ""); // 84
    if (py.b.isinstance(body, py.Dict)) { // 85
      return py.Tuple.of(py.b.str(py.m.get(body, "message", "")), py.b.str((py.truthy($1 = py.m.get(body, "code")) ? $1 : ""))); // 86
    }
    return py.Tuple.of(py.b.str(body), ""); // 87
  }
  _conclude(name, began, arrived, error) { // ktb_load/chat/connection.py:213
    const self = this;
    check(null, new py.Dict([[`${py.str(name)}: answered`, error === null]])); // 216
    self._report(name, began, error, arrived); // 217
    return null;
  }
  _count_failure(event, error, kind = "") { // ktb_load/chat/connection.py:233
    const self = this;
    let tags, $1, $2, $3;
    if (py.b.isinstance(error, TimedOut)) { // 234
      py.m.add(self._recorder, "chat_timeouts", 1, new py.Dict([["event", event]])); // 235
    }
    tags = new py.Dict([["kind", (py.truthy($2 = error.kind) ? $2 : (py.truthy($1 = kind) ? $1 : "connection"))], ["code", (py.truthy($3 = error.code) ? $3 : _word(error))]]); // 236
    py.m.add(self._recorder, "chat_errors", 1, tags); // 237
    return null;
  }
  _next_mark(room_id) { // ktb_load/chat/connection.py:152
    const self = this;
    let number, $1;
    $1 = py.add(py.m.get(self._numbers, room_id, 0), 1); // 154
    number = $1; // 154
    py.setitem(self._numbers, room_id, $1); // 154
    py.m.add(self._recorder, "chat_messages_sent", 1); // 155
    return py.make(Mark, self._vu.id, number, py.floordiv(py.lib["time.time_ns"](), 1000)); // 156
  }
  async _say_and_hear(room_id, mark, request, answer, refusal) { // ktb_load/chat/connection.py:163
    const self = this;
    self._deliveries.sent(room_id, mark.number); // 167
    try {
      return await self._exchange(request, answer, py.Tuple.of(refusal)); // 169
    } catch ($$1) {
      if (py.isinstance($$1, Rejected)) { // 170
        self._deliveries.refused(room_id, mark.number); // 171
        self._take_back(room_id, mark.number); // 172
        return null; // 173
      } else if (py.isinstance($$1, TimedOut)) {
        return null; // 175
      } else {
        throw $$1;
      }
    }
    return null;
  }
  _take_back(room_id, number) { // ktb_load/chat/connection.py:158
    const self = this;
    if (py.eq(py.getitem(self._numbers, room_id), number)) { // 160
      py.setitem(self._numbers, room_id, py.sub(number, 1)); // 161
    }
    return null;
  }
  must_be_open() { // ktb_load/chat/connection.py:126
    const self = this;
    if (!py.truthy(self._client.connected)) { // 128
      throw py.raised(py.callkw(Disconnected, null, [`the chat was closed by ${py.str(self._client.close_cause)}`], { kind: "connection" })); // 129
    }
    return null;
  }
  drop() { // ktb_load/chat/connection.py:138
    const self = this;
    self._closing = true; // 140
    self._client.abort(); // 141
    return null;
  }
}
py.attributes(ChatConnection, { protocol: "SIO" });
py.signature(ChatConnection.prototype.__init__, ["user"], []);

export function mark_of(message) { // ktb_load/chat/connection.py:240
  let content;
  content = (py.b.isinstance(message, py.Dict) ? py.m.get(message, "content") : null); // 242
  return (py.b.isinstance(content, py.b.str) ? read_mark(content) : null); // 243
}

export function _word(error) { // ktb_load/chat/connection.py:246
  if (py.b.isinstance(error, TimedOut)) { // 247
    return "TIMED_OUT"; // 248
  }
  return (py.b.isinstance(error, Disconnected) ? "DISCONNECTED" : "UNKNOWN"); // 249
}

