// Compiled from ktb_load/systems/ktb_chat_socket.py by `ktb-load export`.
import { py } from "./python.js";
import { DeliveryTracker } from "./delivery.js";
import { Mark, read_mark, write_mark } from "./marks.js";
import { ConnectFailed, Disconnected, ExchangeFailed, Rejected, TimedOut } from "./errors.js";
import { SocketIOClient, SocketIOOptions } from "./socketio.js";
import { check } from "./vocabulary.js";

export class ChatSocket { // ktb_load/systems/ktb_chat_socket.py:27
  __init__(user, user_id) { // ktb_load/systems/ktb_chat_socket.py:30
    const self = this;
    self._vu = user.vu; // 31
    self._recorder = user.vu.recorder; // 32
    self._timeout_s = user.answer_timeout_s; // 33
    self._user_id = user_id; // 34
    self._numbers = user.message_numbers; // 35
    self._deliveries = py.make(DeliveryTracker, self._recorder, user.vu.id); // 36
    self._closing = false; // 37
    return null;
  }
  static async open(user, user_id, token, session_id) { // ktb_load/systems/ktb_chat_socket.py:41
    const cls = this;
    let chat, began, options, error;
    chat = py.call(cls, user, user_id); // 47
    began = py.lib["time.perf_counter"](); // 48
    options = py.callkw(SocketIOOptions, null, [], { auth: new py.Dict([["token", token], ["sessionId", session_id]]), name: "chat" }); // 49
    try {
      chat._client = await SocketIOClient.connect(user.vu.network, user.socket_url(), options); // 51
    } catch ($$1) {
      if (py.isinstance($$1, ConnectFailed)) { // 52
        error = $$1;
        chat._report("connect", began, error); // 53
        check(null, new py.Dict([["chat connected", false]])); // 54
        throw $$1; // 55
      } else {
        throw $$1;
      }
    }
    py.m.add(chat._recorder, "chat_connecting", py.mul(py.sub(py.lib["time.perf_counter"](), began), 1000)); // 56
    chat._report("connect", began); // 57
    check(null, new py.Dict([["chat connected", true]])); // 58
    chat._client.on("message", py.bind(chat, "_on_message")); // 59
    chat._client.on_close = py.bind(chat, "_on_close"); // 60
    return chat; // 61
  }
  open(...$rest) { return this.constructor.open(...$rest); }
  _report() { return null; } // ktb_load/systems/ktb_chat_socket.py:250
  _on_message(message, ..._) { // ktb_load/systems/ktb_chat_socket.py:270
    const self = this;
    _ = py.Tuple.from(_);
    let mark, $1;
    if (!py.is((mark = _mark_of(message)), null)) { // 271
      self._deliveries.arrived((py.truthy($1 = py.m.get(message, "room")) ? $1 : ""), mark, py.floordiv(py.lib["time.time_ns"](), 1000)); // 272
    }
    return null;
  }
  _on_close() { // ktb_load/systems/ktb_chat_socket.py:274
    const self = this;
    let cause, $1;
    cause = (py.truthy($1 = self._client.close_cause) ? $1 : "transport"); // 275
    self._deliveries.closed(); // 276
    py.m.add(self._recorder, "chat_disconnections", 1, new py.Dict([["cause", cause]])); // 277
    if (!py.truthy(self._closing)) { // 278
      py.m.add(self._recorder, "chat_unexpected_disconnections", 1); // 279
    }
    return null;
  }
  __enter__() { // ktb_load/systems/ktb_chat_socket.py:63
    const self = this;
    return self; // 64
  }
  async __exit__(kind, error, trace) { // ktb_load/systems/ktb_chat_socket.py:66
    const self = this;
    await self.close(); // 72
    return null;
  }
  async close() { // ktb_load/systems/ktb_chat_socket.py:85
    const self = this;
    self._closing = true; // 87
    await self._client.close(); // 88
    return null;
  }
  get connected() { // ktb_load/systems/ktb_chat_socket.py:75
    const self = this;
    return self._client.connected; // 76
  }
  async join(room_id) { // ktb_load/systems/ktb_chat_socket.py:97
    const self = this;
    let answer, joined, message, mark, $2;
    answer = await self._exchange(py.callkw(_Request, null, ["join", "room", "joinRoom", room_id], { metric: "chat_joining" }), py.Tuple.of("joinRoomSuccess", (joined, ..._) => { _ = py.Tuple.from(_); return py.eq(py.m.get(joined, "roomId"), room_id); }), py.Tuple.of("joinRoomError")); // 98
    joined = py.b.dict(py.getitem(answer, 0)); // 103
    for (const $$1 of py.iter((py.truthy($2 = py.m.get(joined, "messages")) ? $2 : py.Tuple.of()))) { // 104
      message = $$1;
      if (!py.is((mark = _mark_of(message)), null)) { // 105
        self._deliveries.known(room_id, mark); // 106
      }
    }
    return joined; // 107
  }
  async _exchange(request, answer, refusals = py.Tuple.of()) { // ktb_load/systems/ktb_chat_socket.py:213
    const self = this;
    let expected, others, began, won, args, error, expectation, $1;
    expected = self._client.expect(...py.iter(answer)); // 222
    others = (() => { const $result = []; let event; for (const $$1 of py.iter(refusals)) { event = $$1; $result.push(self._client.expect(event)); } return $result; })(); // 223
    began = py.lib["time.perf_counter"](); // 224
    try {
      try {
        self._client.emit(request.event, request.payload); // 226
        $1 = py.unpack(await self._client.first_of(py.Tuple.of(expected, ...py.iter(others)), self._timeout_s), 2, false, 0), won = $1[0], args = $1[1]; // 227
        if (!py.is(won, expected)) { // 228
          throw py.raised(_rejection(request, args)); // 229
        }
      } catch ($$2) {
        if (py.isinstance($$2, ExchangeFailed)) { // 230
          error = $$2;
          self._conclude(request.name, began, null, error); // 231
          self._count_failure(request.event, error, request.kind); // 232
          throw $$2; // 233
        } else {
          throw $$2;
        }
      }
    } finally {
      for (const $$3 of py.iter(py.Tuple.of(expected, ...py.iter(others)))) { // 235
        expectation = $$3;
        expectation.cancel(); // 236
      }
    }
    if (!(!py.is(expected.arrived_at, null))) throw py.make(py.e.AssertionError); // 237
    if (py.truthy(request.metric)) { // 238
      py.m.add(self._recorder, request.metric, py.mul(py.sub(expected.arrived_at, began), 1000)); // 239
    }
    self._conclude(request.name, began, expected.arrived_at, null); // 240
    return args; // 241
  }
  _conclude(name, began, arrived, error) { // ktb_load/systems/ktb_chat_socket.py:243
    const self = this;
    check(null, new py.Dict([[`${py.str(name)}: answered`, error === null]])); // 246
    self._report(name, began, error, arrived); // 247
    return null;
  }
  _count_failure(event, error, kind = "") { // ktb_load/systems/ktb_chat_socket.py:262
    const self = this;
    let tags, $1, $2, $3;
    if (py.b.isinstance(error, TimedOut)) { // 263
      py.m.add(self._recorder, "chat_timeouts", 1, new py.Dict([["event", event]])); // 264
    }
    tags = new py.Dict([["kind", (py.truthy($2 = error.kind) ? $2 : (py.truthy($1 = kind) ? $1 : "connection"))], ["code", (py.truthy($3 = error.code) ? $3 : _word(error))]]); // 265
    py.m.add(self._recorder, "chat_errors", 1, tags); // 266
    return null;
  }
  async say(room_id, text, file_id = "") { // ktb_load/systems/ktb_chat_socket.py:113
    const self = this;
    let number, mark, payload, answer, $1;
    $1 = py.add(py.m.get(self._numbers, room_id, 0), 1); // 114
    number = $1; // 114
    py.setitem(self._numbers, room_id, $1); // 114
    mark = write_mark(py.make(Mark, self._vu.id, number, py.floordiv(py.lib["time.time_ns"](), 1000))); // 115
    payload = new py.Dict([["room", room_id], ["type", "text"], ["content", `${py.str(text)} ${py.str(mark)}`]]); // 116
    if (py.truthy(file_id)) { // 117
      payload = py.ibitor(payload, new py.Dict([["type", "file"], ["fileData", new py.Dict([["_id", file_id]])]])); // 118
    }
    self._deliveries.sent(room_id, number); // 119
    py.m.add(self._recorder, "chat_messages_sent", 1); // 120
    try {
      answer = await self._exchange(py.callkw(_Request, null, ["say", "message", "chatMessage", payload], { metric: "chat_round_trip" }), py.Tuple.of("message", (message, ..._) => { _ = py.Tuple.from(_); let $1; return py.contains((py.truthy($1 = py.m.get(message, "content")) ? $1 : ""), mark); }), py.Tuple.of("error")); // 122
    } catch ($$2) {
      if (py.isinstance($$2, Rejected)) { // 127
        self._deliveries.refused(room_id, number); // 128
        return null; // 129
      } else if (py.isinstance($$2, TimedOut)) {
        return null; // 131
      } else {
        throw $$2;
      }
    }
    return py.b.dict(py.getitem(answer, 0)); // 132
  }
  async mark_as_read(room_id, message_ids) { // ktb_load/systems/ktb_chat_socket.py:157
    const self = this;
    let wanted;
    wanted = py.b.set(message_ids); // 158
    await self._exchange(py.make(_Request, "mark as read", "message", "markMessagesAsRead", new py.Dict([["roomId", room_id], ["messageIds", message_ids]])), py.Tuple.of("messagesRead", (read, ..._) => { _ = py.Tuple.from(_); return py.eq(py.m.get(read, "userId"), self._user_id) && py.eq(py.b.set(py.getitem(read, "messageIds")), wanted); }), py.Tuple.of("error")); // 159
    return null;
  }
  async fetch_history(room_id, before) { // ktb_load/systems/ktb_chat_socket.py:175
    const self = this;
    let payload, answer;
    payload = new py.Dict([["roomId", room_id], ["limit", 30]]); // 176
    if (before !== null) { // 177
      py.setitem(payload, "before", before); // 178
    }
    answer = await self._exchange(py.make(_Request, "fetch history", "room", "fetchPreviousMessages", payload), py.Tuple.of("previousMessagesLoaded", (..._) => { _ = py.Tuple.from(_); return true; }), py.Tuple.of("error")); // 179
    return py.b.list(py.getitem(py.getitem(answer, 0), "messages")); // 184
  }
  must_be_open() { // ktb_load/systems/ktb_chat_socket.py:78
    const self = this;
    if (!py.truthy(self._client.connected)) { // 80
      throw py.raised(py.callkw(Disconnected, null, [`the chat was closed by ${py.str(self._client.close_cause)}`], { kind: "connection" })); // 81
    }
    return null;
  }
  async react(message_id, emoji, kind) { // ktb_load/systems/ktb_chat_socket.py:142
    const self = this;
    let payload, mine;
    payload = new py.Dict([["messageId", message_id], ["reaction", emoji], ["type", kind]]); // 143
    mine = function (update, ..._) { // ktb_load/systems/ktb_chat_socket.py:145
      _ = py.Tuple.from(_);
      let people, $1, $2;
      people = (py.truthy($2 = py.m.get(((py.truthy($1 = py.m.get(update, "reactions")) ? $1 : new py.Dict([]))), emoji)) ? $2 : []); // 146
      return py.eq(py.m.get(update, "messageId"), message_id) && py.eq(py.contains(people, self._user_id), py.eq(kind, "add")); // 147
    }
    await self._exchange(py.make(_Request, "react", "message", "messageReaction", payload), py.Tuple.of("messageReactionUpdate", mine), py.Tuple.of("error")); // 151
    return null;
  }
  async mention_ai(room_id, text) { // ktb_load/systems/ktb_chat_socket.py:186
    const self = this;
    let began, chunk, complete, failed, error, won, answer, failure, expectation, $1, $4;
    began = py.lib["time.perf_counter"](); // 187
    chunk = self._client.expect("aiMessageChunk"); // 188
    complete = self._client.expect("aiMessageComplete"); // 189
    failed = self._client.expect("aiMessageError"); // 190
    error = null; // 191
    try {
      await self.say(room_id, text); // 193
      $1 = py.unpack(await self._client.first_of(py.Tuple.of(complete, failed), py.mul(3, self._timeout_s)), 2, false, 0), won = $1[0], answer = $1[1]; // 194
      if (py.is(won, failed)) { // 195
        error = py.callkw(Rejected, null, [`the AI failed: ${py.str(_message_of(answer))}`], { kind: "ai" }); // 196
      }
    } catch ($$2) {
      if (py.isinstance($$2, ExchangeFailed)) { // 197
        failure = $$2;
        error = failure; // 198
      } else {
        throw $$2;
      }
    }
    if (!py.is(chunk.arrived_at, null)) { // 199
      py.m.add(self._recorder, "chat_ai_first_chunk", py.mul(py.sub(chunk.arrived_at, began), 1000)); // 200
    }
    for (const $$3 of py.iter(py.Tuple.of(chunk, complete, failed))) { // 201
      expectation = $$3;
      expectation.cancel(); // 202
    }
    self._conclude("mention the AI", began, complete.arrived_at, error); // 203
    if (error !== null) { // 204
      self._count_failure("aiMessageComplete", error); // 205
      return ""; // 206
    }
    if (!(!py.is(complete.arrived_at, null))) throw py.make(py.e.AssertionError); // 207
    py.m.add(self._recorder, "chat_ai_complete", py.mul(py.sub(complete.arrived_at, began), 1000)); // 208
    return py.b.str((py.truthy($4 = py.m.get(py.getitem(answer, 0), "content")) ? $4 : "")); // 209
  }
  async say_banned(room_id, word) { // ktb_load/systems/ktb_chat_socket.py:134
    const self = this;
    let payload, answer;
    payload = new py.Dict([["room", room_id], ["type", "text"], ["content", word]]); // 135
    answer = await self._exchange(py.make(_Request, "say a banned word", "message", "chatMessage", payload), py.Tuple.of("error", (error, ..._) => { _ = py.Tuple.from(_); return py.eq(py.m.get(error, "code"), "MESSAGE_REJECTED"); })); // 136
    check(answer, new py.Dict([["banned word refused", py.b.bool(answer)]])); // 140
    return null;
  }
  drop() { // ktb_load/systems/ktb_chat_socket.py:90
    const self = this;
    self._closing = true; // 92
    self._client.abort(); // 93
    return null;
  }
}
py.signature(ChatSocket.prototype.__init__, ["user", "user_id"], []);

export class _Request { // ktb_load/systems/ktb_chat_socket.py:282
  __init__(name, kind, event, payload, metric = "") { // ktb_load/systems/ktb_chat_socket.py:285
    const self = this;
    let $1;
    $1 = py.unpack(py.Tuple.of(name, kind, event, payload), 4, false, 0), self.name = $1[0], self.kind = $1[1], self.event = $1[2], self.payload = $1[3]; // 288
    self.metric = metric; // 289
    return null;
  }
}
py.signature(_Request.prototype.__init__, ["name", "kind", "event", "payload", "metric"], ["metric"]);

export function _mark_of(message) { // ktb_load/systems/ktb_chat_socket.py:292
  let content;
  content = (py.b.isinstance(message, py.Dict) ? py.m.get(message, "content") : null); // 293
  return (py.b.isinstance(content, py.b.str) ? read_mark(content) : null); // 294
}

export function _rejection(request, args) { // ktb_load/systems/ktb_chat_socket.py:297
  let body, message, $1;
  body = (py.truthy(args) && py.b.isinstance(py.getitem(args, 0), py.Dict) ? py.getitem(args, 0) : new py.Dict([])); // 298
  message = `${py.str(request.name)}: ${py.str(_message_of(args))}`; // 299
  return py.callkw(Rejected, null, [message], { kind: request.kind, code: py.b.str((py.truthy($1 = py.m.get(body, "code")) ? $1 : "")) }); // 300
}

export function _message_of(args) { // ktb_load/systems/ktb_chat_socket.py:303
  let body;
  body = (py.truthy(args) ? py.getitem(args, 0) : ""); // 304
  return (py.b.isinstance(body, py.Dict) ? py.b.str(py.m.get(body, "message", "")) : py.b.str(body)); // 305
}

export function _word(error) { // ktb_load/systems/ktb_chat_socket.py:308
  if (py.b.isinstance(error, TimedOut)) { // 309
    return "TIMED_OUT"; // 310
  }
  return (py.b.isinstance(error, Disconnected) ? "DISCONNECTED" : "UNKNOWN"); // 311
}

