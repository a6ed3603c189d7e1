"""constant-arrival-rate: iterations begin at an even rate, however long they take.

k6 1.8.1 ``lib/executor/constant_arrival_rate.go``: iteration ``i`` is due ``i`` periods after the
start, the first at 0, the last at the very end of ``duration``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ktb_load.executors.arrivals import ArrivalRate
from ktb_load.executors.constant_vus import check_duration
from ktb_load.executors.running import RunningScenario
from ktb_load.executors.share import WHOLE, Share
from ktb_load.plan.fields import Fields
from ktb_load.quantities import format_duration

_NS = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class ConstantArrivalRate(ArrivalRate):
    EXECUTOR = "constant-arrival-rate"
    OPTIONS = ("rate", "timeUnit", "duration", "preAllocatedVUs", "maxVUs")

    rate: int = 0
    duration: float = 0.0

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        return {
            **cls._vus(fields),
            "rate": fields.integer("rate", 0),
            "duration": fields.duration("duration", 0.0),
        }

    def check(self, fields: Fields) -> None:
        if not fields.has("rate"):
            fields.problem(
                "rate", "the iteration rate isn't specified", "add for example `rate: 5`"
            )
        elif self.rate <= 0:
            fields.problem("rate", "the iteration rate must be more than 0")
        check_duration(fields, self.duration)
        self._check_vus(fields)

    @property
    def duration_s(self) -> float:
        return self.duration

    def describe(self) -> str:
        length = format_duration(self.duration)
        return f"{self._spell_rate(self.rate)} for {length} ({self._spell_vus()})"

    def due_times(self, share: Share = WHOLE) -> Iterator[float]:
        """When iterations are due, in seconds after the start."""
        period_ns = round(self.time_unit_s * _NS) // self.rate
        end_ns = round(self.duration * _NS)
        nth = 0
        while (due_ns := share.number(nth) * period_ns) <= end_ns:
            yield due_ns / _NS
            nth += 1

    def run(self, scenario: RunningScenario) -> None:
        self._let_arrive(scenario, self.due_times(scenario.share))
        self.finish(scenario)
