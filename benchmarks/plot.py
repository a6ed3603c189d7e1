"""The results as one picture: what an operation costs each generator, and how we grow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.cases import Case
from benchmarks.figures import FIGURES
from benchmarks.results import Outcome, Results
from benchmarks.statistics import spread

OURS, THEIRS = "#d9480f", "#868e96"
COLUMNS = 2
TITLE: Mapping[str, Any] = {"fontsize": 8, "loc": "left"}
STYLES: Sequence[Mapping[str, Any]] = (
    {"marker": "o", "color": OURS},
    {"marker": "o", "color": OURS, "linestyle": "dashed"},
    {"marker": "s", "color": THEIRS},
    {"marker": "^", "color": THEIRS},
)
"""Of the lines of growth: ours in one process and in two, then others."""


def plot(results: Results, cases: Sequence[Case], path: Path) -> None:
    """Draw the cases with peers as bars, and those of growth as lines over the number of users."""
    shown = [case for case in cases if case.name in results.cases]
    bars = [case for case in shown if not case.name.startswith("growth-")]
    grown = [case for case in shown if case.name.startswith("growth-")]
    rows = (len(bars) + bool(grown) * 2 + COLUMNS - 1) // COLUMNS
    picture = Figure(figsize=(11, 2.6 * rows), layout="constrained")
    axes = [picture.add_subplot(rows, COLUMNS, place + 1) for place in range(rows * COLUMNS)]
    for case, axis in zip(bars, axes, strict=False):
        _bars(axis, case, results.cases[case.name])
    if grown:
        _growth(axes[len(bars)], "cpu_us", grown, results)
        _growth(axes[len(bars) + 1], "memory_mb", grown, results)
    for axis in axes:
        axis.set_visible(axis.has_data())
    picture.savefig(path, dpi=110)


def _bars(axis: Axes, case: Case, outcomes: dict[str, Outcome]) -> None:
    measured = {name: outcome for name, outcome in outcomes.items() if outcome.runs}
    for place, (name, outcome) in enumerate(reversed(measured.items())):
        values = spread(list(outcome.values(case.figure).values()))
        if values is None:
            continue
        beyond = [[values.median - values.least], [values.most - values.median]]
        colour = OURS if name == case.peers[0].name else THEIRS
        axis.barh(place, values.median, xerr=beyond, color=colour, capsize=3)
        axis.annotate(
            f" {FIGURES[case.figure].write(values.median)}", (values.most, place), va="center"
        )
    axis.set_yticks(range(len(measured)), [o.title for o in reversed(measured.values())])
    axis.margins(x=0.15)
    axis.set_title(fill(case.title, 58), **TITLE)
    axis.set_xlabel(FIGURES[case.figure].title, fontsize=8)


def _growth(axis: Axes, figure: str, grown: Sequence[Case], results: Results) -> None:
    lines: dict[str, list[tuple[int, float]]] = {}
    sizes = []
    for case in grown:
        sizes.append(case.work.users)
        for outcome in results.cases[case.name].values():
            for value in outcome.values(figure).values():
                lines.setdefault(outcome.title, []).append((case.work.users, value))
    for (title, points), style in zip(lines.items(), STYLES, strict=False):
        axis.plot(*zip(*points, strict=True), label=title, **style)
    axis.set_xscale("log")
    axis.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axis.minorticks_off()
    axis.set_ylim(bottom=0)
    axis.set_xlabel("users", fontsize=8)
    axis.set_title(f"growth, a message every ten seconds: {FIGURES[figure].title}", **TITLE)
    axis.legend(fontsize=7)
