"""Now and sleep, in one place. Only this module knows time; tests put a virtual clock in its stead.

Durations are seconds as floats. ``now`` is monotonic and says how long; ``epoch`` is the wall clock
and says when: it goes into marks and outputs and is never subtracted across hosts without an
offset.
"""

import time
from typing import Protocol

import gevent
from gevent.event import Event


class Clock(Protocol):
    """What the runtime needs of time."""

    def now(self) -> float:
        """Seconds on a monotonic clock."""

    def epoch(self) -> float:
        """Seconds since 1970, UTC."""

    def sleep_until(self, due: float) -> None:
        """Block the current greenlet until ``now()`` has reached ``due``; at once if it has
        passed.
        """

    def wait(self, event: Event, timeout_s: float) -> bool:
        """Block until ``event`` is set, at most ``timeout_s``; whether it is set."""


class RealClock:
    """The machine's clock, waiting on the gevent loop."""

    now = staticmethod(time.perf_counter)
    epoch = staticmethod(time.time)

    def sleep_until(self, due: float) -> None:
        gevent.sleep(max(0.0, due - self.now()))

    def wait(self, event: Event, timeout_s: float) -> bool:
        return bool(event.wait(timeout_s))
