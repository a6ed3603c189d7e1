"""What a run is worth as OpenTelemetry metrics: k6's mapping (k6 1.8.1), totals since the start.

    counter  a sum that only grows
    gauge    a gauge, the last value
    rate     <name>.total, counted apart as condition=nonzero and condition=zero
    trend    a histogram with the usual bounds

Times have the unit ``ms``, amounts of data ``By``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ktb_load.metrics.metric import Contains, MetricSpec, MetricType
from ktb_load.metrics.sinks import CounterSink, GaugeSink, RateSink, TrendSink
from ktb_load.metrics.store import Series, Store
from ktb_load.metrics.tags import Tags
from ktb_load.outputs.labels import labels_of

BOUNDS = (0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000)
"""Upper bounds of a histogram's buckets, in OpenTelemetry's specification; the last one is open."""

UNITS: Mapping[Contains, str] = MappingProxyType(
    {Contains.DEFAULT: "", Contains.TIME: "ms", Contains.DATA: "By"}
)


class Total:
    """A counter's sum, or a gauge's last value."""

    def __init__(self, adds: bool) -> None:
        self.count, self.value, self._adds = 0, 0.0, adds

    def add(self, value: float) -> None:
        """Take one sample."""
        self.count += 1
        self.value = self.value + value if self._adds else float(value)

    def merge(self, sink: CounterSink | GaugeSink) -> None:
        """Take what another process has collected."""
        self.count += sink.count
        if isinstance(sink, CounterSink):
            self.value += sink.total
        elif sink.count:
            self.value = sink.last


class Shares:
    """How many samples of a rate were zero, how many were not."""

    def __init__(self) -> None:
        self.count = self.nonzero = 0

    def add(self, value: float) -> None:
        """Take one sample."""
        self.count += 1
        self.nonzero += value != 0

    def merge(self, sink: RateSink) -> None:
        """Take what another process has collected."""
        self.count += sink.count
        self.nonzero += sink.passes


@dataclass
class Buckets:
    """A trend's values by size."""

    count: int = 0
    sum: float = 0.0
    min: float = 0.0
    max: float = 0.0
    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))

    def add(self, value: float) -> None:
        """Take one sample."""
        self._reach(value, value)
        self.count += 1
        self.sum += value
        self.counts[bisect_left(BOUNDS, value)] += 1

    def merge(self, sink: TrendSink) -> None:
        """Take what another process has collected."""
        if not sink.count:
            return
        self._reach(sink.value("min", 0), sink.value("max", 0))
        self.count += sink.count
        self.sum += sink.total
        for value, times in sink.each():
            self.counts[bisect_left(BOUNDS, value)] += times

    def _reach(self, least: float, greatest: float) -> None:
        self.min = min(self.min, least) if self.count else least
        self.max = max(self.max, greatest) if self.count else greatest


Kept = Total | Shares | Buckets

_KINDS: Mapping[MetricType, Callable[[], Kept]] = MappingProxyType(
    {
        MetricType.COUNTER: lambda: Total(adds=True),
        MetricType.GAUGE: lambda: Total(adds=False),
        MetricType.RATE: Shares,
        MetricType.TREND: Buckets,
    }
)


@dataclass
class Followed:
    """One metric: since when, and what its series are worth by their attributes."""

    spec: MetricSpec
    since_s: float
    points: dict[Tags, Kept] = field(default_factory=dict)


class Follower:
    """Follows every series of a store from now on."""

    def __init__(self, store: Store, epoch: Callable[[], float]) -> None:
        self._epoch, self._open = epoch, True
        self.metrics: dict[str, Followed] = {}
        store.each_series(self._attach)

    def close(self) -> None:
        """Be deaf to series that are new."""
        self._open = False

    def _attach(self, series: Series) -> None:
        if not self._open:
            return
        spec = series.metric
        followed = self.metrics.get(spec.name)
        if followed is None:
            followed = self.metrics[spec.name] = Followed(spec, self._epoch())
        attributes = labels_of(series.tags)
        kept = followed.points.get(attributes)
        if kept is None:
            kept = followed.points[attributes] = _KINDS[spec.type]()
        series.feed(kept)
