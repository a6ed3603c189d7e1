"""per-vu-iterations: each VU runs a number of iterations, within ``maxDuration``.

k6 1.8.1 ``lib/executor/per_vu_iterations.go``. A VU that is cut short reports the iterations that
it never started as one ``dropped_iterations`` sample.
"""

from dataclasses import dataclass
from typing import Any

from ktb_load.executors.constant_vus import check_duration
from ktb_load.executors.pool import Activation
from ktb_load.executors.running import Executor, RunningScenario
from ktb_load.plan.fields import Fields
from ktb_load.quantities import format_duration

DEFAULT_MAX_DURATION_S = 600.0


@dataclass(frozen=True, kw_only=True)
class PerVUIterations(Executor):
    EXECUTOR = "per-vu-iterations"
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
        if self.iterations <= 0:
            fields.problem("iterations", "the number of iterations must be more than 0")
        check_duration(fields, "maxDuration", self.max_duration)

    @property
    def duration_s(self) -> float:
        return self.max_duration

    @property
    def max_vus(self) -> int:
        return self.vus

    def describe(self) -> str:
        limit = format_duration(self.max_duration)
        return f"{self.iterations} iterations for each of {self.vus} VUs (maxDuration: {limit})"

    def run(self, scenario: RunningScenario) -> None:
        for _ in range(scenario.share.of(self.vus)):
            self._add(scenario)
        if scenario.wait_for_crew(self.max_duration):
            return
        self.finish(scenario)

    def _add(self, scenario: RunningScenario) -> None:
        activation: Activation

        def goes_on() -> bool:
            done = activation.started >= self.iterations
            return not done and scenario.elapsed() < self.max_duration

        def ended(ended_one: Activation) -> None:
            never_started = self.iterations - ended_one.started
            if never_started and scenario.elapsed() >= self.max_duration:
                scenario.dropped(never_started, ended_one.vu.id)

        activation = scenario.crew.add(goes_on, ended)
