"""A histogram of buckets whose width grows with the value: a relative error of at most 0.1 %.

The bucket of a positive v is floor(log v / log gamma); all its values lie within 0.1 % of the
bucket's middle. Negative values have buckets of their own, zero is counted apart; count, min and
max are exact. The scheme is DDSketch's (Masson, Rim, Lee 2019) without its collapsing of buckets.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import floor, log
from typing import Any, Self

RELATIVE_ERROR = 0.001

_GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
_LOG_GAMMA = log(_GAMMA)
_OFFSET = 400_000
"""Added to bucket numbers so that those of all doubles are positive; the least one is -372,220."""


class Histogram:
    """Counts of values by bucket. Buckets are numbered in the order of their values, 0 is zero."""

    __slots__ = ("_below", "_buckets", "_numbers", "count", "max", "min")

    def __init__(self) -> None:
        self.count = 0
        self.min = self.max = 0.0
        self._buckets: dict[int, int] = {}
        self._numbers: list[int] = []
        """The buckets in order; ``_below``: how many values are in each and those before it."""
        self._below: list[int] = []

    def add_sorted(self, values: Sequence[float]) -> None:
        """Count finite values that are sorted."""
        if not values:
            return
        self._widen(values[0], values[-1], len(values))
        start = 0
        while start < len(values):
            number = _bucket(values[start])
            end = _end_of_run(values, start, number)
            self._buckets[number] = self._buckets.get(number, 0) + end - start
            start = end

    def merge(self, other: Histogram) -> None:
        if other.count:
            self._widen(other.min, other.max, other.count)
            for number, count in other._buckets.items():
                self._buckets[number] = self._buckets.get(number, 0) + count

    def each(self) -> Iterator[tuple[float, int]]:
        """The middle of each bucket, with how many values are in it."""
        yield from ((_middle(number), count) for number, count in self._buckets.items())

    def at(self, rank: int) -> float:
        """The value of the ``rank``-th sample from below, counted from 0."""
        if rank <= 0:
            return self.min
        if rank >= self.count - 1:
            return self.max
        if not self._numbers:
            self._numbers = sorted(self._buckets)
            self._below = list(accumulate(self._buckets[number] for number in self._numbers))
        middle = _middle(self._numbers[bisect_right(self._below, rank)])
        return min(max(middle, self.min), self.max)

    def to_dict(self) -> dict[str, Any]:
        buckets = [list(item) for item in sorted(self._buckets.items())]
        return {"count": self.count, "min": self.min, "max": self.max, "buckets": buckets}

    @classmethod
    def from_dict(cls, state: Mapping[str, Any]) -> Self:
        histogram = cls()
        histogram.count, histogram.min, histogram.max = state["count"], state["min"], state["max"]
        histogram._buckets = dict(state["buckets"])
        return histogram

    def _widen(self, low: float, high: float, count: int) -> None:
        self.min = min(self.min, low) if self.count else low
        self.max = max(self.max, high) if self.count else high
        self.count += count
        self._numbers, self._below = [], []


def _bucket(value: float) -> int:
    if value > 0:
        return floor(log(value) / _LOG_GAMMA) + _OFFSET
    if value < 0:
        return -floor(log(-value) / _LOG_GAMMA) - _OFFSET
    return 0


def _middle(number: int) -> float:
    """The value whose relative distance to both ends of the bucket is the same."""
    if number == 0:
        return 0.0
    low = float(_GAMMA ** (abs(number) - _OFFSET))
    middle = low * 2 * _GAMMA / (1 + _GAMMA)
    return middle if number > 0 else -middle


def _end_of_run(values: Sequence[float], start: int, number: int) -> int:
    """Where the values from ``start`` on leave the bucket.

    Rounding may put a value at the very edge into the neighbour; that costs nothing that shows.
    """
    end = start + 1
    if end < len(values) and values[end] < (edge := _upper(number)):
        step = 1
        while end + step < len(values) and values[end + step] < edge:
            step *= 2
        end = bisect_left(values, edge, end, min(end + step, len(values)))
    return end


def _upper(number: int) -> float:
    """Where the bucket ends and the next one begins."""
    if number == 0:
        return 5e-324
    if number > 0:
        return float(_GAMMA ** (number + 1 - _OFFSET))
    return -float(_GAMMA ** (-number - _OFFSET))
