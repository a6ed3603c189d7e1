"""ramping-vus: the number of VUs follows straight lines between the stages' targets.

k6 1.8.1 ``lib/executor/ramping_vus.go``. Going up, the count is the floor of the line, going down
its ceiling. ``startVUs: 0`` and stages 4 s to 4, 2 s to 4, 4 s to 0 make these steps:

    4 |       ┌────────┐          3 more VUs: slots 1, 2, 3
    3 |     ┌─┘        └─┐
    2 |   ┌─┘            └─┐      slot k works while count > k
    1 | ┌─┘                └─┐
    0 +─1─2─3─4─────6──7─8─9─10─▶ s

A slot that has to stop finishes its iteration for up to ``gracefulRampDown``; if the count comes
back meanwhile, the same slot carries on. After the last step ``gracefulStop`` holds for all of
them, and cuts a longer ``gracefulRampDown`` short.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ktb_load.executors.pool import Activation
from ktb_load.executors.running import Executor, RunningScenario
from ktb_load.plan.fields import Fields
from ktb_load.quantities import format_duration

_MOST_VUS = 100_000_000
_NS = 1_000_000_000


class Stage(NamedTuple):
    duration_s: float
    target: int


class Step(NamedTuple):
    """From ``at_s`` after the start on, ``vus`` VUs are wanted."""

    at_s: float
    vus: int


def steps(start_vus: int, stages: Sequence[Stage]) -> list[Step]:
    """Every change of the number of VUs, by time; the first is at 0, trailing zeros are left out.

    Times are whole nanoseconds, computed in integers as k6 does.
    """
    plan = [(0, start_vus)]
    began, current = 0, start_vus
    for stage in stages:
        duration = round(stage.duration_s * _NS)
        distance = abs(stage.target - current)
        if duration == 0 and distance:
            plan.append((began, stage.target))
        elif distance:
            way = 1 if stage.target > current else -1
            plan.extend(
                (began + duration * done // distance, current + way * done)
                for done in range(1, distance + 1)
            )
        began, current = began + duration, stage.target
    if began > plan[-1][0] and current:
        plan.append((began, current))  # the last level is held until the end of its stage
    return [Step(at / _NS, vus) for at, vus in plan]


@dataclass(frozen=True, kw_only=True)
class RampingVUs(Executor):
    EXECUTOR = "ramping-vus"
    OPTIONS = ("startVUs", "stages", "gracefulRampDown")

    start_vus: int = 1
    stages: tuple[Stage, ...] = ()
    graceful_ramp_down_s: float = 30.0

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        return {
            "start_vus": fields.integer("startVUs", 1),
            "stages": tuple(read_stages(fields)),
            "graceful_ramp_down_s": fields.duration("gracefulRampDown", 30.0),
        }

    def check(self, fields: Fields) -> None:
        if self.start_vus < 0:
            fields.problem("startVUs", "the number of start VUs can't be negative")
        if not self.stages:
            fields.problem("stages", "at least one stage has to be specified")
        elif self.max_vus <= 0:
            what = "either startVUs or one of the stages' target values must be greater than 0"
            fields.problem("startVUs", what)
        if self.max_vus > _MOST_VUS:
            fields.problem("stages", f"at most {_MOST_VUS} VUs are possible")
        if self.graceful_ramp_down_s < 0:
            fields.problem("gracefulRampDown", "the gracefulRampDown timeout can't be negative")

    @property
    def duration_s(self) -> float:
        return sum(stage.duration_s for stage in self.stages)

    @property
    def max_vus(self) -> int:
        return max([self.start_vus, *(stage.target for stage in self.stages)])

    def describe(self) -> str:
        total = format_duration(self.duration_s)
        return f"up to {self.max_vus} looping VUs for {total} over {len(self.stages)} stages"

    def run(self, scenario: RunningScenario) -> None:
        slots = _Slots(scenario, self.graceful_ramp_down_s)
        for step in steps(self.start_vus, self.stages):
            slots.sleep_until(step.at_s)
            slots.want(scenario.share.of(step.vus), step.at_s)
        hard_end = self.duration_s + self.graceful_stop_s
        scenario.crew.stop()  # a VU that the very last step starts runs no iteration, as in k6
        slots.sleep_until(hard_end, or_all_idle=True)


class _Slots:
    """The numbered places of a ramp: the lowest free one starts first, the highest stops first."""

    def __init__(self, scenario: RunningScenario, graceful_s: float) -> None:
        self._scenario = scenario
        self._graceful_s = graceful_s
        self._working: dict[int, Activation] = {}
        self._interrupts: list[tuple[float, int, Activation]] = []
        """(when, slot, who) in order of time: all waits are equally long."""

    def want(self, vus: int, at_s: float) -> None:
        """Let ``vus`` slots work from now on, which is ``at_s`` by the plan."""
        for slot in range(vus):
            working = self._working.get(slot)
            if working is None or not working.go_on():
                self._start(slot)
                self._scenario.begins(at_s)
            elif any(waiting == slot for _, waiting, _ in self._interrupts):
                self._interrupts = [due for due in self._interrupts if due[1] != slot]
        for slot in sorted(self._working, reverse=True):
            if slot >= vus and not self._working[slot].stopping:
                self._working[slot].stop()
                self._interrupts.append((at_s + self._graceful_s, slot, self._working[slot]))
        self._interrupt_due()

    def sleep_until(self, at_s: float, *, or_all_idle: bool = False) -> None:
        """Wait, interrupting the slots whose ``gracefulRampDown`` ends meanwhile."""
        self._interrupt_due()
        while self._interrupts and self._interrupts[0][0] < at_s:
            if self._wait(self._interrupts[0][0], or_all_idle):
                return
            self._interrupt_due()
        self._wait(at_s, or_all_idle)

    def _wait(self, at_s: float, or_all_idle: bool) -> bool:
        if or_all_idle:
            return self._scenario.wait_for_crew(at_s)
        self._scenario.sleep_until(at_s)
        return False

    def _interrupt_due(self) -> None:
        now = self._scenario.elapsed()
        while self._interrupts and self._interrupts[0][0] <= now:
            _, slot, activation = self._interrupts.pop(0)
            if activation.stopping and self._working.get(slot) is activation:
                activation.interrupt()

    def _start(self, slot: int) -> None:
        def ended(activation: Activation) -> None:
            if self._working.get(slot) is activation:
                del self._working[slot]

        self._working[slot] = self._scenario.crew.add(ended=ended)


def read_stages(fields: Fields) -> list[Stage]:
    """The ``stages`` of a ramp; a missing duration or target is a problem, as in k6."""
    stages = []
    for number, stage in enumerate(fields.mappings("stages"), start=1):
        stage.known(("duration", "target"))
        for key in ("duration", "target"):
            if not stage.has(key):
                stage.problem((), f"stage {number} doesn't have a {key}")
        duration_s, target = stage.duration("duration", 0.0), stage.integer("target", 0)
        if duration_s < 0:
            stage.problem("duration", f"the duration for stage {number} can't be negative")
        if target < 0:
            stage.problem("target", f"the target for stage {number} can't be negative")
        stages.append(Stage(duration_s, target))
    return stages
