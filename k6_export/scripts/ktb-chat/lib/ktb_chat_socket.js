// Compiled from ktb_load/systems/ktb_chat_socket.py by `ktb-load export`.
import { py, ExchangeFailed, Rejected, SocketIOClient, SocketIOOptions, check } from "./runtime.js";
import { ChatConnection, Request, mark_of } from "./connection.js";
import { write_mark } from "./marks.js";

export class ChatSocket extends ChatConnection { // ktb_load/systems/ktb_chat_socket.py:19
  __init__(user, user_id, token, session_id) { // ktb_load/systems/ktb_chat_socket.py:24
    const self = this;
    super.__init__(user); // 25
    self._network = user.vu.network; // 26
    self._origin = user.socket_url(); // 27
    self._transports = user.transports; // 28
    self._auth = new py.Dict([["token", token], ["sessionId", session_id]]); // 29
    self._user_id = user_id; // 30
    return null;
  }
  async _connect() { // ktb_load/systems/ktb_chat_socket.py:32
    const self = this;
    let options;
    options = py.callkw(SocketIOOptions, null, [], { auth: self._auth, name: "chat", transports: self._transports }); // 33
    return await SocketIOClient.connect(self._network, self._origin, options); // 34
  }
  _listen() { // ktb_load/systems/ktb_chat_socket.py:36
    const self = this;
    self._client.on("message", py.bind(self, "_on_message")); // 37
    return null;
  }
  _on_message(message, ..._) { // ktb_load/systems/ktb_chat_socket.py:42
    const self = this;
    _ = py.Tuple.from(_);
    let mark, $1;
    if (!py.is((mark = mark_of(message)), null)) { // 43
      self._deliveries.arrived((py.truthy($1 = py.m.get(message, "room")) ? $1 : ""), mark, py.floordiv(py.lib["time.time_ns"](), 1000)); // 44
    }
    return null;
  }
  async join(room_id) { // ktb_load/systems/ktb_chat_socket.py:48
    const self = this;
    let answer, joined, message, mark, $2;
    answer = await self._exchange(py.callkw(Request, null, ["join", "room", "joinRoom", room_id], { metric: "chat_joining" }), py.Tuple.of("joinRoomSuccess", (joined, ..._) => { _ = py.Tuple.from(_); return py.eq(py.m.get(joined, "roomId"), room_id); }), py.Tuple.of("joinRoomError")); // 49
    joined = py.b.dict(py.getitem(answer, 0)); // 54
    for (const $$1 of py.iter((py.truthy($2 = py.m.get(joined, "messages")) ? $2 : py.Tuple.of()))) { // 55
      message = $$1;
      if (!py.is((mark = mark_of(message)), null)) { // 56
        self._deliveries.known(room_id, mark); // 57
      }
    }
    return joined; // 58
  }
  _send(request) { // ktb_load/systems/ktb_chat_socket.py:39
    const self = this;
    self._client.emit(request.event, request.payload); // 40
    return null;
  }
  async say(room_id, text, file_id = "") { // ktb_load/systems/ktb_chat_socket.py:64
    const self = this;
    let mark, written, payload, answer;
    mark = self._next_mark(room_id); // 65
    written = write_mark(mark); // 66
    payload = new py.Dict([["room", room_id], ["type", "text"], ["content", `${py.str(text)} ${py.str(written)}`]]); // 67
    if (py.truthy(file_id)) { // 68
      payload = py.ibitor(payload, new py.Dict([["type", "file"], ["fileData", new py.Dict([["_id", file_id]])]])); // 69
    }
    answer = await self._say_and_hear(room_id, mark, py.callkw(Request, null, ["say", "message", "chatMessage", payload], { metric: "chat_round_trip" }), py.Tuple.of("message", (message, ..._) => { _ = py.Tuple.from(_); let $1; return py.contains((py.truthy($1 = py.m.get(message, "content")) ? $1 : ""), written); }), "error"); // 70
    return (answer === null ? null : py.b.dict(py.getitem(answer, 0))); // 77
  }
  async mark_as_read(room_id, message_ids) { // ktb_load/systems/ktb_chat_socket.py:102
    const self = this;
    let wanted;
    wanted = py.b.set(message_ids); // 103
    await self._exchange(py.make(Request, "mark as read", "message", "markMessagesAsRead", new py.Dict([["roomId", room_id], ["messageIds", message_ids]])), py.Tuple.of("messagesRead", (read, ..._) => { _ = py.Tuple.from(_); return py.eq(py.m.get(read, "userId"), self._user_id) && py.eq(py.b.set(py.getitem(read, "messageIds")), wanted); }), py.Tuple.of("error")); // 104
    return null;
  }
  async fetch_history(room_id, before) { // ktb_load/systems/ktb_chat_socket.py:120
    const self = this;
    let payload, answer;
    payload = new py.Dict([["roomId", room_id], ["limit", 30]]); // 121
    if (before !== null) { // 122
      py.setitem(payload, "before", before); // 123
    }
    answer = await self._exchange(py.make(Request, "fetch history", "room", "fetchPreviousMessages", payload), py.Tuple.of("previousMessagesLoaded", (..._) => { _ = py.Tuple.from(_); return true; }), py.Tuple.of("error")); // 124
    return py.b.list(py.getitem(py.getitem(answer, 0), "messages")); // 129
  }
  async react(message_id, emoji, kind) { // ktb_load/systems/ktb_chat_socket.py:87
    const self = this;
    let payload, mine;
    payload = new py.Dict([["messageId", message_id], ["reaction", emoji], ["type", kind]]); // 88
    mine = function (update, ..._) { // ktb_load/systems/ktb_chat_socket.py:90
      _ = py.Tuple.from(_);
      let people, $1, $2;
      people = (py.truthy($2 = py.m.get(((py.truthy($1 = py.m.get(update, "reactions")) ? $1 : new py.Dict([]))), emoji)) ? $2 : []); // 91
      return py.eq(py.m.get(update, "messageId"), message_id) && py.eq(py.contains(people, self._user_id), py.eq(kind, "add")); // 92
    }
    await self._exchange(py.make(Request, "react", "message", "messageReaction", payload), py.Tuple.of("messageReactionUpdate", mine), py.Tuple.of("error")); // 96
    return null;
  }
  async mention_ai(room_id, text) { // ktb_load/systems/ktb_chat_socket.py:131
    const self = this;
    let began, chunk, complete, failed, error, won, answer, message, _, failure, expectation, $1, $2, $5;
    began = py.lib["time.perf_counter"](); // 132
    chunk = self._client.expect("aiMessageChunk"); // 133
    complete = self._client.expect("aiMessageComplete"); // 134
    failed = self._client.expect("aiMessageError"); // 135
    error = null; // 136
    try {
      await self.say(room_id, text); // 138
      $1 = py.unpack(await self._client.first_of(py.Tuple.of(complete, failed), py.mul(3, self._timeout_s)), 2, false, 0), won = $1[0], answer = $1[1]; // 139
      if (py.is(won, failed)) { // 140
        $2 = py.unpack(self._refusal_in(answer), 2, false, 0), message = $2[0], _ = $2[1]; // 141
        error = py.callkw(Rejected, null, [`the AI failed: ${py.str(message)}`], { kind: "ai" }); // 142
      }
    } catch ($$3) {
      if (py.isinstance($$3, ExchangeFailed)) { // 143
        failure = $$3;
        error = failure; // 144
      } else {
        throw $$3;
      }
    }
    if (!py.is(chunk.arrived_at, null)) { // 145
      py.m.add(self._recorder, "chat_ai_first_chunk", py.mul(py.sub(chunk.arrived_at, began), 1000)); // 146
    }
    for (const $$4 of py.iter(py.Tuple.of(chunk, complete, failed))) { // 147
      expectation = $$4;
      expectation.cancel(); // 148
    }
    self._conclude("mention the AI", began, complete.arrived_at, error); // 149
    if (error !== null) { // 150
      self._count_failure("aiMessageComplete", error); // 151
      return ""; // 152
    }
    if (!(!py.is(complete.arrived_at, null))) throw py.make(py.e.AssertionError); // 153
    py.m.add(self._recorder, "chat_ai_complete", py.mul(py.sub(complete.arrived_at, began), 1000)); // 154
    return py.b.str((py.truthy($5 = py.m.get(py.getitem(answer, 0), "content")) ? $5 : "")); // 155
  }
  async say_banned(room_id, word) { // ktb_load/systems/ktb_chat_socket.py:79
    const self = this;
    let payload, answer;
    payload = new py.Dict([["room", room_id], ["type", "text"], ["content", word]]); // 80
    answer = await self._exchange(py.make(Request, "say a banned word", "message", "chatMessage", payload), py.Tuple.of("error", (error, ..._) => { _ = py.Tuple.from(_); return py.eq(py.m.get(error, "code"), "MESSAGE_REJECTED"); })); // 81
    check(answer, new py.Dict([["banned word refused", py.b.bool(answer)]])); // 85
    return null;
  }
}
py.signature(ChatSocket.prototype.__init__, ["user", "user_id", "token", "session_id"], []);

