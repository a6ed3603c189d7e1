"""How a run looks to Prometheus: k6's names and units (k6 1.8.1, ``experimental-prometheus-rw``).

    counter  k6_<name>_total        the sum
    gauge    k6_<name>              the last value
    rate     k6_<name>_rate         0 to 1
    trend    k6_<name>_<stat>       p(99.9) is p999; times are in seconds

Every value is over the whole run so far. Nothing here knows how the values get to Prometheus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ktb_load.metrics.metric import Contains, MetricSpec, MetricType
from ktb_load.metrics.sinks import SINKS, CounterSink, Sink, TrendSink, percentile_of
from ktb_load.metrics.store import Series, Store
from ktb_load.metrics.tags import Tags
from ktb_load.outputs.labels import labels_of
from ktb_load.outputs.output import CannotOpen

EXACT_VALUES = 20_000
"""So many values of one series are kept as they are, beside those in the store. Past it percentiles
have a relative error of at most 0.1 %."""

_PLAIN_STATS = ("count", "sum", "min", "max", "avg", "med")


def read_stats(text: str) -> tuple[str, ...]:
    """The stats in a list like ``p(95),avg,sum``. Raises CannotOpen."""
    stats = tuple(stat.strip() for stat in text.split(","))
    for stat in stats:
        try:
            if stat not in _PLAIN_STATS:
                percentile_of(stat)
        except ValueError as error:
            what = f"invalid trend stat '{stat}', unknown format"
            raise CannotOpen(what, f"write {', '.join(_PLAIN_STATS)}, or p(95)") from error
    return stats


class Tracked:
    """All samples of one metric with one set of labels."""

    __slots__ = ("_touch", "labels", "last_s", "sink", "spec", "total")

    def __init__(self, spec: MetricSpec, labels: Tags, touch: Callable[[Tracked], float]) -> None:
        self.spec, self.labels, self._touch = spec, labels, touch
        trend = spec.type is MetricType.TREND
        self.sink: Sink = TrendSink(EXACT_VALUES) if trend else SINKS[spec.type]()
        self.total = 0.0
        self.last_s = 0.0
        """When the last sample came, in seconds since 1970."""

    def add(self, value: float) -> None:
        """Take one sample."""
        self.sink.add(value)
        self.total += value
        self.last_s = self._touch(self)

    def merge(self, sink: Any) -> None:
        """Take what another process has collected."""
        self.sink.merge(sink)
        if isinstance(sink, CounterSink | TrendSink):
            self.total += sink.total
        self.last_s = self._touch(self)

    def values(self, stats: Sequence[str]) -> Iterator[tuple[str, float]]:
        """Names and what they are worth."""
        name, type_ = f"k6_{self.spec.name}", self.spec.type
        if type_ is MetricType.COUNTER:
            yield f"{name}_total", self.total
        elif type_ is MetricType.GAUGE:
            yield name, self.sink.value("value", 0)
        elif type_ is MetricType.RATE:
            yield f"{name}_rate", self.sink.value("rate", 0)
        else:
            for stat in stats:
                yield f"{name}_{_suffix(stat)}", self._of_trend(stat)

    def _of_trend(self, stat: str) -> float:
        value = self.total if stat == "sum" else self.sink.value(stat, 0)
        # A count has no unit, but k6 1.8.1 divides that of a time as well, and dashboards know it.
        return value / 1000 if self.spec.contains is Contains.TIME else value


def _suffix(stat: str) -> str:
    return stat.replace("(", "").replace(")", "").replace(".", "")


class Tracker:
    """Follows every series of a store. Series whose labels are equal are one."""

    def __init__(
        self, store: Store, epoch: Callable[[], float], label: Callable[[str], str] = str
    ) -> None:
        """``label`` spells the name of a tag as the other end wants it."""
        self._epoch, self._label = epoch, label
        self._tracked: dict[tuple[str, Tags], Tracked] = {}
        self._closed = False
        self.touched: dict[Tracked, None] = {}
        """What got samples since the owner looked last, and took it away."""
        store.each_series(self._attach)

    @property
    def all(self) -> list[Tracked]:
        """Everything that got a sample."""
        return [tracked for tracked in self._tracked.values() if tracked.sink.count]

    def close(self) -> None:
        """Be deaf to what comes later."""
        self._closed = True

    def _attach(self, series: Series) -> None:
        if self._closed:
            return
        labels = labels_of(series.tags, self._label)
        key = series.metric.name, labels
        tracked = self._tracked.get(key)
        if tracked is None:
            tracked = self._tracked[key] = Tracked(series.metric, labels, self._touch)
        series.feed(tracked)

    def _touch(self, tracked: Tracked) -> float:
        self.touched[tracked] = None
        return self._epoch()
