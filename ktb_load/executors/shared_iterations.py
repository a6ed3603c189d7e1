"""shared-iterations: all VUs take from one number of iterations, within ``maxDuration``.

k6 1.8.1 ``lib/executor/shared_iterations.go``. Nothing is fair about it: a fast VU takes more. What
was never started is one ``dropped_iterations`` sample.
"""

from dataclasses import dataclass
from typing import Any

from ktb_load.executors.constant_vus import check_duration
from ktb_load.executors.per_vu_iterations import DEFAULT_MAX_DURATION_S
from ktb_load.executors.running import Executor, RunningScenario
from ktb_load.plan.fields import Fields
from ktb_load.quantities import format_duration


@dataclass(frozen=True, kw_only=True)
class SharedIterations(Executor):
    EXECUTOR = "shared-iterations"
    OPTIONS = ("vus", "iterations", "maxDuration")

    vus: int = 1
    iterations: int = 1
    max_duration: float = DEFAULT_MAX_DURATION_S

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        return {
            "vus": fields.integer("vus", 1),
            "iterations": fields.integer("iterations", 1),
            "max_duration": fields.duration("maxDuration", DEFAULT_MAX_DURATION_S),
        }

    def check(self, fields: Fields) -> None:
        if self.vus <= 0:
            fields.problem("vus", "the number of VUs must be more than 0")
        if self.iterations < self.vus:
            what = (
                f"the number of iterations ({self.iterations}) can't be less than"
                f" the number of VUs ({self.vus})"
            )
            fields.problem("iterations", what)
        check_duration(fields, "maxDuration", self.max_duration)

    @property
    def duration_s(self) -> float:
        return self.max_duration

    @property
    def max_vus(self) -> int:
        return self.vus

    def describe(self) -> str:
        limit = format_duration(self.max_duration)
        return f"{self.iterations} iterations shared among {self.vus} VUs (maxDuration: {limit})"

    def run(self, scenario: RunningScenario) -> None:
        left = scenario.share.of(self.iterations)

        def goes_on() -> bool:
            nonlocal left
            if not left or scenario.elapsed() >= self.max_duration:
                return False
            left -= 1
            return True

        for _ in range(scenario.share.of(self.vus)):
            scenario.crew.add(goes_on)
        if not scenario.wait_for_crew(self.max_duration):
            self.finish(scenario)
        if left:
            scenario.dropped(left, None)
