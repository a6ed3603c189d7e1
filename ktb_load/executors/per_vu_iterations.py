"""per-vu-iterations: each VU runs a number of iterations, within ``maxDuration``.

k6 1.8.1 ``lib/executor/per_vu_iterations.go``. A VU that is cut short reports the iterations that
it never started as one ``dropped_iterations`` sample.
"""

from dataclasses import dataclass

from ktb_load.executors.counted import CountedIterations
from ktb_load.executors.pool import Activation
from ktb_load.executors.running import RunningScenario
from ktb_load.plan.fields import Fields


@dataclass(frozen=True, kw_only=True)
class PerVUIterations(CountedIterations):
    EXECUTOR = "per-vu-iterations"

    def _check_iterations(self, fields: Fields) -> None:
        if self.iterations <= 0:
            fields.problem("iterations", "the number of iterations must be more than 0")

    def describe(self) -> str:
        return f"{self.iterations} iterations for each of {self.vus} VUs {self._limit}"

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
