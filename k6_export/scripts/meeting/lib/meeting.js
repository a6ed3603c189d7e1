// Compiled from locustfiles/meeting.py by `ktb-load export`.
import { py, setting, think } from "./runtime.js";
import { MeetingUser } from "./systems_meeting.js";

export class Guest extends MeetingUser { // locustfiles/meeting.py:9
  async talk() { // locustfiles/meeting.py:11
    const self = this;
    let room, socket, number;
    await self.come_back(); // 12
    room = await self.my_room(); // 13
    const $$1 = await self.enter(room); // 14
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        for (const $$4 of py.iter(py.b.range(setting("MESSAGES", 10)))) { // 15
          number = $$4;
          await think(1, 3); // 16
          await self.say(socket, room, `안녕하세요 ${py.str(py.add(number, 1))}`); // 17
        }
        await self.look_away(self.account, room); // 18
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async host_a_meeting() { // locustfiles/meeting.py:21
    const self = this;
    let host, meeting_id, room, socket;
    await self.come_back(); // 22
    host = await self.newcomer(); // 23
    meeting_id = await self.create_meeting(host, `${py.str(host.name)} is hungry`, 4); // 24
    await self.apply_and_notify(host, self.account, meeting_id); // 25
    await self.approve_all(host, meeting_id); // 26
    room = await self.room_of(host, meeting_id); // 27
    const $$1 = await self.connect(host); // 28
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.join(socket, room); // 29
        await self.say(socket, room, "where shall we go?"); // 30
        await self.leave_room(self.account, room); // 31
        await self.cancel_meeting(host, meeting_id); // 32
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async look_around() { // locustfiles/meeting.py:35
    const self = this;
    let room, socket;
    await self.come_back(); // 36
    room = await self.my_room(); // 37
    await self.browse(self.account, room); // 38
    const $$1 = await self.enter(room); // 39
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.listen(socket, setting("LISTEN_SECONDS", 10)); // 40
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async sign_up() { // locustfiles/meeting.py:43
    const self = this;
    let newcomer;
    newcomer = await self.newcomer_by_mail(); // 44
    await self.visit(newcomer, (await self.my_room())); // 45
    return null;
  }
  async reconnect() { // locustfiles/meeting.py:48
    const self = this;
    let room, socket;
    await self.come_back(); // 49
    self.account = await self.refresh(self.account); // 50
    room = await self.my_room(); // 51
    const $$1 = await self.enter(room); // 52
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.say(socket, room, "into the tunnel"); // 53
        socket.drop(); // 54
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    await think(1); // 55
    const $$4 = await self.enter(room); // 56
    socket = await $$4.__enter__();
    let $$5 = false;
    try {
      try {
        await self.say(socket, room, "and out again"); // 57
      } catch ($$6) {
        $$5 = true;
        if (!py.truthy(await $$4.__exit__(py.type_of($$6), $$6, null))) throw $$6;
      }
    } finally {
      if (!$$5) await $$4.__exit__(null, null, null);
    }
    return null;
  }
  async bad_token() { // locustfiles/meeting.py:60
    const self = this;
    await self.connect_with_bad_token(); // 61
    return null;
  }
}

