"""What a process that makes load measures of itself, from the start of its scenarios to their end.

A tenth of a second that a blocked loop leaves out counts all the same, once the loop is back: ten
of them for a second in which nothing could happen.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import gevent

from ktb_load.clients.backlog import Backlog
from ktb_load.clock import Clock
from ktb_load.metrics.generator import CPU, LAG, UNSENT
from ktb_load.metrics.store import Store
from ktb_load.metrics.tags import Tags

_PER_SECOND = 10


class SelfWatch:
    """Runs in a greenlet of its own, which waits for the loop as those of VUs do."""

    def __init__(
        self,
        store: Store,
        tags: Tags,
        clock: Clock,
        backlog: Backlog,
        cpu: Callable[[], float] = process_time,
    ) -> None:
        self._store, self._tags = store, tags
        self._clock, self._backlog, self._cpu = clock, backlog, cpu
        self._greenlet: gevent.Greenlet | None = None

    def start(self) -> None:
        self._began = self._sampled_at = self._clock.now()
        self._cpu_used = self._cpu()
        self._ticks = 0
        self._greenlet = gevent.spawn(self._watch)

    def stop(self) -> None:
        """What is due by now still counts."""
        if self._greenlet is not None:
            self._greenlet.kill()
            self._greenlet = None
            self._take_samples()

    def _watch(self) -> None:
        while True:
            self._clock.sleep_until(self._next_due)
            self._take_samples()

    @property
    def _next_due(self) -> float:
        return self._began + (self._ticks + 1) / _PER_SECOND

    def _take_samples(self) -> None:
        now, seconds = self._clock.now(), self._ticks // _PER_SECOND
        while (due := self._next_due) <= now:
            self._add(LAG.name, (now - due) * 1000)
            self._ticks += 1
        if passed := self._ticks // _PER_SECOND - seconds:
            self._sample_seconds(passed, now)

    def _sample_seconds(self, passed: int, now: float) -> None:
        """The CPU of seconds that passed in one go was used evenly, as far as we know."""
        used = self._cpu()
        share = (used - self._cpu_used) / (now - self._sampled_at)
        self._cpu_used, self._sampled_at = used, now
        for _ in range(passed):
            self._add(CPU.name, share)
        if self._backlog.sockets:
            self._add(UNSENT.name, self._backlog.take_most())

    def _add(self, metric: str, value: float) -> None:
        self._store.series(metric, self._tags).add(value)
