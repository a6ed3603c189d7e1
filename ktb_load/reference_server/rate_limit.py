"""A fixed window of time for each key: so many in it, and no more."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """What one more call got; times are epoch seconds."""

    allowed: bool
    remaining: int
    ends_at: float
    retry_after_s: int


class RateLimit:
    """``limit`` calls of each key in ``window_s``."""

    def __init__(self, limit: int, window_s: float, clock: Callable[[], float] = time.time) -> None:
        self.limit = limit
        self.window_s = window_s
        self._clock = clock
        self._windows: dict[str, tuple[float, int]] = {}

    def take(self, key: str) -> Turn:
        """Count one more for the key."""
        now = self._clock()
        ends_at, used = self._windows.get(key, (0.0, 0))
        if ends_at <= now:
            ends_at, used = now + self.window_s, 0
        used += 1
        self._windows[key] = (ends_at, used)
        remaining = max(0, self.limit - used)
        return Turn(used <= self.limit, remaining, ends_at, math.ceil(ends_at - now))
