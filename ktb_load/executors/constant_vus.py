"""constant-vus: all VUs start together and iterate until the duration has passed.

k6 1.8.1 ``lib/executor/constant_vus.go``.
"""

from dataclasses import dataclass
from typing import Any

from ktb_load.executors.running import Executor, RunningScenario
from ktb_load.plan.fields import Fields
from ktb_load.quantities import format_duration

MINIMUM_DURATION_S = 1.0


@dataclass(frozen=True, kw_only=True)
class ConstantVUs(Executor):
    EXECUTOR = "constant-vus"
    OPTIONS = ("vus", "duration")

    vus: int = 1
    duration: float = 0.0

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        return {"vus": fields.integer("vus", 1), "duration": fields.duration("duration", 0.0)}

    def check(self, fields: Fields) -> None:
        if self.vus <= 0:
            fields.problem("vus", "the number of VUs must be more than 0")
        check_duration(fields, self.duration)

    @property
    def duration_s(self) -> float:
        return self.duration

    @property
    def max_vus(self) -> int:
        return self.vus

    def describe(self) -> str:
        return f"{self.vus} looping VUs for {format_duration(self.duration)}"

    def run(self, scenario: RunningScenario) -> None:
        for _ in range(scenario.share.of(self.vus)):
            scenario.crew.add(goes_on=lambda: scenario.elapsed() < self.duration)
        scenario.sleep_until(self.duration)
        self.finish(scenario)


def check_duration(fields: Fields, duration_s: float) -> None:
    """Note a ``duration`` that is not given, or shorter than k6 allows."""
    if fields.has("duration"):
        check_minimum(fields, "duration", duration_s)
    else:
        what, instead = "the duration is unspecified", "add for example `duration: 1m`"
        fields.problem("duration", what, instead)


def check_minimum(fields: Fields, key: str, duration_s: float) -> None:
    """Note a ``duration`` or ``maxDuration`` that is shorter than k6 allows."""
    if duration_s < MINIMUM_DURATION_S:
        shown = format_duration(duration_s)
        fields.problem(key, f"the {key} must be at least 1s, but is {shown}")
