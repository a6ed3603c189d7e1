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
    self._auth = new py.Dict([["token", token], ["sessionId", session_id]]); // 28
    self._user_id = user_id; // 29
    return null;
  }
  async _connect() { // ktb_load/systems/ktb_chat_socket.py:31
    const self = this;
    let options;
    options = py.callkw(SocketIOOptions, null, [], { auth: self._auth, name: "chat" }); // 32
    return await SocketIOClient.connect(self._network, self._origin, options); // 33
  }
  _listen() { // ktb_load/systems/ktb_chat_socket.py:35
    const self = this;
    self._client.on("message", py.bind(self, "_on_message")); // 36
    return null;
  }
  _on_message(message, ..._) { // ktb_load/systems/ktb_chat_socket.py:41
    const self = this;
    _ = py.Tuple.from(_);
    let mark, $1;
    if (!py.is((mark = mark_of(message)), null)) { // 42
      self._deliveries.arrived((py.truthy($1 = py.m.get(message, "room")) ? $1 : ""), mark, py.floordiv(py.lib["time.time_ns"](), 1000)); // 43
    }
    return null;
  }
  async join(room_id) { // ktb_load/systems/ktb_chat_socket.py:47
    const self = this;
    let answer, joined, message, mark, $2;
    answer = await self._exchange(py.callkw(Request, null, ["join", "room", "joinRoom", room_id], { metric: "chat_joining" }), py.Tuple.of("joinRoomSuccess", (joined, ..._) => { _ = py.Tuple.from(_); return py.eq(py.m.get(joined, "roomId"), room_id); }), py.Tuple.of("joinRoomError")); // 48
    joined = py.b.dict(py.getitem(answer, 0)); // 53
    for (const $$1 of py.iter((py.truthy($2 = py.m.get(joined, "messages")) ? $2 : py.Tuple.of()))) { // 54
      message = $$1;
      if (!py.is((mark = mark_of(message)), null)) { // 55
        self._deliveries.known(room_id, mark); // 56
      }
    }
    return joined; // 57
  }
  _send(request) { // ktb_load/systems/ktb_chat_socket.py:38
    const self = this;
    self._client.emit(request.event, request.payload); // 39
    return null;
  }
  async say(room_id, text, file_id = "") { // ktb_load/systems/ktb_chat_socket.py:63
    const self = this;
    let mark, written, payload, answer;
    mark = self._next_mark(room_id); // 64
    written = write_mark(mark); // 65
    payload = new py.Dict([["room", room_id], ["type", "text"], ["content", `${py.str(text)} ${py.str(written)}`]]); // 66
    if (py.truthy(file_id)) { // 67
      payload = py.ibitor(payload, new py.Dict([["type", "file"], ["fileData", new py.Dict([["_id", file_id]])]])); // 68
    }
    answer = await self._say_and_hear(room_id, mark, py.callkw(Request, null, ["say", "message", "chatMessage", payload], { metric: "chat_round_trip" }), py.Tuple.of("message", (message, ..._) => { _ = py.Tuple.from(_); let $1; return py.contains((py.truthy($1 = py.m.get(message, "content")) ? $1 : ""), written); }), "error"); // 69
    return (answer === null ? null : py.b.dict(py.getitem(answer, 0))); // 76
  }
  async mark_as_read(room_id, message_ids) { // ktb_load/systems/ktb_chat_socket.py:101
    const self = this;
    let wanted;
    wanted = py.b.set(message_ids); // 102
    await self._exchange(py.make(Request, "mark as read", "message", "markMessagesAsRead", new py.Dict([["roomId", room_id], ["messageIds", message_ids]])), py.Tuple.of("messagesRead", (read, ..._) => { _ = py.Tuple.from(_); return py.eq(py.m.get(read, "userId"), self._user_id) && py.eq(py.b.set(py.getitem(read, "messageIds")), wanted); }), py.Tuple.of("error")); // 103
    return null;
  }
  async fetch_history(room_id, before) { // ktb_load/systems/ktb_chat_socket.py:119
    const self = this;
    let payload, answer;
    payload = new py.Dict([["roomId", room_id], ["limit", 30]]); // 120
    if (before !== null) { // 121
      py.setitem(payload, "before", before); // 122
    }
    answer = await self._exchange(py.make(Request, "fetch history", "room", "fetchPreviousMessages", payload), py.Tuple.of("previousMessagesLoaded", (..._) => { _ = py.Tuple.from(_); return true; }), py.Tuple.of("error")); // 123
    return py.b.list(py.getitem(py.getitem(answer, 0), "messages")); // 128
  }
  async react(message_id, emoji, kind) { // ktb_load/systems/ktb_chat_socket.py:86
    const self = this;
    let payload, mine;
    payload = new py.Dict([["messageId", message_id], ["reaction", emoji], ["type", kind]]); // 87
    mine = function (update, ..._) { // ktb_load/systems/ktb_chat_socket.py:89
      _ = py.Tuple.from(_);
      let people, $1, $2;
      people = (py.truthy($2 = py.m.get(((py.truthy($1 = py.m.get(update, "reactions")) ? $1 : new py.Dict([]))), emoji)) ? $2 : []); // 90
      return py.eq(py.m.get(update, "messageId"), message_id) && py.eq(py.contains(people, self._user_id), py.eq(kind, "add")); // 91
    }
    await self._exchange(py.make(Request, "react", "message", "messageReaction", payload), py.Tuple.of("messageReactionUpdate", mine), py.Tuple.of("error")); // 95
    return null;
  }
  async mention_ai(room_id, text) { // ktb_load/systems/ktb_chat_socket.py:130
    const self = this;
    let began, chunk, complete, failed, error, won, answer, message, _, failure, expectation, $1, $2, $5;
    began = py.lib["time.perf_counter"](); // 131
    chunk = self._client.expect("aiMessageChunk"); // 132
    complete = self._client.expect("aiMessageComplete"); // 133
    failed = self._client.expect("aiMessageError"); // 134
    error = null; // 135
    try {
      await self.say(room_id, text); // 137
      $1 = py.unpack(await self._client.first_of(py.Tuple.of(complete, failed), py.mul(3, self._timeout_s)), 2, false, 0), won = $1[0], answer = $1[1]; // 138
      if (py.is(won, failed)) { // 139
        $2 = py.unpack(self._refusal_in(answer), 2, false, 0), message = $2[0], _ = $2[1]; // 140
        error = py.callkw(Rejected, null, [`the AI failed: ${py.str(message)}`], { kind: "ai" }); // 141
      }
    } catch ($$3) {
      if (py.isinstance($$3, ExchangeFailed)) { // 142
        failure = $$3;
        error = failure; // 143
      } else {
        throw $$3;
      }
    }
    if (!py.is(chunk.arrived_at, null)) { // 144
      py.m.add(self._recorder, "chat_ai_first_chunk", py.mul(py.sub(chunk.arrived_at, began), 1000)); // 145
    }
    for (const $$4 of py.iter(py.Tuple.of(chunk, complete, failed))) { // 146
      expectation = $$4;
      expectation.cancel(); // 147
    }
    self._conclude("mention the AI", began, complete.arrived_at, error); // 148
    if (error !== null) { // 149
      self._count_failure("aiMessageComplete", error); // 150
      return ""; // 151
    }
    if (!(!py.is(complete.arrived_at, null))) throw py.make(py.e.AssertionError); // 152
    py.m.add(self._recorder, "chat_ai_complete", py.mul(py.sub(complete.arrived_at, began), 1000)); // 153
    return py.b.str((py.truthy($5 = py.m.get(py.getitem(answer, 0), "content")) ? $5 : "")); // 154
  }
  async say_banned(room_id, word) { // ktb_load/systems/ktb_chat_socket.py:78
    const self = this;
    let payload, answer;
    payload = new py.Dict([["room", room_id], ["type", "text"], ["content", word]]); // 79
    answer = await self._exchange(py.make(Request, "say a banned word", "message", "chatMessage", payload), py.Tuple.of("error", (error, ..._) => { _ = py.Tuple.from(_); return py.eq(py.m.get(error, "code"), "MESSAGE_REJECTED"); })); // 80
    check(answer, new py.Dict([["banned word refused", py.b.bool(answer)]])); // 84
    return null;
  }
}
py.signature(ChatSocket.prototype.__init__, ["user", "user_id", "token", "session_id"], []);

