// Compiled from locustfiles/nest_chat.py by `ktb-load export`.
import { py, setting } from "./runtime.js";
import { NestChatUser } from "./systems_nest_chat.js";

export class NestUser extends NestChatUser { // locustfiles/nest_chat.py:13
  async talk() { // locustfiles/nest_chat.py:15
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
          await self.type_for(socket, room, self.vu.random.uniform(1, 3)); // 19
          self.say(socket, room, `안녕하세요 ${py.str(py.add(number, 1))}`); // 20
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
  async read() { // locustfiles/nest_chat.py:23
    const self = this;
    let room, socket;
    room = await self.my_room(); // 24
    await self.fetch_history(self.account, room); // 25
    const $$1 = await self.enter(room); // 26
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        self.mark_as_read(socket, room); // 27
        await self.listen(socket, setting("LISTEN_SECONDS", 10)); // 28
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async share_an_image() { // locustfiles/nest_chat.py:31
    const self = this;
    let room, socket;
    room = await self.my_room(); // 32
    const $$1 = await self.enter(room); // 33
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        self.share_image(socket, room, "http://localhost/picture.png"); // 34
        await self.leave(socket, room); // 35
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async reconnect() { // locustfiles/nest_chat.py:38
    const self = this;
    let room, socket;
    room = await self.my_room(); // 39
    const $$1 = await self.enter(room); // 40
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        self.say(socket, room, "into the tunnel"); // 41
        await self.listen(socket, 1); // 42
        socket.drop(); // 43
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    const $$4 = await self.enter(room); // 44
    socket = await $$4.__enter__();
    let $$5 = false;
    try {
      try {
        self.say(socket, room, "and out again"); // 45
        await self.listen(socket, 1); // 46
      } catch ($$6) {
        $$5 = true;
        if (!py.truthy(await $$4.__exit__(py.type_of($$6), $$6, null))) throw $$6;
      }
    } finally {
      if (!$$5) await $$4.__exit__(null, null, null);
    }
    return null;
  }
  async step_out() { // locustfiles/nest_chat.py:49
    const self = this;
    let room, socket;
    room = await self.my_room(); // 50
    const $$1 = await self.enter(room); // 51
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.leave(socket, room); // 52
        await self.listen(socket, self.vu.random.uniform(1, 5)); // 53
        await self.join(socket, room); // 54
        self.say(socket, room, "what did I miss?"); // 55
        await self.listen(socket, 2); // 56
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async browse() { // locustfiles/nest_chat.py:59
    const self = this;
    let room;
    for (const $$1 of py.iter(py.slice((await self.list_rooms(self.account)), null, 1, null))) { // 60
      room = $$1;
      await self.look_at_room(self.account, room); // 61
      await self.post_message(self.account, room, "I was here"); // 62
      await self.mark_all_as_read(self.account, room); // 63
    }
    return null;
  }
  async bad_token() { // locustfiles/nest_chat.py:66
    const self = this;
    await self.connect_with_bad_token(); // 67
    return null;
  }
}

