"""k6's option ``rps``: so many requests a second over all VUs, evenly, without bursts."""

from time import perf_counter

import gevent


class RequestPace:
    """Lets requests through one by one."""

    def __init__(self, per_second: float) -> None:
        self._period_s = 1 / per_second
        self._next = 0.0

    def wait(self) -> None:
        """Block until it is this request's turn."""
        now = perf_counter()
        turn = max(now, self._next)
        self._next = turn + self._period_s
        if turn > now:
            gevent.sleep(turn - now)
