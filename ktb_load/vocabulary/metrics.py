"""Counter, Gauge, Rate and Trend: metrics of one's own (k6 1.8.1 ``js/modules/k6/metrics``).

Declare them at the top of a locustfile, add to them in tasks:

    slow_rooms = Counter("slow_rooms")
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from ktb_load.metrics.custom import declare
from ktb_load.metrics.metric import Contains, MetricSpec, MetricType
from ktb_load.vocabulary.context import current


class _Metric:
    """What the four have in common."""

    type: MetricType

    def __init__(self, name: str, is_time: bool = False) -> None:
        """
        Args:
            name: 2 to 128 letters, digits and underscores, not a digit first.
            is_time: the values are milliseconds.

        Raises:
            ValueError: the name is not allowed, or stands for another kind of metric.
        """
        contains = Contains.TIME if is_time else Contains.DEFAULT
        self.name = declare(MetricSpec(name, self.type, contains)).name

    def add(self, value: float, tags: Mapping[str, str] | None = None) -> None:
        """Take one sample, with the VU's tags and ``tags``.

        Raises:
            ValueError: ``value`` is not a number.
        """
        number = float(value)
        if not isfinite(number):
            raise ValueError(f"{value!r} is not a value for the metric {self.name!r}")
        current().recorder.add(self.name, number, tags)


class Counter(_Metric):
    """A sum."""

    type = MetricType.COUNTER


class Gauge(_Metric):
    """The last value, the smallest and the largest."""

    type = MetricType.GAUGE


class Rate(_Metric):
    """How many values were not zero (or not False)."""

    type = MetricType.RATE


class Trend(_Metric):
    """A distribution: average, percentiles, ..."""

    type = MetricType.TREND
