"""Lines of metrics whose dots and columns are aligned, as all of k6's text summaries have them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ktb_load.metrics.metric import Contains, MetricType
from ktb_load.outputs import spelling

BOLD, FAINT, RED, GREEN, CYAN, WHITE = "1", "2", "31", "32", "36", "37"

_ESCAPE = re.compile(r"\x1b(?:\[[^@-~]*[@-~]|[@-_])")


@dataclass(frozen=True)
class Paint:
    """Colours, or none."""

    enabled: bool = False

    def __call__(self, text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.enabled else text


@dataclass(frozen=True)
class Entry:
    """What a summary shows of one metric or submetric."""

    name: str
    type: MetricType
    contains: Contains
    values: Mapping[str, float]


@dataclass(frozen=True)
class Wording:
    """The author's choice of how values are shown."""

    trend_stats: Sequence[str]
    time_unit: str = ""

    def cells(self, entry: Entry) -> list[str]:
        """The columns of an entry, as text."""
        values = entry.values
        if entry.type is MetricType.TREND:
            return [self.cell(entry, stat) for stat in self.trend_stats]
        if entry.type is MetricType.COUNTER:
            return [self.cell(entry, "count"), self.cell(entry, "rate") + "/s"]
        if entry.type is MetricType.GAUGE:
            extremes = [f"{stat}={self.cell(entry, stat)}" for stat in ("min", "max")]
            return [self.cell(entry, "value"), *extremes]
        passes, total = values["passes"], values["passes"] + values["fails"]
        shares = f"{spelling.js_number(passes)} out of {spelling.js_number(total)}"
        return [self.cell(entry, "rate"), shares]

    def cell(self, entry: Entry, stat: str) -> str:
        """One value of an entry, as text."""
        amount = entry.values[stat]
        if entry.type is MetricType.TREND and stat == "count":
            return spelling.js_number(amount)
        return spelling.value(amount, entry.type, entry.contains, self.time_unit)


def width(text: str) -> int:
    """Characters as k6 counts them: after NFKC, colours left out, wide ones as one."""
    return len(_ESCAPE.sub("", unicodedata.normalize("NFKC", text)))


def dots(name: str, names_width: int) -> str:
    """What leads from a name to its values: at least three dots."""
    return "." * max(3, names_width - width(name) + 3) + ":"


class Columns:
    """The cells of entries that are shown together, with the widths that align them."""

    def __init__(self, entries: Iterable[Entry], wording: Wording) -> None:
        entries = list(entries)
        self._stats = wording.trend_stats
        self._cells = {entry.name: wording.cells(entry) for entry in entries}
        trends = [e.name for e in entries if e.type is MetricType.TREND]
        others = [e.name for e in entries if e.type is not MetricType.TREND]
        self._trends = frozenset(trends)
        self._trend_widths = self._widths(trends)
        self._other_widths = self._widths(others)

    def cells(self, name: str) -> list[str]:
        """The cells of an entry."""
        return self._cells[name]

    def names_width(self, display: Callable[[str], str]) -> int:
        """The width of the longest name as ``display`` writes it."""
        return max((width(display(name)) for name in self._cells), default=0)

    def row(self, name: str, paint: Paint, faint: tuple[str, ...]) -> str:
        """The values of an entry, padded. ``faint``: the codes of what is less important."""
        cells = self._cells[name]
        if name in self._trends:
            padded = zip(self._stats, cells, self._trend_widths, strict=True)
            return " ".join(
                f"{stat}={paint(cell, CYAN)}{_padding(cell, width_)}"
                for stat, cell, width_ in padded
            )
        first, *rest = cells
        text = paint(first, CYAN) + _padding(first, self._other_widths[0]) + " "
        if len(rest) == 1:
            return text + paint(rest[0], *faint)
        widths = self._other_widths[1:]
        return text + " ".join(
            paint(cell, *faint) + _padding(cell, width_)
            for cell, width_ in zip(rest, widths, strict=False)
        )

    def _widths(self, names: Sequence[str]) -> list[int]:
        rows = [self._cells[name] for name in names]
        columns = max(map(len, rows), default=0)
        return [max(width(row[i]) for row in rows if i < len(row)) for i in range(columns)]


def _padding(cell: str, column_width: int) -> str:
    return " " * (column_width - width(cell))
