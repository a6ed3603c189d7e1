"""ramping-arrival-rate: the rate at which iterations begin follows straight lines.

k6 1.8.1 ``lib/executor/ramping_arrival_rate.go``. Iteration ``n``, counted from 1, is due when the
area under the curve of rates has reached ``n``; what a stage leaves over goes into the next.

    rate │    ╱╲          0 to 10/s in 2 s, back to 0 in 2 s: an area of 20, so 20 iterations,
      10 ┤   ╱  ╲         at 0.632, 0.894, 1.095, 1.265, ... 3.368, 4.000 s
         │  ╱ ▒▒ ╲
       0 ┼─╱──────╲─▶ s
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Any

from ktb_load.executors.arrivals import ArrivalRate
from ktb_load.executors.ramping_vus import Stage, read_stages
from ktb_load.executors.running import RunningScenario
from ktb_load.executors.share import WHOLE, Share
from ktb_load.plan.fields import Fields
from ktb_load.quantities import format_duration


@dataclass(frozen=True, kw_only=True)
class RampingArrivalRate(ArrivalRate):
    EXECUTOR = "ramping-arrival-rate"
    OPTIONS = ("startRate", "timeUnit", "stages", "preAllocatedVUs", "maxVUs")

    start_rate: int = 0
    stages: tuple[Stage, ...] = ()

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        return {
            **cls._vus(fields),
            "start_rate": fields.integer("startRate", 0),
            "stages": tuple(read_stages(fields)),
        }

    def check(self, fields: Fields) -> None:
        if self.start_rate < 0:
            fields.problem("startRate", "the startRate value can't be negative")
        if not self.stages:
            fields.problem("stages", "at least one stage has to be specified")
        self._check_vus(fields)

    @property
    def duration_s(self) -> float:
        return sum(stage.duration_s for stage in self.stages)

    def describe(self) -> str:
        most = max([self.start_rate, *(stage.target for stage in self.stages)])
        length = format_duration(self.duration_s)
        stages = f"{len(self.stages)} stages"
        rate = self._spell_rate(most)
        return f"up to {rate} for {length} over {stages} ({self._spell_vus()})"

    def due_times(self, share: Share = WHOLE) -> Iterator[float]:
        """When iterations are due, in seconds after the start."""
        unit = Fraction(self.time_unit_s).limit_denominator(10**9)
        rate = self.start_rate / unit
        area, began, nth = Fraction(0), 0.0, 0
        for stage in self.stages:
            duration = Fraction(stage.duration_s).limit_denominator(10**9)
            target = stage.target / unit
            after = area + duration * (rate + target) / 2
            while (number := share.number(nth) + 1) <= after:
                yield began + _reached(float(number - area), float(rate), float(target), duration)
                nth += 1
            area, began, rate = after, began + stage.duration_s, target

    def run(self, scenario: RunningScenario) -> None:
        self._let_arrive(scenario, self.due_times(scenario.share))
        self.finish(scenario)


def _reached(area: float, rate: float, target: float, duration: Fraction) -> float:
    """When the area under a line from ``rate`` to ``target`` has reached ``area``."""
    length = float(duration)
    if rate == target:
        return area / rate
    under_root = length * (rate * rate * length + 2 * area * (target - rate))
    return (rate * length - sqrt(max(0.0, under_root))) / (rate - target)
