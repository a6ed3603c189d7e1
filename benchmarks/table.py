"""The results as a table in Markdown, which is also what the terminal shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.cases import Case
from benchmarks.figures import FIGURES
from benchmarks.results import Outcome, Results
from benchmarks.statistics import Spread, ratios, spread


def table(results: Results, cases: Sequence[Case]) -> str:
    """One table for each case, under the machine that it was measured on."""
    facts = ", ".join(f"{name} {value}" for name, value in results.machine.items())
    parts = [facts]
    parts += [_case(case, results.cases[case.name]) for case in cases if case.name in results.cases]
    return "\n\n".join(parts) + "\n"


def _case(case: Case, outcomes: dict[str, Outcome]) -> str:
    headline = FIGURES[case.figure].title
    head = ["", headline, "ours as a share of it", "goal"]
    head += [FIGURES[name].title for name in case.beside]
    rows = [head, ["---"] + ["---:"] * (len(head) - 1)]
    rows += [_row(case, name, outcomes) for name in outcomes]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"**{case.title}**", "", *lines, *_reasons(outcomes)])


def _row(case: Case, name: str, outcomes: dict[str, Outcome]) -> list[str]:
    outcome, ours = outcomes[name], outcomes[case.peers[0].name]
    figure = FIGURES[case.figure]
    values = spread(list(outcome.values(case.figure).values()))
    cells = [outcome.title, _spread(values, figure.decimals)]
    if outcome is ours:
        cells += ["", _verdict(values, case.at_most, figure.decimals)]
    else:
        share = spread(ratios(ours.values(case.figure), outcome.values(case.figure)))
        goals = {peer.name: goal for peer, goal in case.shares.items()}
        decimals = 2 if share is None or share.median >= 0.1 else 3
        cells += [_spread(share, decimals), _verdict(share, goals.get(name), 2)]
    for beside in case.beside:
        value = spread(list(outcome.values(beside).values()))
        cells.append(FIGURES[beside].write(value.median) if value else "")
    return cells


def _spread(values: Spread | None, decimals: int) -> str:
    """``5.1 (4.9-5.6)``; a single run has no spread."""
    if values is None:
        return ""
    middle = f"{values.median:,.{decimals}f}"
    if values.count == 1:
        return middle
    return f"{middle} ({values.least:,.{decimals}f}–{values.most:,.{decimals}f})"


def _verdict(values: Spread | None, at_most: float | None, decimals: int) -> str:
    if at_most is None:
        return ""
    goal = f"≤ {at_most:,.{decimals}f}"
    if values is None:
        return f"{goal}: not measured"
    return f"{goal}: {'held' if values.median <= at_most else 'missed'}"


def _reasons(outcomes: dict[str, Outcome]) -> Iterator[str]:
    """Why something is not there."""
    for outcome in outcomes.values():
        if outcome.absent:
            what = "not every run" if outcome.runs else "absent"
            yield f"\n{outcome.title}: {what}; {outcome.absent}"
