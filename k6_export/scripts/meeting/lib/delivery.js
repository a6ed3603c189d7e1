// Compiled from ktb_load/chat/delivery.py by `ktb-load export`.
import { py } from "./runtime.js";

export class _Heard { // ktb_load/chat/delivery.py:16
  __init__(latest, told = false, missing = py.call(py.b.set)) {
    this.latest = latest;
    this.told = told;
    this.missing = missing;
  }
}
py.dataclass(_Heard, ["latest", "told", "missing"], ["told", "missing"]);

export class DeliveryTracker { // ktb_load/chat/delivery.py:25
  __init__(recorder, vu_id) { // ktb_load/chat/delivery.py:28
    const self = this;
    self._recorder = recorder; // 29
    self._vu_id = vu_id; // 30
    self._heard = new py.Dict([]); // 31
    self._unanswered = py.b.set(); // 32
    self._echoed = py.b.set(); // 33
    self._delivery = recorder.series("chat_delivery"); // 34
    self._received = recorder.series("chat_messages_received"); // 35
    return null;
  }
  closed() { // ktb_load/chat/delivery.py:66
    const self = this;
    let missing;
    missing = py.b.sum(new py.PyIterator((function* ($each) { let heard; for (const $$1 of py.iter($each)) { heard = $$1; yield py.b.len(heard.missing); } })(py.m.values(self._heard)))); // 68
    self._lost(py.add(missing, py.b.len(self._unanswered))); // 69
    py.m.clear(self._heard); // 70
    py.m.clear(self._unanswered); // 71
    return null;
  }
  _lost(messages) { // ktb_load/chat/delivery.py:95
    const self = this;
    if (py.truthy(messages)) { // 96
      py.m.add(self._recorder, "chat_messages_lost", messages); // 97
    }
    return null;
  }
  refused(room, number) { // ktb_load/chat/delivery.py:47
    const self = this;
    py.m.discard(self._unanswered, py.Tuple.of(room, number)); // 49
    return null;
  }
  arrived(room, mark, now_us) { // ktb_load/chat/delivery.py:56
    const self = this;
    py.m.add(self._received, 1); // 58
    if (py.eq(mark.vu, self._vu_id)) { // 59
      self._own(room, mark.number); // 60
    } else if (py.truthy(self._is_new(room, mark))) {
      py.m.add(self._delivery, py.div(py.sub(now_us, mark.sent_us), 1000)); // 62
    } else {
      py.m.add(self._recorder, "chat_messages_duplicated", 1); // 64
    }
    return null;
  }
  _own(room, number) { // ktb_load/chat/delivery.py:73
    const self = this;
    let key;
    key = py.Tuple.of(room, number); // 74
    if (py.contains(self._echoed, key)) { // 75
      py.m.add(self._recorder, "chat_messages_duplicated", 1); // 76
    }
    py.m.add(self._echoed, key); // 77
    py.m.discard(self._unanswered, key); // 78
    return null;
  }
  _is_new(room, mark) { // ktb_load/chat/delivery.py:80
    const self = this;
    let heard, $1, $2;
    heard = py.m.get(self._heard, py.Tuple.of(room, mark.vu)); // 81
    if (heard === null) { // 82
      $1 = py.make(_Heard, mark.number); // 83
      py.setitem(self._heard, py.Tuple.of(room, mark.vu), $1); // 83
    } else if (py.gt(mark.number, heard.latest)) {
      py.m.update(heard.missing, py.b.range(py.add(heard.latest, 1), mark.number)); // 85
      $2 = py.unpack(py.Tuple.of(mark.number, false), 2, false, 0), heard.latest = $2[0], heard.told = $2[1]; // 86
    } else if (py.eq(mark.number, heard.latest) && py.truthy(heard.told)) {
      heard.told = false; // 88
    } else if (py.contains(heard.missing, mark.number)) {
      py.m.discard(heard.missing, mark.number); // 90
    } else {
      return false; // 92
    }
    return true; // 93
  }
  known(room, mark) { // ktb_load/chat/delivery.py:37
    const self = this;
    let heard, $1;
    heard = py.m.setdefault(self._heard, py.Tuple.of(room, mark.vu), py.callkw(_Heard, null, [mark.number], { told: true })); // 39
    if (py.gt(mark.number, heard.latest)) { // 40
      $1 = py.unpack(py.Tuple.of(mark.number, true), 2, false, 0), heard.latest = $1[0], heard.told = $1[1]; // 41
    }
    return null;
  }
  sent(room, number) { // ktb_load/chat/delivery.py:43
    const self = this;
    py.m.add(self._unanswered, py.Tuple.of(room, number)); // 45
    return null;
  }
}
py.signature(DeliveryTracker.prototype.__init__, ["recorder", "vu_id"], []);

