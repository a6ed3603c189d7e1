// Compiled from locustfiles/chat.py by `ktb-load export`.
import { py, setting, think } from "./runtime.js";
import { PICTURE } from "./files.js";
import { KtbChatUser } from "./ktb_chat.js";

export class ChatUser extends KtbChatUser { // locustfiles/chat.py:13
  async chat() { // locustfiles/chat.py:15
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
  async lurk() { // locustfiles/chat.py:23
    const self = this;
    let room, socket;
    room = await self.my_room(); // 24
    const $$1 = await self.enter(room); // 25
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.mark_as_read(socket, room, (await self.fetch_history(socket, room))); // 26
        await self.listen(socket, setting("LISTEN_SECONDS", 10)); // 27
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async several_rooms() { // locustfiles/chat.py:30
    const self = this;
    let socket, offset, room;
    const $$1 = await self.connect(self.account); // 31
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        for (const $$4 of py.iter(py.b.range(3))) { // 32
          offset = $$4;
          room = await self.my_room(offset); // 33
          await self.join(socket, room); // 34
          await self.say(socket, room, `hello, ${py.str(room.name)}`); // 35
          await think(1, 3); // 36
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
  async react_to_messages() { // locustfiles/chat.py:39
    const self = this;
    let room, socket, message;
    room = await self.my_room(); // 40
    const $$1 = await self.enter(room); // 41
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        message = await self.say(socket, room, "who likes this?"); // 42
        if (py.truthy(message)) { // 43
          await self.react(socket, message, "👍"); // 44
          await self.take_back_reaction(socket, message, "👍"); // 45
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
  async share_a_file() { // locustfiles/chat.py:48
    const self = this;
    let room, socket, file;
    room = await self.my_room(); // 49
    const $$1 = await self.enter(room); // 50
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        file = await self.upload_file(self.account, "picture.png", PICTURE); // 51
        if (py.truthy(file)) { // 52
          await self.share_file(socket, room, file); // 53
          await self.download_file(self.account, file, py.b.len(PICTURE)); // 54
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
  async ask_the_ai() { // locustfiles/chat.py:57
    const self = this;
    let room, socket;
    room = await self.my_room(); // 58
    const $$1 = await self.enter(room); // 59
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.mention_ai(socket, room, "오늘 뭐 먹지?"); // 60
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async change_profile() { // locustfiles/chat.py:63
    const self = this;
    self.account = await self.rename(self.account, `user ${py.str(self.vu.random.text(4))}`); // 64
    await self.change_picture(self.account, PICTURE); // 65
    return null;
  }
  async wrong_password() { // locustfiles/chat.py:68
    const self = this;
    await self.log_in_with_wrong_password(self.account); // 69
    return null;
  }
  async banned_word() { // locustfiles/chat.py:72
    const self = this;
    let room, socket;
    room = await self.my_room(); // 73
    const $$1 = await self.enter(room); // 74
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.say_banned(socket, room, setting("BANNED_WORD", "badword")); // 75
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async reconnect() { // locustfiles/chat.py:78
    const self = this;
    let room, socket;
    room = await self.my_room(); // 79
    const $$1 = await self.enter(room); // 80
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.say(socket, room, "into the tunnel"); // 81
        socket.drop(); // 82
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    await think(1, 2); // 83
    const $$4 = await self.enter(room); // 84
    socket = await $$4.__enter__();
    let $$5 = false;
    try {
      try {
        await self.fetch_history(socket, room); // 85
        await self.say(socket, room, "and out again"); // 86
      } catch ($$6) {
        $$5 = true;
        if (!py.truthy(await $$4.__exit__(py.type_of($$6), $$6, null))) throw $$6;
      }
    } finally {
      if (!$$5) await $$4.__exit__(null, null, null);
    }
    return null;
  }
  async browse_rooms() { // locustfiles/chat.py:89
    const self = this;
    let page, room;
    for (const $$1 of py.iter(py.b.range(2))) { // 90
      page = $$1;
      for (const $$2 of py.iter(py.slice((await self.list_rooms(self.account, page)), null, 1, null))) { // 91
        room = $$2;
        await self.look_at_room(self.account, room); // 92
      }
      await think(1, 3); // 93
    }
    return null;
  }
}

