// Compiled from ktb_load/chat/marks.py by `ktb-load export`.
import { py } from "./runtime.js";

export const _DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"; // ktb_load/chat/marks.py:13
export const _LETTERS = py.add(_DIGITS, "."); // ktb_load/chat/marks.py:14
export const _LONGEST = 40; // ktb_load/chat/marks.py:15
export class Mark extends py.NamedTuple { // ktb_load/chat/marks.py:18
  __init__(vu, number, sent_us) {
    this.push(vu, number, sent_us);
  }
}
py.namedTuple(Mark, ["vu", "number", "sent_us"], []);

export function write_mark(mark) { // ktb_load/chat/marks.py:26
  return `~${py.str(_base36(mark.vu))}~${py.str(_base36(mark.number))}~${py.str(_base36(mark.sent_us))}~`; // 28
}

export function read_mark(content) { // ktb_load/chat/marks.py:31
  let parts;
  parts = py.m.rsplit(content, "~", 4); // 33
  if (py.lt(py.b.len(parts), 5) || py.truthy(py.getitem(parts, 4)) || !py.b.all(py.b.map(_is_number, py.slice(parts, 1, 4, null)))) { // 34
    return null; // 35
  }
  return py.make(Mark, ...py.iter(new py.PyIterator((function* ($each) { let part; for (const $$1 of py.iter($each)) { part = $$1; yield py.b.int(py.m.replace(part, ".", ""), 36); } })(py.slice(parts, 1, 4, null))))); // 36
}

export function _is_number(text) { // ktb_load/chat/marks.py:39
  return py.le(py.b.len(text), _LONGEST) && py.ne(py.m.strip(text, "."), "") && py.eq(py.m.strip(text, _LETTERS), ""); // 40
}

export function _base36(number) { // ktb_load/chat/marks.py:43
  let digits, digit, $1;
  digits = ""; // 44
  while (true) { // 45
    $1 = py.unpack(py.b.divmod(number, 36), 2, false, 0), number = $1[0], digit = $1[1]; // 46
    digits = py.add(py.getitem(_DIGITS, digit), digits); // 47
    if (!py.truthy(number)) { // 48
      break; // 49
    }
  }
  return py.m.join(("."), new py.PyIterator((function* ($each) { let i; for (const $$1 of py.iter($each)) { i = $$1; yield py.slice(digits, i, py.add(i, 3), null); } })(py.b.range(0, py.b.len(digits), 3)))); // 50
}

