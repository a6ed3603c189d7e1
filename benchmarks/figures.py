"""The figures that are measured: what each is called, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One kind of number."""

    title: str
    decimals: int = 1

    def write(self, value: float) -> str:
        return f"{value:,.{self.decimals}f}"


FIGURES: Mapping[str, Figure] = {
    "cpu_us": Figure("CPU µs each"),
    "cpu_s": Figure("CPU s", 2),
    "start_s": Figure("seconds", 2),
    "memory_mb": Figure("MB", 0),
    "kb_per_user": Figure("KB per user"),
    "users": Figure("users", 0),
    "median_ms": Figure("latency it reports, median ms"),
    "p95_ms": Figure("p(95) ms"),
    "late_p99_ms": Figure("late p(99) ms", 2),
    "late_median_ms": Figure("late median ms", 2),
    "late_most_ms": Figure("late at most, ms"),
    "drift_ms": Figure("drift ms", 2),
    "undone": Figure("not begun", 0),
    "per_second": Figure("each second", 0),
    "failed": Figure("failed", 0),
}
