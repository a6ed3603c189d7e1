"""A scenario while it runs: its clock, its VUs, its iteration numbers; and what an executor is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

from ktb_load.clock import Clock
from ktb_load.executors.pool import Crew, Pool
from ktb_load.executors.share import WHOLE, Share
from ktb_load.plan.scenario import ScenarioConfig


class Control(Protocol):
    """See ``externally_controlled``."""

    @property
    def vus(self) -> int: ...
    @property
    def max_vus(self) -> int: ...
    @property
    def paused(self) -> bool: ...
    def scale(self, vus: int, max_vus: int) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...


Dropped = Callable[[int, int | None], None]
"""Reports (how many, VU id or None) iterations that were due and will never start."""
Late = Callable[[float], None]
"""Reports by how many seconds an iteration begins after it was due."""


@dataclass
class RunningScenario:
    """What an executor works with. ``started_at`` is on the run's clock."""

    config: "Executor"
    clock: Clock
    pool: Pool
    dropped: Dropped
    started_at: float = 0.0
    share: Share = WHOLE
    control: "Control | None" = None
    """What changes the scenario from outside, while it runs; most cannot be changed."""
    late: Late = lambda _seconds: None
    _numbers: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self.crew = Crew(self.pool, self, self.clock)

    @property
    def name(self) -> str:
        return self.config.name

    @property
    def exec(self) -> str:
        return self.config.exec

    def next_iteration(self) -> int:
        return self.share.number(next(self._numbers))

    def elapsed(self) -> float:
        return self.clock.now() - self.started_at

    def begins(self, due_s: float) -> None:
        """An iteration begins that was due so many seconds after the start."""
        self.late(max(0.0, self.elapsed() - due_s))

    def sleep_until(self, elapsed_s: float) -> None:
        """Block until so much time has passed since the scenario's start."""
        self.clock.sleep_until(self.started_at + elapsed_s)

    def wait_for_crew(self, until_s: float) -> bool:
        """Block until all VUs are idle or ``until_s`` has passed since the start; whether all
        are.
        """
        return self.crew.wait(max(0.0, until_s - self.elapsed()))

    def run(self) -> None:
        """Wait for the start time, then let the executor run to its end, interruption included."""
        self.clock.sleep_until(self.started_at + self.config.start_time_s)
        self.started_at += self.config.start_time_s
        try:
            self.config.run(self)
        finally:
            self.crew.interrupt()


class Executor(ScenarioConfig):
    """A scenario's options together with the way it hands out iterations."""

    def part_of(self, share: Share) -> Share | None:
        """What a process with this share of the test does; None: it has no VU for it.

        Iterations are dealt among processes that have VUs (k6's ``GetNewExecutionTupleFromValue``
        and ``HasWork``).
        """
        return share.among(self.max_vus)

    def run(self, scenario: RunningScenario) -> None:
        """Hand out iterations; return when the last one has ended or has to be interrupted."""
        raise NotImplementedError

    def finish(self, scenario: RunningScenario) -> None:
        """The common end: no new iterations, and ``gracefulStop`` for those that run."""
        scenario.crew.stop()
        scenario.wait_for_crew(self.duration_s + self.graceful_stop_s)
