"""What repeated runs come to: the median, and between what they lay.

Two generators are compared pair by pair: run 1 of ours with run 1 of the peer, in the same minute
or two, so that a machine that is slower for a while does not favour either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True)
class Spread:
    """The median of some values, the smallest and the largest."""

    median: float
    least: float
    most: float
    count: int


def spread(values: Sequence[float]) -> Spread | None:
    """None where nothing was measured."""
    if not values:
        return None
    return Spread(median(values), min(values), max(values), len(values))


def ratios(ours: Mapping[int, float], theirs: Mapping[int, float]) -> list[float]:
    """Ours as a share of theirs, for each round in which both were measured."""
    return [ours[number] / theirs[number] for number in ours if theirs.get(number)]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` of all values do not exceed.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]
