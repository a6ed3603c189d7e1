// Compiled from ktb_load/chat/connection.py by `ktb-load export`.
import { py } from "./python.js";
import { DeliveryTracker } from "./delivery.js";
import { Mark } from "./marks.js";
import { ConnectFailed, Disconnected, ExchangeFailed, Rejected, TimedOut } from "./errors.js";
import { check } from "./vocabulary.js";

export class Request { // ktb_load/chat/connection.py:52
  __init__(name, kind, event, payload, metric = "") { // ktb_load/chat/connection.py:55
    const self = this;
    let $1;
    $1 = py.unpack(py.Tuple.of(name, kind, event, payload), 4, false, 0), self.name = $1[0], self.kind = $1[1], self.event = $1[2], self.payload = $1[3]; // 56
    self.metric = metric; // 57
    return null;
  }
}
py.signature(Request.prototype.__init__, ["name", "kind", "event", "payload", "metric"], ["metric"]);

export class ChatConnection { // ktb_load/chat/connection.py:60
  __init__(user) { // ktb_load/chat/connection.py:68
    const self = this;
    self._vu = user.vu; // 69
    self._recorder = user.vu.recorder; // 70
    self._timeout_s = user.answer_timeout_s; // 71
    self._numbers = user.message_numbers; // 72
    self._deliveries = py.make(DeliveryTracker, self._recorder, user.vu.id); // 73
    self._closing = false; // 74
    return null;
  }
  async open() { // ktb_load/chat/connection.py:99
    const self = this;
    let began, error;
    began = py.lib["time.perf_counter"](); // 105
    try {
      self._client = await self._connect(); // 107
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 108
        error = $$1;
        self._report("connect", began, error); // 109
        check(null, new py.Dict([["chat connected", false]])); // 110
        self._count_failure("connect", error); // 111
        throw $$1; // 112
      } else {
        throw $$1;
      }
    }
    py.m.add(self._recorder, "chat_connecting", py.mul(py.sub(py.lib["time.perf_counter"](), began), 1000)); // 113
    self._report("connect", began); // 114
    check(null, new py.Dict([["chat connected", true]])); // 115
    self._listen(); // 116
    self._client.on_close = py.bind(self, "_on_close"); // 117
    return self; // 118
  }
  _connect() { // ktb_load/chat/connection.py:78
    throw py.raised(py.e.NotImplementedError); // 80
  }
  _report() { return null; } // ktb_load/chat/connection.py:234
  _count_failure(event, error, kind = "") { // ktb_load/chat/connection.py:247
    const self = this;
    let tags, $1, $2, $3;
    if (py.b.isinstance(error, TimedOut)) { // 248
      py.m.add(self._recorder, "chat_timeouts", 1, new py.Dict([["event", event]])); // 249
    }
    tags = new py.Dict([["kind", (py.truthy($2 = error.kind) ? $2 : (py.truthy($1 = kind) ? $1 : "connection"))], ["code", (py.truthy($3 = error.code) ? $3 : _word(error))]]); // 250
    py.m.add(self._recorder, "chat_errors", 1, tags); // 251
    return null;
  }
  _listen() { // ktb_load/chat/connection.py:82
    throw py.raised(py.e.NotImplementedError); // 84
  }
  _on_close() { // ktb_load/chat/connection.py:152
    const self = this;
    let cause, $1;
    cause = (py.truthy($1 = self._client.close_cause) ? $1 : "transport"); // 153
    self._deliveries.closed(); // 154
    py.m.add(self._recorder, "chat_disconnections", 1, new py.Dict([["cause", cause]])); // 155
    if (!py.truthy(self._closing)) { // 156
      py.m.add(self._recorder, "chat_unexpected_disconnections", 1, new py.Dict([["cause", cause]])); // 157
    }
    return null;
  }
  __enter__() { // ktb_load/chat/connection.py:120
    const self = this;
    return self; // 121
  }
  async __exit__(kind, error, trace) { // ktb_load/chat/connection.py:123
    const self = this;
    await self.close(); // 129
    return null;
  }
  async close() { // ktb_load/chat/connection.py:142
    const self = this;
    self._closing = true; // 144
    await self._client.close(); // 145
    return null;
  }
  get connected() { // ktb_load/chat/connection.py:132
    const self = this;
    return self._client.connected; // 133
  }
  _take_back(room_id, number) { // ktb_load/chat/connection.py:167
    const self = this;
    if (py.eq(py.m.get(self._numbers, room_id), number)) { // 169
      py.setitem(self._numbers, room_id, py.sub(number, 1)); // 170
    }
    return null;
  }
  _conclude(name, began, arrived, error) { // ktb_load/chat/connection.py:227
    const self = this;
    check(null, new py.Dict([[`${py.str(name)}: answered`, error === null]])); // 230
    self._report(name, began, error, arrived); // 231
    return null;
  }
  _next_mark(room_id) { // ktb_load/chat/connection.py:161
    const self = this;
    let number, $1;
    $1 = py.add(py.m.get(self._numbers, room_id, 0), 1); // 163
    number = $1; // 163
    py.setitem(self._numbers, room_id, $1); // 163
    py.m.add(self._recorder, "chat_messages_sent", 1); // 164
    return py.make(Mark, self._vu.id, number, py.floordiv(py.lib["time.time_ns"](), 1000)); // 165
  }
  async _say_and_hear(room_id, mark, request, answer, ...refusals) { // ktb_load/chat/connection.py:172
    const self = this;
    refusals = py.Tuple.from(refusals);
    self._deliveries.sent(room_id, mark.number); // 181
    try {
      return await self._exchange(request, answer, refusals); // 183
    } catch ($$1) {
      if (py.isinstance($$1, Rejected)) { // 184
        self._deliveries.refused(room_id, mark.number); // 185
        self._take_back(room_id, mark.number); // 186
        return null; // 187
      } else if (py.isinstance($$1, TimedOut)) {
        return null; // 189
      } else {
        throw $$1;
      }
    }
    return null;
  }
  async _exchange(request, answer, refusals = py.Tuple.of()) { // ktb_load/chat/connection.py:193
    const self = this;
    let expected, others, began, won, args, error, expectation, $1;
    expected = self._client.expect(...py.iter(answer)); // 202
    others = (() => { const $result = []; let event; for (const $$1 of py.iter(refusals)) { event = $$1; $result.push(self._client.expect(event)); } return $result; })(); // 203
    began = py.lib["time.perf_counter"](); // 204
    try {
      try {
        self._send(request); // 206
        $1 = py.unpack(await self._client.first_of(py.Tuple.of(expected, ...py.iter(others)), self._timeout_s), 2, false, 0), won = $1[0], args = $1[1]; // 207
        if (!py.is(won, expected)) { // 208
          throw py.raised(self._rejection(request, args)); // 209
        }
      } catch ($$2) {
        if (py.isinstance($$2, ExchangeFailed)) { // 210
          error = $$2;
          self._conclude(request.name, began, null, error); // 211
          self._count_failure(request.event, error, request.kind); // 212
          throw $$2; // 213
        } else {
          throw $$2;
        }
      }
    } finally {
      for (const $$3 of py.iter(py.Tuple.of(expected, ...py.iter(others)))) { // 215
        expectation = $$3;
        expectation.cancel(); // 216
      }
    }
    if (!(!py.is(expected.arrived_at, null))) throw py.make(py.e.AssertionError); // 217
    if (py.truthy(request.metric)) { // 218
      py.m.add(self._recorder, request.metric, py.mul(py.sub(expected.arrived_at, began), 1000)); // 219
    }
    self._conclude(request.name, began, expected.arrived_at, null); // 220
    return args; // 221
  }
  _send(request) { // ktb_load/chat/connection.py:86
    throw py.raised(py.e.NotImplementedError); // 88
  }
  _rejection(request, args) { // ktb_load/chat/connection.py:223
    const self = this;
    let message, code, $1;
    $1 = py.unpack(self._refusal_in(args), 2, false, 0), message = $1[0], code = $1[1]; // 224
    return py.callkw(Rejected, null, [`${py.str(request.name)}: ${py.str(message)}`], { kind: request.kind, code: code }); // 225
  }
  _refusal_in(args) { // ktb_load/chat/connection.py:90
    let body, $1;
    body = (py.truthy(args) ? py.getitem(args, 0) : ""); // 92
    if (py.b.isinstance(body, py.Dict)) { // 93
      return py.Tuple.of(py.b.str(py.m.get(body, "message", "")), py.b.str((py.truthy($1 = py.m.get(body, "code")) ? $1 : ""))); // 94
    }
    return py.Tuple.of(py.b.str(body), ""); // 95
  }
  must_be_open() { // ktb_load/chat/connection.py:135
    const self = this;
    if (!py.truthy(self._client.connected)) { // 137
      throw py.raised(py.callkw(Disconnected, null, [`the chat was closed by ${py.str(self._client.close_cause)}`], { kind: "connection" })); // 138
    }
    return null;
  }
  drop() { // ktb_load/chat/connection.py:147
    const self = this;
    self._closing = true; // 149
    self._client.abort(); // 150
    return null;
  }
}
py.attributes(ChatConnection, { protocol: "SIO" });
py.signature(ChatConnection.prototype.__init__, ["user"], []);

export function _word(error) { // ktb_load/chat/connection.py:260
  if (py.b.isinstance(error, TimedOut)) { // 261
    return "TIMED_OUT"; // 262
  }
  return (py.b.isinstance(error, Disconnected) ? "DISCONNECTED" : "UNKNOWN"); // 263
}

