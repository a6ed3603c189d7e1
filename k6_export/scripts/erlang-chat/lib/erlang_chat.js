// Compiled from locustfiles/erlang_chat.py by `ktb-load export`.
import { py, check, setting, think } from "./runtime.js";
import { ErlangChatUser } from "./systems_erlang_chat.js";

export class ErlangUser extends ErlangChatUser { // locustfiles/erlang_chat.py:13
  async talk() { // locustfiles/erlang_chat.py:15
    const self = this;
    let room, socket, number;
    room = await self.my_room(); // 16
    const $$1 = await self.enter(room); // 17
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        for (const $$4 of py.iter(py.b.range(setting("MESSAGES", 10)))) { // 18
          number = $$4;
          await think(1, 3); // 19
          await self.say(socket, room, `안녕하세요 ${py.str(py.add(number, 1))}`); // 20
        }
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async listen_and_react() { // locustfiles/erlang_chat.py:23
    const self = this;
    let room, socket, message;
    room = await self.my_room(); // 24
    const $$1 = await self.enter(room); // 25
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        message = await self.say(socket, room, "who likes this?"); // 26
        if (py.truthy(message)) { // 27
          await self.mark_as_read(self.account, room, py.getitem(message, "messageId")); // 28
          await self.react(self.account, room, py.getitem(message, "messageId"), "like"); // 29
        }
        await self.listen(socket, setting("LISTEN_SECONDS", 10)); // 30
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async change_my_mind() { // locustfiles/erlang_chat.py:33
    const self = this;
    let room, message_id;
    room = await self.my_room(); // 34
    message_id = await self.post_message(self.account, room, "see you at seven"); // 35
    await self.edit_message(self.account, room, message_id, "see you at eight"); // 36
    await self.delete_message(self.account, room, message_id); // 37
    return null;
  }
  async life_of_a_room() { // locustfiles/erlang_chat.py:40
    const self = this;
    let mine, room, socket;
    mine = self.account; // 41
    room = await self.open_room(mine, `room of ${py.str(mine.user_id)}`, ["guest1", "guest2"]); // 42
    await self.add_participant(mine, room, "guest3"); // 43
    await self.change_role(mine, room, "guest3", "sub-admin"); // 44
    await self.remove_participant(mine, room, "guest2"); // 45
    await self.rename_room(mine, room, "a better name"); // 46
    const $$1 = await self.enter(room); // 47
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.say(socket, room, "nobody here?"); // 48
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    await think(0.2); // 49
    check(null, new py.Dict([["room is idle", py.eq((await self.state_of_room(mine, room)), "idle")]])); // 50
    await self.delete_room(mine, room); // 51
    return null;
  }
  async bad_token() { // locustfiles/erlang_chat.py:54
    const self = this;
    await self.connect_with_bad_token(); // 55
    return null;
  }
}

