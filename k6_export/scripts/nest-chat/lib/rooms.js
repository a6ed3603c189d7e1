// Compiled from ktb_load/chat/rooms.py by `ktb-load export`.
import { py } from "./runtime.js";

export class Room { // ktb_load/chat/rooms.py:11
  __init__(id, name = "", password = "") {
    this.id = id;
    this.name = name;
    this.password = password;
  }
}
py.dataclass(Room, ["id", "name", "password"], ["name", "password"], true);

export function room_name(run, number) { // ktb_load/chat/rooms.py:19
  return `room ${py.str(run)} ${py.str(py.add(number, 1))}`; // 21
}

export function seat_of(vu_id, size, smallest = 0) { // ktb_load/chat/rooms.py:31
  let sizes, rounds, left, place, $1;
  if (!py.truthy(smallest)) { // 36
    return py.b.divmod(py.sub(vu_id, 1), size); // 37
  }
  sizes = py.b.range(smallest, py.add(size, 1)); // 38
  $1 = py.unpack(py.b.divmod(py.sub(vu_id, 1), py.b.sum(sizes)), 2, false, 0), rounds = $1[0], left = $1[1]; // 39
  place = 0; // 40
  while (py.ge(left, py.getitem(sizes, place))) { // 41
    left = py.isub(left, py.getitem(sizes, place)); // 42
    place = py.iadd(place, 1); // 43
  }
  return py.Tuple.of(py.add(py.mul(rounds, py.b.len(sizes)), place), left); // 44
}

