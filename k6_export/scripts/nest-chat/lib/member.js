// Compiled from ktb_load/chat/member.py by `ktb-load export`.
import { py, LoadUser, Rejected, setting, think } from "./runtime.js";
import { Room, room_name, seat_of } from "./rooms.js";

export const FIND_ROOM_TRIES = 30; // ktb_load/chat/member.py:18
export class ChatMember extends LoadUser { // ktb_load/chat/member.py:21
  __init__(environment) { // ktb_load/chat/member.py:34
    const self = this;
    super.__init__(environment); // 35
    self._rooms = new py.Dict([]); // 36
    self.message_numbers = new py.Dict([]); // 37
    return null;
  }
  async setup() { // ktb_load/chat/member.py:76
    const self = this;
    let sizes, pause_s, run, accounts, members, number, rooms;
    sizes = [setting("ROOM_SIZE", 20), setting("ROOM_SIZE_MIN", 0)]; // 83
    pause_s = py.div(1, setting("ACCOUNTS_PER_SECOND", new py.Float(10.0))); // 84
    run = self.vu.random.text(6); // 85
    accounts = []; // 86
    members = []; // 87
    for (const $$1 of py.iter(py.b.range(1, py.add(setting("PREPARED_ACCOUNTS", self.vu.run.expected_vus), 1)))) { // 88
      number = $$1;
      py.m.append(accounts, (await self.prepare_account(run, number))); // 89
      if (py.eq(py.getitem(seat_of(number, ...py.iter(sizes)), 1), 0)) { // 90
        py.m.append(members, []); // 91
      }
      py.m.append(py.getitem(members, -1), py.getitem(accounts, -1)); // 92
      await think(pause_s); // 93
    }
    rooms = (await (async () => { const $result = []; let n, people, $2; for (const $$1 of py.iter(py.b.enumerate(members))) { $2 = py.unpack($$1, 2, false, 0), n = $2[0], people = $2[1]; $result.push((await self.prepare_room(room_name(run, n), people))); } return $result; })()); // 94
    return new py.Dict([["run", run], ["room_sizes", sizes], ["accounts", accounts], ["rooms", (() => { const $result = []; let room; for (const $$1 of py.iter(rooms)) { room = $$1; $result.push([room.id, room.name]); } return $result; })()]]); // 95
  }
  prepare_account(run, number) { // ktb_load/chat/member.py:42
    throw py.raised(py.e.NotImplementedError); // 44
  }
  prepare_room(name, members) { // ktb_load/chat/member.py:46
    throw py.raised(py.e.NotImplementedError); // 48
  }
  async on_start() { // ktb_load/chat/member.py:102
    const self = this;
    let prepared;
    prepared = py.getitem(self.data, "accounts"); // 104
    if (py.le(self.vu.id, py.b.len(prepared))) { // 105
      self.account = self.take_account(py.getitem(prepared, py.sub(self.vu.id, 1))); // 106
    } else {
      self.account = await self.new_account(); // 108
    }
    return null;
  }
  take_account(row) { // ktb_load/chat/member.py:50
    throw py.raised(py.e.NotImplementedError); // 52
  }
  new_account() { // ktb_load/chat/member.py:54
    throw py.raised(py.e.NotImplementedError); // 56
  }
  join(socket, room) { // ktb_load/chat/member.py:70
    throw py.raised(py.e.NotImplementedError); // 72
  }
  async my_room(offset = 0) { // ktb_load/chat/member.py:110
    const self = this;
    let rooms, number, seat, name, mine, $1, $2;
    rooms = py.getitem(self.data, "rooms"); // 116
    $1 = py.unpack(seat_of(self.vu.id, ...py.iter(py.getitem(self.data, "room_sizes"))), 2, false, 0), number = $1[0], seat = $1[1]; // 117
    if (py.truthy(rooms)) { // 118
      return py.make(Room, ...py.iter(py.getitem(rooms, py.mod(py.add(number, offset), py.b.len(rooms))))); // 119
    }
    name = room_name(py.getitem(self.data, "run"), py.add(number, offset)); // 120
    if (!py.contains(self._rooms, name)) { // 121
      mine = py.eq(seat, 0) && py.eq(offset, 0); // 122
      $2 = (py.truthy(mine) ? (await self.create_room(name)) : (await self.find_room(name))); // 123
      py.setitem(self._rooms, name, $2); // 123
    }
    return py.getitem(self._rooms, name); // 124
  }
  create_room(name) { // ktb_load/chat/member.py:58
    throw py.raised(py.e.NotImplementedError); // 60
  }
  neighbours() { // ktb_load/chat/member.py:126
    const self = this;
    let sizes, number, _, found, $1;
    sizes = py.getitem(self.data, "room_sizes"); // 128
    $1 = py.unpack(seat_of(self.vu.id, ...py.iter(sizes)), 2, false, 0), number = $1[0], _ = $1[1]; // 129
    found = []; // 130
    while (py.eq(py.getitem(seat_of(py.add(py.add(self.vu.id, py.b.len(found)), 1), ...py.iter(sizes)), 0), number)) { // 131
      py.m.append(found, py.add(py.add(self.vu.id, py.b.len(found)), 1)); // 132
    }
    return found; // 133
  }
  async find_room(name) { // ktb_load/chat/member.py:135
    const self = this;
    let _, found;
    for (const $$1 of py.iter(py.b.range(FIND_ROOM_TRIES))) { // 137
      _ = $$1;
      found = await self.look_for_room(name); // 138
      if (py.truthy(found)) { // 139
        return found; // 140
      }
      await think(1); // 141
    }
    throw py.raised(py.callkw(Rejected, null, [`nobody has made the room ${py.format(name, "", "r")}`], { kind: "room" })); // 142
  }
  look_for_room(name) { // ktb_load/chat/member.py:62
    throw py.raised(py.e.NotImplementedError); // 64
  }
  async enter(room) { // ktb_load/chat/member.py:144
    const self = this;
    let socket;
    socket = await self.connect(self.account); // 146
    try {
      await self.join(socket, room); // 148
    } catch ($$1) {
      if (py.isinstance($$1, py.e.BaseException)) { // 149
        await socket.close(); // 150
        throw $$1; // 151
      } else {
        throw $$1;
      }
    }
    return socket; // 152
  }
  connect(account) { // ktb_load/chat/member.py:66
    throw py.raised(py.e.NotImplementedError); // 68
  }
  async listen(socket, seconds) { // ktb_load/chat/member.py:154
    await think(seconds); // 156
    socket.must_be_open(); // 157
    return null;
  }
}
py.attributes(ChatMember, { abstract: true, answer_timeout_s: new py.Float(10.0) });
py.signature(ChatMember.prototype.__init__, ["environment"], []);

export function refused(what, kind, response) { // ktb_load/chat/member.py:160
  let reason, $1, $2, $3, $4;
  reason = (py.truthy($2 = response.error) ? $2 : (py.truthy($1 = response.json("message")) ? $1 : "")); // 162
  return py.callkw(Rejected, null, [py.m.rstrip((`${py.str(what)}: HTTP ${py.str(response.status)} ${py.str(reason)}`))], { kind: kind, code: py.b.str((py.truthy($4 = response.json("code")) ? $4 : (py.truthy($3 = response.error_code) ? $3 : response.status))) }); // 163
}

