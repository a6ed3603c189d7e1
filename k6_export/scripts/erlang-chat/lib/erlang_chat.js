// Compiled from locustfiles/erlang_chat.py by `ktb-load export`.
import { py, check, setting, think } from "./runtime.js";
import { ErlangChatUser } from "./systems_erlang_chat.js";

export class ErlangUser extends ErlangChatUser { // locustfiles/erlang_chat.py:13
  async talk() { // locustfiles/erlang_chat.py:15
    const self = this;
    let room, socket, number;
    await self.come_back(); // 16
    room = await self.my_room(); // 17
    const $$1 = await self.enter(room); // 18
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        for (const $$4 of py.iter(py.b.range(setting("MESSAGES", 10)))) { // 19
          number = $$4;
          await think(1, 3); // 20
          await self.say(socket, room, `안녕하세요 ${py.str(py.add(number, 1))}`); // 21
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
  async listen_and_react() { // locustfiles/erlang_chat.py:24
    const self = this;
    let room, socket, message;
    await self.come_back(); // 25
    room = await self.my_room(); // 26
    const $$1 = await self.enter(room); // 27
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        message = await self.say(socket, room, "who likes this?"); // 28
        if (py.truthy(message)) { // 29
          await self.mark_as_read(self.account, room, py.getitem(message, "messageId")); // 30
          await self.react(self.account, room, py.getitem(message, "messageId"), "like"); // 31
        }
        await self.listen(socket, setting("LISTEN_SECONDS", 10)); // 32
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async change_my_mind() { // locustfiles/erlang_chat.py:35
    const self = this;
    let room, message_id;
    await self.come_back(); // 36
    room = await self.my_room(); // 37
    message_id = await self.post_message(self.account, room, "see you at seven"); // 38
    await self.edit_message(self.account, room, message_id, "see you at eight"); // 39
    await self.delete_message(self.account, room, message_id); // 40
    return null;
  }
  async life_of_a_room() { // locustfiles/erlang_chat.py:43
    const self = this;
    let mine, room, socket;
    await self.come_back(); // 44
    mine = self.account; // 45
    room = await self.open_room(mine, `room of ${py.str(mine.user_id)}`, ["guest1", "guest2"]); // 46
    await self.add_participant(mine, room, "guest3"); // 47
    await self.change_role(mine, room, "guest3", "sub-admin"); // 48
    await self.remove_participant(mine, room, "guest2"); // 49
    await self.rename_room(mine, room, "a better name"); // 50
    const $$1 = await self.enter(room); // 51
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.say(socket, room, "nobody here?"); // 52
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    await think(0.2); // 53
    check(null, new py.Dict([["room is idle", py.eq((await self.state_of_room(mine, room)), "idle")]])); // 54
    await self.delete_room(mine, room); // 55
    return null;
  }
  async bad_token() { // locustfiles/erlang_chat.py:58
    const self = this;
    await self.connect_with_bad_token(); // 59
    return null;
  }
}

