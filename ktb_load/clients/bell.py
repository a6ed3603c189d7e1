"""Sleeping until something rings: an ``Event`` of gevent's for one sleeper, at half the cost."""

from __future__ import annotations

from typing import Any

import gevent
from gevent.hub import Waiter


class Bell:
    """For one greenlet and one use."""

    __slots__ = ("_rung", "_sleeper")

    def __init__(self) -> None:
        self._rung = False
        self._sleeper: Any = None

    def ring(self) -> None:
        """Wake whoever sleeps, or will; not here and now but when the loop comes to it."""
        if not self._rung:
            self._rung = True
            if self._sleeper is not None:
                gevent.get_hub().loop.run_callback(self._sleeper.switch, None)

    def sleep(self, seconds: float) -> None:
        """Block until it rings, at most so long."""
        if self._rung:
            return
        hub = gevent.get_hub()
        self._sleeper = sleeper = Waiter(hub)
        timer = hub.loop.timer(max(0.0, seconds))
        timer.start(sleeper.switch, None)
        try:
            sleeper.get()
        finally:
            self._sleeper = None
            timer.close()
