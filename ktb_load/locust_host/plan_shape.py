"""The load shape that Locust sees while a plan runs: it starts the run, and ends when the run has
ended.

Locust's own shape is too coarse for k6's schedule (one tick a second, a ramp blocks the next), so
the executors start and stop the users themselves. The shape asks Locust for no users of its own.
"""

from __future__ import annotations

from locust import LoadTestShape

from collections.abc import Callable

from ktb_load.locust_host.run import Run

_TICK_S = 1.0
_NO_USERS = (0, 1.0)


class PlanShape(LoadTestShape):
    """Ends the test when the plan's run is finished."""

    abstract = True

    def __init__(self, running: Callable[[], Run | None]) -> None:
        super().__init__()
        self._running = running
        self._asked = False

    def reset_time(self) -> None:
        super().reset_time()
        self._asked = False

    def tick(self) -> tuple[int, float] | None:
        """The first tick makes Locust fire ``test_start``, which starts the run; None once it is
        finished.
        """
        run = self._running()
        if self._asked and run is not None and run.finished.wait(_TICK_S):
            return None
        self._asked = True
        return _NO_USERS
