"""What arrived of what was sent: deliveries, duplicates, and messages that never came.

One tracker per connection. A sender numbers its messages per room without gaps, so a receiver that
has seen number 4, in the history or by itself, and then 6 misses 5; if 5 still comes, it was late
and is not lost. What is missing when the connection is closed counts as lost. A loss at the very
end of what a sender says cannot be seen.
"""

from dataclasses import dataclass, field

from ktb_load.chat.marks import Mark
from ktb_load.metrics.recorder import Recorder


@dataclass
class _Heard:
    """One sender in one room, as this receiver hears it."""

    latest: int
    told: bool = False
    """``latest`` was only told, in the history; it may still come by itself."""
    missing: set[int] = field(default_factory=set)


class DeliveryTracker:
    """Measures every marked message that reaches one connection."""

    def __init__(self, recorder: Recorder, vu_id: int) -> None:
        self._recorder = recorder
        self._vu_id = vu_id
        self._heard: dict[tuple[str, int], _Heard] = {}
        self._unanswered: set[tuple[str, int]] = set()
        self._echoed: set[tuple[str, int]] = set()
        self._delivery = recorder.series("chat_delivery")
        self._received = recorder.series("chat_messages_received")

    def known(self, room: str, mark: Mark) -> None:
        """A message from before this connection came to the room: later ones must follow it."""
        heard = self._heard.setdefault((room, mark.vu), _Heard(mark.number, told=True))
        if mark.number > heard.latest:
            heard.latest, heard.told = mark.number, True

    def sent(self, room: str, number: int) -> None:
        """This connection's own message is on its way; its echo has to come."""
        self._unanswered.add((room, number))

    def refused(self, room: str, number: int) -> None:
        """The system said that it will not deliver this connection's own message."""
        self._unanswered.discard((room, number))

    def left(self, room: str) -> None:
        """This connection is no longer in the room: what is missing there by now is lost."""
        for key in [key for key in self._heard if key[0] == room]:
            self._lost(len(self._heard.pop(key).missing))

    def arrived(self, room: str, mark: Mark, now_us: int) -> None:
        """A marked message came."""
        self._received.add(1)
        if mark.vu == self._vu_id:
            self._own(room, mark.number)
        elif self._is_new(room, mark):
            self._delivery.add((now_us - mark.sent_us) / 1000)
        else:
            self._recorder.add("chat_messages_duplicated", 1)

    def closed(self) -> None:
        """The connection is gone: what has not come by now will not come."""
        missing = sum(len(heard.missing) for heard in self._heard.values())
        self._lost(missing + len(self._unanswered))
        self._heard.clear()
        self._unanswered.clear()

    def _own(self, room: str, number: int) -> None:
        key = (room, number)
        if key in self._echoed:
            self._recorder.add("chat_messages_duplicated", 1)
        self._echoed.add(key)
        self._unanswered.discard(key)

    def _is_new(self, room: str, mark: Mark) -> bool:
        heard = self._heard.get((room, mark.vu))
        if heard is None:
            self._heard[room, mark.vu] = _Heard(mark.number)
        elif mark.number > heard.latest:
            heard.missing.update(range(heard.latest + 1, mark.number))
            heard.latest, heard.told = mark.number, False
        elif mark.number == heard.latest and heard.told:
            heard.told = False
        elif mark.number in heard.missing:
            heard.missing.discard(mark.number)
        else:
            return False
        return True

    def _lost(self, messages: int) -> None:
        if messages:
            self._recorder.add("chat_messages_lost", messages)
