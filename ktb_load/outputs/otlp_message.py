"""An OTLP request: the classes of OpenTelemetry's SDK, filled from ``otlp_points``.

Needs the extra ``otel``; nothing else imports OpenTelemetry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opentelemetry.exporter.otlp.proto.common.metrics_encoder import encode_metrics
from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    Gauge,
    Histogram,
    HistogramDataPoint,
    Metric,
    MetricsData,
    NumberDataPoint,
    ResourceMetrics,
    ScopeMetrics,
    Sum,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.util.instrumentation import InstrumentationScope

from ktb_load.metrics.metric import MetricType
from ktb_load.metrics.tags import Tags
from ktb_load.outputs.otlp_points import BOUNDS, UNITS, Buckets, Followed, Follower, Shares, Total

_TOTAL = AggregationTemporality.CUMULATIVE
_Numbers = Sequence[tuple[Tags, float]]


@dataclass(frozen=True)
class Message:
    """Turns what was followed into requests."""

    prefix: str
    service: str
    version: str
    single_counter: bool
    """A rate is one counter with a condition; False: k6's older ``.occurred`` and ``.total``."""

    def encode(self, follower: Follower, epoch_s: float) -> bytes | None:
        """The body of a request; None as long as nothing was measured."""
        metrics = [
            metric
            for followed in follower.metrics.values()
            for metric in _Metrics(self, followed, _ns(epoch_s)).all()
        ]
        if not metrics:
            return None
        about = {"service.name": self.service}
        if self.version:
            about["service.version"] = self.version
        scope = ScopeMetrics(InstrumentationScope("ktb_load"), metrics, "")
        resource = ResourceMetrics(Resource.create(about), [scope], "")
        body: bytes = encode_metrics(MetricsData([resource])).SerializeToString()
        return body


@dataclass(frozen=True)
class _Metrics:
    """The metrics of OpenTelemetry that one of ours becomes."""

    message: Message
    followed: Followed
    now_ns: int

    def all(self) -> Iterator[Metric]:
        kept = [(tags, points) for tags, points in self.followed.points.items() if points.count]
        if not kept:
            return
        type_ = self.followed.spec.type
        if type_ is MetricType.TREND:
            points = [
                self._buckets(tags, kept_) for tags, kept_ in kept if isinstance(kept_, Buckets)
            ]
            yield self._metric("", Histogram(points, _TOTAL))
        elif type_ is MetricType.RATE:
            yield from self._rate(
                [(tags, kept_) for tags, kept_ in kept if isinstance(kept_, Shares)]
            )
        else:
            numbers = [(tags, kept_.value) for tags, kept_ in kept if isinstance(kept_, Total)]
            sums = type_ is MetricType.COUNTER
            yield (
                self._sum("", numbers) if sums else self._metric("", Gauge(self._numbers(numbers)))
            )

    def _rate(self, shares: Sequence[tuple[Tags, Shares]]) -> Iterator[Metric]:
        if self.message.single_counter:
            yield self._sum(".total", list(_by_condition(shares)))
            return
        if occurred := [(tags, kept.nonzero) for tags, kept in shares if kept.nonzero]:
            yield self._sum(".occurred", occurred)
        yield self._sum(".total", [(tags, kept.count) for tags, kept in shares])

    def _sum(self, suffix: str, numbers: _Numbers) -> Metric:
        return self._metric(suffix, Sum(self._numbers(numbers), _TOTAL, is_monotonic=True))

    def _metric(self, suffix: str, data: Sum | Gauge | Histogram) -> Metric:
        spec = self.followed.spec
        name = f"{self.message.prefix}{spec.name}{suffix}"
        unit = "" if spec.type is MetricType.RATE else UNITS[spec.contains]
        return Metric(name, spec.description, unit, data)

    def _numbers(self, numbers: _Numbers) -> list[NumberDataPoint]:
        since = _ns(self.followed.since_s)
        return [NumberDataPoint(dict(tags), since, self.now_ns, value) for tags, value in numbers]

    def _buckets(self, tags: Tags, kept: Buckets) -> HistogramDataPoint:
        return HistogramDataPoint(
            dict(tags),
            _ns(self.followed.since_s),
            self.now_ns,
            kept.count,
            kept.sum,
            kept.counts,
            BOUNDS,
            kept.min,
            kept.max,
        )


def _by_condition(shares: Sequence[tuple[Tags, Shares]]) -> Iterator[tuple[Tags, int]]:
    """A number for every condition that was met."""
    for tags, kept in shares:
        if kept.nonzero:
            yield (*tags, ("condition", "nonzero")), kept.nonzero
        if zero := kept.count - kept.nonzero:
            yield (*tags, ("condition", "zero")), zero


def _ns(epoch_s: float) -> int:
    return int(epoch_s * 1e6) * 1000
