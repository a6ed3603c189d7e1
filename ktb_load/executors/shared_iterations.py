"""shared-iterations: all VUs take from one number of iterations, within ``maxDuration``.

k6 1.8.1 ``lib/executor/shared_iterations.go``. Nothing is fair about it: a fast VU takes more. What
was never started is one ``dropped_iterations`` sample.
"""

from dataclasses import dataclass

from ktb_load.executors.counted import CountedIterations
from ktb_load.executors.running import RunningScenario
from ktb_load.plan.fields import Fields


@dataclass(frozen=True, kw_only=True)
class SharedIterations(CountedIterations):
    EXECUTOR = "shared-iterations"

    def _check_iterations(self, fields: Fields) -> None:
        if self.iterations < self.vus:
            what = (
                f"the number of iterations ({self.iterations}) can't be less than"
                f" the number of VUs ({self.vus})"
            )
            fields.problem("iterations", what)

    def describe(self) -> str:
        return f"{self.iterations} iterations shared among {self.vus} VUs {self._limit}"

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
