"""The verdict on the generator: past one of ``LIMITS`` a run measured it as well as the system.

Judged is each process by itself, for one that starves is not helped by others that idle. How it is
said is for outputs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ktb_load.metrics.generator import CPU, GENERATOR, LAG, LATENESS, UNSENT, WORKER
from ktb_load.metrics.metric import Contains, MetricSpec
from ktb_load.metrics.sinks import TrendSink
from ktb_load.metrics.store import Series, Store

BUSY = 0.9
"""Past this share of a core a process has next to nothing left."""
_EXACT_VALUES = 10_000

Sinks = Mapping[str, Mapping[str, TrendSink]]
"""Process -> metric -> what it has collected. A run of one process calls it ``""``."""


def _stat(name: str) -> Callable[[TrendSink], float]:
    return lambda sink: sink.value(name, 0.0)


def _busy_ms(sink: TrendSink) -> float:
    """A sample is a second."""
    return 1000.0 * sum(times for share, times in sink.each() if share > BUSY)


@dataclass(frozen=True)
class Limit:
    """How far a metric may go before the generator counts as overloaded."""

    metric: MetricSpec
    stat: str
    value: float
    contains: Contains
    """The unit of ``value``."""
    of: Callable[[TrendSink], float]
    says: str


_TIME, _DATA = Contains.TIME, Contains.DATA

LIMITS = (
    Limit(LAG, "p(95)", 20, _TIME, _stat("p(95)"), "its event loop was late by p(95)={}"),
    Limit(LAG, "max", 500, _TIME, _stat("max"), "its event loop was late by up to {}"),
    Limit(CPU, "busy", 5_000, _TIME, _busy_ms, f"it used over {BUSY:.0%} of a core for {{}}"),
    Limit(LATENESS, "p(99)", 50, _TIME, _stat("p(99)"), "iterations began late by p(99)={}"),
    Limit(UNSENT, "max", 1_000_000, _DATA, _stat("max"), "{} waited in it to be sent"),
)


@dataclass(frozen=True)
class Excess:
    """A limit that was passed, by the process that passed it furthest."""

    limit: Limit
    value: float
    worker: str = ""
    others: int = 0
    """How many more processes passed it."""


def excesses(sinks: Sinks) -> list[Excess]:
    """What is past its limit, in the order of ``LIMITS``. What was not measured is not judged."""
    return [excess for limit in LIMITS if (excess := _worst(limit, sinks))]


def _worst(limit: Limit, sinks: Sinks) -> Excess | None:
    values = {
        process: limit.of(found[limit.metric.name])
        for process, found in sinks.items()
        if limit.metric.name in found
    }
    past = [process for process, value in values.items() if value > limit.value]
    if not past:
        return None
    worst = max(past, key=values.__getitem__)
    return Excess(limit, values[worst], worst, len(past) - 1)


class Overload:
    """Collects by process, from the moment it is made."""

    def __init__(self, store: Store) -> None:
        self._sinks: dict[str, dict[str, TrendSink]] = {}
        store.each_series(self._attach)

    def excesses(self) -> Sequence[Excess] | None:
        """What is past its limit; None if nothing was measured."""
        return excesses(self._sinks) if self._sinks else None

    def _attach(self, series: Series) -> None:
        if series.metric.name in GENERATOR:
            process = dict(series.tags).get(WORKER, "")
            sinks = self._sinks.setdefault(process, {})
            series.feed(sinks.setdefault(series.metric.name, TrendSink(_EXACT_VALUES)))
