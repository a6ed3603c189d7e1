"""A stage for executors: virtual time, VUs whose iterations take a given time, and a log of what
happened.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count

import gevent
import pytest
from gevent.event import Event

from ktb_load.executors.pool import Interrupted, Pool
from ktb_load.executors.running import Executor, RunningScenario
from ktb_load.executors.share import WHOLE, Share


class VirtualClock:
    """Time that jumps to the next thing that is due as soon as nobody has anything left to do."""

    def __init__(self) -> None:
        self._now = 0.0
        self._due: list[tuple[float, int, Event]] = []
        self._order = count()

    def now(self) -> float:
        return self._now

    epoch = now

    def be_busy(self, seconds: float) -> None:
        """Time passes in which nobody else can do anything."""
        self._now += seconds

    def sleep_until(self, due: float) -> None:
        if due <= self._now:
            return
        waiting = (due, next(self._order), Event())
        heapq.heappush(self._due, waiting)
        waiting[2].wait()

    def wait(self, event: Event, timeout_s: float) -> bool:
        entry = (self._now + timeout_s, next(self._order), Event())
        heapq.heappush(self._due, entry)
        gevent.wait([event, entry[2]], count=1)
        if entry in self._due:
            self._due.remove(entry)
            heapq.heapify(self._due)
        return event.is_set()

    def run(self, main: gevent.Greenlet) -> None:
        """Let time pass until ``main`` is done."""
        while True:
            gevent.idle()
            gevent.sleep(0)
            if main.ready():
                return
            assert self._due, "everybody waits, but nothing is due"
            due, _, waiting = heapq.heappop(self._due)
            self._now = max(self._now, due)
            waiting.set()


class StageVU:
    """A VU whose iteration takes ``seconds(iteration number)`` of virtual time."""

    def __init__(self, number: int, stage: Stage) -> None:
        self.id = number
        self._stage = stage

    def activate(self, scene: object) -> None:
        self._scene = scene

    def silence(self) -> None:
        self._stage.log("silenced", self.id)

    def iterate(self) -> None:
        number = self._scene.next_iteration()
        self._stage.log("start", self.id)
        try:
            clock = self._stage.clock
            clock.sleep_until(clock.now() + self._stage.seconds(number))
        except Interrupted:
            self._stage.log("interrupted", self.id)
            raise
        self._stage.log("end", self.id)

    def deactivate(self) -> None:
        self._stage.log("idle", self.id)


class Stage:
    """Runs one executor in virtual time."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.events: list[tuple[float, str, int]] = []
        self.dropped: list[tuple[int, int | None]] = []
        self.late: list[float] = []
        self.seconds: Callable[[int], float] = lambda _: 1.0

    def log(self, what: str, who: int) -> None:
        self.events.append((round(self.clock.now(), 6), what, who))

    def times(self, what: str) -> list[float]:
        return [at for at, happened, _ in self.events if happened == what]

    def play(self, executor: Executor, vus: int | None = None, share: Share = WHOLE) -> float:
        """Let the executor run to its end; the virtual time at which it was."""
        numbers = count(1)
        pool = Pool(
            [StageVU(next(numbers), self) for _ in range(vus or executor.planned_vus)],
            lambda _vu, _scene, work: gevent.spawn(work),
            lambda: StageVU(next(numbers), self),
        )
        scenario = RunningScenario(
            executor,
            self.clock,
            pool,
            lambda n, vu: self.dropped.append((n, vu)),
            share=share,
            late=lambda seconds: self.late.append(round(seconds, 6)),
        )
        self.pool, self.scenario = pool, scenario
        main = gevent.spawn(scenario.run)
        self.clock.run(main)
        main.get()
        return round(self.clock.now(), 6)


@pytest.fixture
def stage() -> Stage:
    return Stage()
