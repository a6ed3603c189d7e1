"""Sinks: what a metric keeps of its samples. Four kinds, mergeable across processes, JSON-safe.

Values are those of k6 1.8.1, with one repair: a gauge's ``max`` starts at its first value, as in
k6 2.2, where 1.8.1 starts at 0. The number of values that a trend keeps is bounded; past it the
values move to a log-bucketed histogram (``histogram.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any, ClassVar, Self

from ktb_load.metrics.histogram import Histogram
from ktb_load.metrics.metric import MetricType
from ktb_load.metrics.sorted_runs import SortedRuns

EXACT_VALUES = 1_000_000
"""So many values of one trend are kept as they are. Past it percentiles have a relative error of at
most 0.1 %; count, avg, min and max stay exact."""

_CHUNK = 16_384
"""A trend sorts what came in whenever so many new values wait, to keep every single pause short."""


class CounterSink:
    """A running sum."""

    type: ClassVar = MetricType.COUNTER
    __slots__ = ("count", "total")

    def __init__(self) -> None:
        self.count = 0
        self.total = 0.0

    def add(self, value: float) -> None:
        self.count += 1
        self.total += value

    def merge(self, other: Self) -> None:
        self.count += other.count
        self.total += other.total

    def value(self, stat: str, duration_s: float) -> float:
        """``count`` (the sum) or ``rate`` (the sum a second)."""
        if stat == "count":
            return self.total
        if stat == "rate":
            return self.total / duration_s if duration_s > 0 else 0.0
        raise _unknown(stat, self.type)

    def to_dict(self) -> dict[str, Any]:
        return {"type": str(self.type), "count": self.count, "total": self.total}

    @classmethod
    def from_dict(cls, state: Mapping[str, Any]) -> Self:
        sink = cls()
        sink.count, sink.total = state["count"], state["total"]
        return sink


class GaugeSink:
    """The last value, the least and the greatest."""

    type: ClassVar = MetricType.GAUGE
    __slots__ = ("count", "last", "max", "min")

    def __init__(self) -> None:
        self.count = 0
        self.last = self.min = self.max = 0.0

    def add(self, value: float) -> None:
        if self.count == 0:
            self.min = self.max = value
        elif value < self.min:
            self.min = value
        elif value > self.max:
            self.max = value
        self.last = value
        self.count += 1

    def merge(self, other: Self) -> None:
        """Take ``other`` in as what came later: its last value is the last."""
        if other.count == 0:
            return
        mine = self.count > 0
        self.min = min(self.min, other.min) if mine else other.min
        self.max = max(self.max, other.max) if mine else other.max
        self.last = other.last
        self.count += other.count

    def value(self, stat: str, duration_s: float) -> float:
        """``value``, ``min`` or ``max``."""
        if stat == "value":
            return self.last
        if stat == "min":
            return self.min
        if stat == "max":
            return self.max
        raise _unknown(stat, self.type)

    def to_dict(self) -> dict[str, Any]:
        state = {"count": self.count, "last": self.last, "min": self.min, "max": self.max}
        return {"type": str(self.type), **state}

    @classmethod
    def from_dict(cls, state: Mapping[str, Any]) -> Self:
        sink = cls()
        sink.count, sink.last = state["count"], state["last"]
        sink.min, sink.max = state["min"], state["max"]
        return sink


class RateSink:
    """How many of the samples were not zero."""

    type: ClassVar = MetricType.RATE
    __slots__ = ("count", "passes")

    def __init__(self) -> None:
        self.count = 0
        self.passes = 0

    def add(self, value: float) -> None:
        self.count += 1
        if value:
            self.passes += 1

    def merge(self, other: Self) -> None:
        self.count += other.count
        self.passes += other.passes

    def value(self, stat: str, duration_s: float) -> float:
        """``rate`` (0 to 1), ``passes`` (samples that were not zero) or ``fails`` (that were)."""
        if stat == "rate":
            return self.passes / self.count if self.count else 0.0
        if stat == "passes":
            return float(self.passes)
        if stat == "fails":
            return float(self.count - self.passes)
        raise _unknown(stat, self.type)

    def to_dict(self) -> dict[str, Any]:
        return {"type": str(self.type), "count": self.count, "passes": self.passes}

    @classmethod
    def from_dict(cls, state: Mapping[str, Any]) -> Self:
        sink = cls()
        sink.count, sink.passes = state["count"], state["passes"]
        return sink


class TrendSink:
    """All values, or past ``exact_values`` of them a histogram."""

    type: ClassVar = MetricType.TREND
    __slots__ = ("_exact_values", "_fresh", "_ranks", "_sum")

    def __init__(self, exact_values: int = EXACT_VALUES) -> None:
        self._exact_values = exact_values
        self._sum = 0.0
        self._ranks: SortedRuns | Histogram = SortedRuns()
        self._fresh: list[float] = []
        """What came in since it was last settled."""

    def add(self, value: float) -> None:
        fresh = self._fresh
        fresh.append(value)
        if len(fresh) >= _CHUNK:
            self._settle()

    @property
    def count(self) -> int:
        return self._ranks.count + len(self._fresh)

    @property
    def exact(self) -> bool:
        """Whether percentiles are exact."""
        self._settle()
        return isinstance(self._ranks, SortedRuns)

    @property
    def total(self) -> float:
        """The sum of all values."""
        self._settle()
        return self._sum

    def each(self) -> Iterator[tuple[float, int]]:
        """The values, with how often each occurs."""
        self._settle()
        if isinstance(self._ranks, Histogram):
            yield from self._ranks.each()
        else:
            yield from ((value, 1) for run in self._ranks.runs for value in run)

    def merge(self, other: Self) -> None:
        self._settle()
        other._settle()
        self._sum += other._sum
        if isinstance(other._ranks, Histogram):
            self._fold().merge(other._ranks)
        else:
            self._take(other._ranks)

    def value(self, stat: str, duration_s: float) -> float:
        """``avg``, ``min``, ``max``, ``med``, ``count`` or ``p(N)``; 0 if there is no value."""
        if stat == "count":
            return float(self.count)
        if stat == "avg":
            self._settle()
            return self._sum / self._ranks.count if self._ranks.count else 0.0
        quantile = _QUANTILES.get(stat)
        return self.quantile(percentile_of(stat) / 100 if quantile is None else quantile)

    def quantile(self, quantile: float) -> float:
        """The value at ``quantile`` (0 to 1), between two ranks by linear interpolation."""
        self._settle()
        ranks = self._ranks
        if not ranks.count:
            return 0.0
        position = quantile * (ranks.count - 1.0)
        below = int(position)
        low = ranks.at(below)
        return low if below == position else low + (ranks.at(below + 1) - low) * (position - below)

    def to_dict(self) -> dict[str, Any]:
        self._settle()
        state: dict[str, Any] = {"type": str(self.type), "exact_values": self._exact_values}
        if isinstance(self._ranks, Histogram):
            ranks: dict[str, Any] = {"histogram": self._ranks.to_dict()}
        else:
            ranks = {"values": [value for run in self._ranks.runs for value in run]}
        return {**state, "sum": self._sum, **ranks}

    @classmethod
    def from_dict(cls, state: Mapping[str, Any]) -> Self:
        sink = cls(state["exact_values"])
        sink._sum = state["sum"]
        if "histogram" in state:
            sink._ranks = Histogram.from_dict(state["histogram"])
        else:
            sink._ranks.add_sorted(sorted(state["values"]))
        return sink

    def _settle(self) -> None:
        """Sort in what came in, and keep to the bound."""
        fresh = self._fresh
        if fresh:
            self._fresh = []
            self._sum = reduce(add, fresh, self._sum)  # in order of arrival: k6's last digit
            fresh.sort()
            self._ranks.add_sorted(fresh)
        if isinstance(self._ranks, SortedRuns) and self._ranks.count > self._exact_values:
            self._fold()

    def _fold(self) -> Histogram:
        """From now on a histogram."""
        if isinstance(self._ranks, Histogram):
            return self._ranks
        runs, histogram = self._ranks.runs, Histogram()
        for run in runs:
            histogram.add_sorted(run)
        self._ranks = histogram
        return histogram

    def _take(self, ranks: SortedRuns) -> None:
        for run in ranks.runs:
            self._ranks.add_sorted(list(run))
        self._settle()


Sink = CounterSink | GaugeSink | RateSink | TrendSink

SINKS: Mapping[MetricType, type[Sink]] = {
    sink.type: sink for sink in (CounterSink, GaugeSink, RateSink, TrendSink)
}

_QUANTILES: Mapping[str, float] = {"min": 0.0, "med": 0.5, "max": 1.0}


def percentile_of(stat: str) -> float:
    """The N of ``p(N)``.

    Raises:
        ValueError: ``stat`` is something else, or N is not a number from 0 to 100.
    """
    if stat.startswith("p(") and stat.endswith(")"):
        try:
            percentile = float(stat[2:-1])
        except ValueError:
            percentile = -1.0
        if 0 <= percentile <= 100:
            return percentile
    raise _unknown(stat, MetricType.TREND)


def sink_from_dict(state: Mapping[str, Any]) -> Sink:
    """The sink whose ``to_dict`` was ``state``."""
    return SINKS[MetricType(state["type"])].from_dict(state)


def values_of(sink: Sink, trend_stats: Sequence[str], duration_s: float) -> dict[str, float]:
    """What summaries show of a sink, in k6's order."""
    stats = trend_stats if sink.type is MetricType.TREND else _SUMMARY_STATS[sink.type]
    return {stat: sink.value(stat, duration_s) for stat in stats}


_SUMMARY_STATS: Mapping[MetricType, Sequence[str]] = {
    MetricType.COUNTER: ("count", "rate"),
    MetricType.GAUGE: ("value", "min", "max"),
    MetricType.RATE: ("rate", "passes", "fails"),
}


def _unknown(stat: str, type_: MetricType) -> ValueError:
    return ValueError(f"a {type_} has no {stat!r}")
