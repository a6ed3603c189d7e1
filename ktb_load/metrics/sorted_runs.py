"""Exact values in a few sorted lists: cheap to add to while running, cheap to ask for any rank.

One sorted list of all values would stop the process for tens of milliseconds whenever it is asked,
and a generator that stops measures itself. So values come in sorted chunks, and runs are merged as
a binary counter carries, up to ``RUN_VALUES``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

RUN_VALUES = 131_072
"""Runs as long as this are not merged further: the longest pause is that of one such merge."""


class SortedRuns:
    """A multiset of numbers that knows the value of every rank."""

    __slots__ = ("count", "runs")

    def __init__(self) -> None:
        self.count = 0
        self.runs: list[list[float]] = []

    def add_sorted(self, values: list[float]) -> None:
        """Take over a list that is sorted."""
        if not values:
            return
        runs = self.runs
        self.count += len(values)
        runs.append(values)
        while len(runs) > 1 and len(runs[-2]) < min(2 * len(runs[-1]), RUN_VALUES):
            last = runs.pop()
            runs[-1].extend(last)
            runs[-1].sort()  # timsort merges two sorted runs in linear time

    def at(self, rank: int) -> float:
        """The value of the ``rank``-th from below, counted from 0."""
        if len(self.runs) == 1:
            return self.runs[0][rank]
        firsts = ((run, bisect_left(run, rank + 1, key=self._up_to)) for run in self.runs)
        return min(run[index] for run, index in firsts if index < len(run))

    def _up_to(self, value: float) -> int:
        """How many values are at most ``value``."""
        return sum([bisect_right(run, value) for run in self.runs])
