"""How far the clocks of workers are from the master's.

A worker that is asked for its time answers at once; half a round trip ago it was what it says. Of
several answers the one of the quickest trip is nearest to the truth, and wrong by half that trip
at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

AGREE_S = 0.005


@dataclass(frozen=True)
class Reading:
    """One answer."""

    round_trip_s: float
    ahead_s: float
    """Less than 0: the worker's clock is behind."""

    @property
    def differs(self) -> bool:
        return abs(self.ahead_s) - self.round_trip_s / 2 > AGREE_S

    def __str__(self) -> str:
        side = "ahead of" if self.ahead_s > 0 else "behind"
        return f"{abs(self.ahead_s) * 1000:.0f} ms {side}"


class Clocks:
    """The best reading of each worker's clock; all times are seconds since 1970."""

    def __init__(self) -> None:
        self._best: dict[str, Reading] = {}
        self._answers: Counter[str] = Counter()

    def answers(self, client_id: str) -> int:
        """How often a worker has answered."""
        return self._answers[client_id]

    def answered(self, client_id: str, asked_at: float, theirs: float, now: float) -> None:
        """A worker said ``theirs`` between ``asked_at`` and ``now``."""
        reading = Reading(now - asked_at, theirs - (asked_at + now) / 2)
        self._answers[client_id] += 1
        known = self._best.get(client_id)
        if known is None or reading.round_trip_s < known.round_trip_s:
            self._best[client_id] = reading

    def complaints(self) -> Iterator[str]:
        """A sentence for each clock that is too far off."""
        for client_id, reading in self._best.items():
            if reading.differs:
                yield (
                    f"the clock of worker {client_id} is {reading} the master's: chat_delivery"
                    " between workers is wrong by as much, set the clocks by NTP"
                )
