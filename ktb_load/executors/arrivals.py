"""The open model: iterations arrive by the clock, and whoever is idle begins them.

Mirrors k6 1.8.1 ``lib/executor/constant_arrival_rate.go`` and ``vu_handle.go``. An iteration that
finds nobody idle is dropped, never made up for; then one more VU is initialised, one at a time, up
to ``maxVUs``.
"""

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import gevent
from gevent.event import Event

from ktb_load.executors.running import Executor, RunningScenario
from ktb_load.plan.fields import Fields
from ktb_load.quantities import format_duration

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class ArrivalRate(Executor):
    """What both arrival-rate executors have."""

    pre_allocated_vus: int = 0
    max_vus_option: int = 0
    time_unit_s: float = 1.0

    @classmethod
    def _vus(cls, fields: Fields) -> dict[str, Any]:
        pre_allocated = fields.integer("preAllocatedVUs", 0)
        return {
            "pre_allocated_vus": pre_allocated,
            "max_vus_option": fields.integer("maxVUs", pre_allocated),
            "time_unit_s": fields.duration("timeUnit", 1.0),
        }

    def _check_vus(self, fields: Fields) -> None:
        if self.time_unit_s <= 0:
            fields.problem("timeUnit", "the timeUnit must be more than 0")
        if not fields.has("preAllocatedVUs"):
            what = "the number of preAllocatedVUs isn't specified"
            fields.problem("preAllocatedVUs", what, "add for example `preAllocatedVUs: 50`")
        elif self.pre_allocated_vus < 0:
            fields.problem("preAllocatedVUs", "the number of preAllocatedVUs can't be negative")
        if self.max_vus_option < self.pre_allocated_vus:
            fields.problem("maxVUs", "maxVUs can't be less than preAllocatedVUs")

    @property
    def planned_vus(self) -> int:
        return self.pre_allocated_vus

    @property
    def max_vus(self) -> int:
        return self.max_vus_option

    def _spell_rate(self, rate: int) -> str:
        per = "s" if self.time_unit_s == 1 else format_duration(self.time_unit_s)
        return f"{rate} iterations/{per}"

    def _spell_vus(self) -> str:
        if self.max_vus_option == self.pre_allocated_vus:
            return f"maxVUs: {self.max_vus_option}"
        return f"maxVUs: {self.pre_allocated_vus}-{self.max_vus_option}"

    def _let_arrive(self, scenario: RunningScenario, due_times: Iterable[float]) -> None:
        """Begin an iteration at each of ``due_times``, in seconds after the start, in order."""
        share = scenario.share
        waiting = _WaitingVUs(
            scenario, share.of(self.pre_allocated_vus), share.of(self.max_vus_option)
        )
        try:
            for due in due_times:
                scenario.sleep_until(due)
                waiting.begin_iteration(due)
        finally:
            waiting.send_home()


class _Seat:
    """Where one VU waits."""

    def __init__(self) -> None:
        self.began = False
        self.called = False
        self.due = 0.0
        self._woken = Event()

    def wait(self) -> None:
        self._woken.wait()
        self._woken.clear()

    def wake(self, *, to_begin: bool) -> None:
        self.called = self.called or to_begin
        self._woken.set()


class _WaitingVUs:
    """The VUs of one scenario, each waiting for its turn."""

    def __init__(self, scenario: RunningScenario, vus: int, max_vus: int) -> None:
        self._scenario = scenario
        self._max_vus = max_vus
        self._total = 0
        self._seats: deque[_Seat] = deque()
        self._open = True
        self._growing = False
        self._warned = False
        for _ in range(vus):
            self._add()
        gevent.sleep(0)  # all are seated before the first iteration is due

    def begin_iteration(self, due: float) -> None:
        """An iteration is due: who has waited longest begins it; nobody there, it is dropped."""
        if self._seats:
            seat = self._seats.popleft()
            seat.due = due
            seat.wake(to_begin=True)
            return
        self._scenario.dropped(1, None)
        if self._total < self._max_vus and not self._growing:
            self._growing = True
            gevent.spawn(self._grow)
        elif self._total >= self._max_vus and not self._warned:
            self._warned = True
            logger.warning(
                "Insufficient VUs, reached %d active VUs and cannot initialize more (scenario %s)",
                self._total,
                self._scenario.name,
            )

    def send_home(self) -> None:
        """Nothing more will arrive: who waits is idle."""
        gevent.sleep(0)  # whoever was called this very moment still begins
        self._open = False
        for seat in self._seats:
            seat.wake(to_begin=False)

    def _grow(self) -> None:
        if self._open:
            self._scenario.pool.grow()
            self._add()
        self._growing = False

    def _add(self) -> None:
        self._total += 1
        seat = _Seat()
        self._seats.append(seat)
        self._scenario.crew.add(lambda: self._next(seat))

    def _next(self, seat: _Seat) -> bool:
        """Whether this VU is to begin an iteration; blocks until that is known."""
        if seat.began:
            self._seats.append(seat)
        with self._scenario.pool.resting():
            if self._open:
                seat.wait()
        seat.began, seat.called = seat.called, False
        if seat.began:
            self._scenario.begins(seat.due)
        return seat.began
