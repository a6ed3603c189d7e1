"""A time limit on what a greenlet does: what ``gevent.Timeout`` is, at a fraction of its cost.

One per client; it keeps its timer from use to use. Not for nested or concurrent use.
"""

from __future__ import annotations

from typing import Any

import gevent

_LEAST_S = 0.001


class Deadline:
    """Raises ``error`` in the greenlet that started it, unless it is stopped in time."""

    __slots__ = ("_error", "_seconds", "_timer")

    def __init__(self, error: type[Exception], message: str) -> None:
        self._error = (error, message)
        self._seconds = -1.0
        self._timer: Any = None

    @property
    def running(self) -> bool:
        """Whether somebody is limited by it now."""
        return self._timer is not None and bool(self._timer.active)

    def start(self, seconds: float) -> None:
        """From now on there are ``seconds`` left."""
        if seconds != self._seconds:
            self.close()
            # Repeating, since libev starts only such a timer anew with its full time.
            self._timer = gevent.get_hub().loop.timer(_LEAST_S, max(seconds, _LEAST_S))
            self._seconds = seconds
        self._timer.again(gevent.getcurrent().throw, *self._error)

    def stop(self) -> None:
        """Whatever had to be done is done, or is given up and ``close`` was said meanwhile."""
        if self._timer is not None:
            self._timer.stop()

    def close(self) -> None:
        """Give back the timer."""
        if self._timer is not None:
            self._timer.close()
            self._timer = None
            self._seconds = -1.0
