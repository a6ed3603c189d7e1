"""externally-controlled: people change the number of VUs while the test runs, and pause it.

k6 1.8.1 ``lib/executor/externally_controlled.go``. ``vus`` of ``maxVUs`` initialised VUs iterate;
more begin at once, fewer are interrupted at once. A pause lets iterations finish and stops the
clock. ``duration: 0`` goes on until somebody stops the test.
"""

from dataclasses import dataclass
from math import inf
from typing import Any

from gevent.event import Event

from ktb_load.executors.pool import Activation
from ktb_load.executors.running import Executor, RunningScenario
from ktb_load.executors.share import Share
from ktb_load.plan.fields import Fields
from ktb_load.quantities import format_duration


@dataclass(frozen=True, kw_only=True)
class ExternallyControlled(Executor):
    EXECUTOR = "externally-controlled"
    OPTIONS = ("vus", "maxVUs", "duration")

    vus: int = 0
    max_vus_option: int = 0
    duration: float = inf

    @classmethod
    def _own(cls, fields: Fields) -> dict[str, Any]:
        vus = fields.integer("vus", 0)
        return {
            "vus": vus,
            "max_vus_option": fields.integer("maxVUs", vus),
            "duration": fields.duration("duration", 0.0) or inf,
        }

    def check(self, fields: Fields) -> None:
        if fields.has("gracefulStop"):
            fields.problem("gracefulStop", "gracefulStop is not supported by externally-controlled")
        if not fields.has("duration"):
            what = "the duration must be specified, for infinite duration use 0"
            fields.problem("duration", what, "add for example `duration: 1m`")
        elif self.duration < 0:
            fields.problem("duration", "the duration can't be negative")
        if self.vus < 0:
            fields.problem("vus", "the number of VUs can't be negative")
        if self.max_vus_option < self.vus:
            fields.problem("maxVUs", _too_many(self.vus, self.max_vus_option))

    @property
    def duration_s(self) -> float:
        return self.duration

    @property
    def max_vus(self) -> int:
        return self.max_vus_option

    def describe(self) -> str:
        length = "without end" if self.duration == inf else f"for {format_duration(self.duration)}"
        return f"externally controlled, {self.vus} VUs of {self.max_vus_option}, {length}"

    def part_of(self, share: Share) -> Share | None:
        """There may be more VUs later, for everybody."""
        return share

    def run(self, scenario: RunningScenario) -> None:
        control = Scaling(scenario, self)
        scenario.control = control
        control.wait()
        scenario.crew.interrupt()


class Scaling:
    """The hands on a running scenario."""

    def __init__(self, scenario: RunningScenario, config: ExternallyControlled) -> None:
        self._scenario = scenario
        self._initial_max = config.max_vus_option
        self._left_s = config.duration
        self._counting_since: float | None = scenario.elapsed()
        self._changed = Event()
        self._resumed = Event()
        self._resumed.set()
        self._working: list[Activation] = []
        self.vus = 0
        self.max_vus = config.max_vus_option
        self.scale(config.vus, config.max_vus_option)

    @property
    def paused(self) -> bool:
        return not self._resumed.is_set()

    def scale(self, vus: int, max_vus: int) -> None:
        """Let ``vus`` of ``max_vus`` VUs iterate from now on; of the whole test, not of a share.

        Raises:
            ValueError: in k6's words, why not.
        """
        if max_vus < self._initial_max:
            raise ValueError(
                f"the starting maxVUs value, {self._initial_max}, is the lower limit of maxVUs"
            )
        if vus > max_vus:
            raise ValueError(_too_many(vus, max_vus))
        share, pool = self._scenario.share, self._scenario.pool
        for _ in range(share.of(max_vus) - share.of(self.max_vus)):
            pool.grow()
        self.vus, self.max_vus = vus, max_vus
        wanted = share.of(vus)
        while len(self._working) > wanted:
            self._working.pop().interrupt()
        while len(self._working) < wanted:
            self._working.append(self._scenario.crew.add(self._may_go_on))

    def pause(self) -> None:
        """Let running iterations finish, then rest; the time does not count."""
        if self._counting_since is not None:
            self._left_s -= self._scenario.elapsed() - self._counting_since
            self._counting_since = None
            self._resumed.clear()
            self._changed.set()

    def resume(self) -> None:
        if self._counting_since is None:
            self._counting_since = self._scenario.elapsed()
            self._resumed.set()
            self._changed.set()

    def wait(self) -> None:
        """Block until the duration is used up."""
        while True:
            self._changed.clear()
            if self._counting_since is None:
                self._changed.wait()
                continue
            left_s = self._left_s - (self._scenario.elapsed() - self._counting_since)
            if left_s <= 0:
                return
            if left_s == inf:
                self._changed.wait()
            else:
                self._scenario.clock.wait(self._changed, left_s)

    def _may_go_on(self) -> bool:
        if self.paused:
            with self._scenario.pool.resting():
                self._resumed.wait()
        return True


def _too_many(vus: int, max_vus: int) -> str:
    return (
        f"the number of active VUs ({vus}) must be less than or equal to the number of maxVUs"
        f" ({max_vus})"
    )
