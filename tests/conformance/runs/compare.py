"""What two runs of one case must have in common.

Each facet is a function of a run's facts; where two runs show something else, they differ. Only
what a clock decides has a tolerance:

- Arrivals. Both lists of one request are laid side by side in order. The runs are aligned by the
  median of all differences, because the moment of the first request is no truer than others; then
  no arrival may be more than ``arrivals_within_ms`` (60) off.
- Averages of ``iteration_duration`` and ``group_duration``, as wide.
- The gauge ``vus`` is read each second, which may be the moment of a change: only where a case says
  ``also: [vus]``.
- A case with an open boundary says ``counts_within: 1`` (an iteration that is due at the very end
  of ``duration`` may or may not begin).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.conformance.runs.run_case import Case, Facts

ARRIVALS_WITHIN_MS = 60


@dataclass(frozen=True)
class Difference:
    """What one facet shows of each runner."""

    facet: str
    k6: str
    ours: str

    def __str__(self) -> str:
        return f"{self.facet}: k6 {self.k6}, ours {self.ours}"


def _requests(_case: Case, facts: Facts) -> dict[str, int]:
    return {target: len(found) for target, found in sorted(facts.arrivals.items())}


def _user_agents(case: Case, facts: Facts) -> Any:
    return facts.user_agents if "userAgent" in case["options"] else None


def _said(case: Case, runner: str, facts: Facts) -> list[str]:
    """Those of the texts to be said that were not."""
    says = case.get("says", [])
    texts = says if isinstance(says, list) else says[runner]
    return [text for text in texts if text not in facts.stderr]


EXACT: dict[str, Callable[[Case, Facts], Any]] = {
    "code": lambda _, facts: facts.code,
    "metrics": lambda _, facts: facts.metrics,
    "thresholds": lambda _, facts: facts.thresholds,
    "checks": lambda _, facts: facts.checks,
    "groups": lambda _, facts: sorted(facts.groups),
    "values": lambda _, facts: facts.values,
    "cookies": lambda _, facts: facts.cookies,
    "user agents": _user_agents,
    "vus": lambda case, facts: facts.vus if "vus" in case.get("also", []) else None,
}
"""Must be equal."""

COUNTED: dict[str, Callable[[Case, Facts], Any]] = {
    "requests": _requests,
    "iterations": lambda _, facts: facts.completed,
    "interrupted": lambda _, facts: facts.interrupted,
    "dropped": lambda _, facts: facts.dropped,
    "connections": lambda _, facts: facts.connections,
}
"""May differ by the case's ``counts_within``."""


def differences(case: Case, k6: Facts, ours: Facts) -> list[Difference]:
    """Every difference, but those of facets that the case leaves out."""
    found = [*_exact(case, k6, ours), *_counted(case, k6, ours), *_measured(case, k6, ours)]
    if k6.summarised != ours.summarised:  # one did not run, all else follows from that
        found = [difference for difference in found if difference.facet in ("code", "says")]
    return [difference for difference in found if difference.facet not in case.get("leave", [])]


def unexplained(case: Case, found: list[Difference]) -> list[str]:
    """Differences that the case gives no reason for, and reasons without a difference."""
    reasons = case.get("differs", {})
    facets = {difference.facet for difference in found}
    stale = [f"{facet}: said to differ, but it does not" for facet in reasons.keys() - facets]
    return [str(d) for d in found if d.facet not in reasons] + sorted(stale)


def unexpected(case: Case, k6: Facts) -> list[str]:
    """Where k6 itself did not do what the case is about, so that it would prove nothing."""
    readings = {"vus_max": lambda _, facts: facts.vus_max, **EXACT, **COUNTED}
    shown = {facet: readings[facet](case, k6) for facet in case.get("expect", {})}
    return [
        f"{facet}: expected of k6 {wanted}, but it is {shown[facet]}"
        for facet, wanted in case.get("expect", {}).items()
        if shown[facet] != wanted
    ]


def _exact(case: Case, k6: Facts, ours: Facts) -> Iterator[Difference]:
    for facet, read in EXACT.items():
        theirs, mine = read(case, k6), read(case, ours)
        if theirs != mine:
            yield Difference(facet, *_shortest(theirs, mine))
    unsaid = _said(case, "k6", k6), _said(case, "ours", ours)
    if any(unsaid):
        yield Difference("says", f"does not say {unsaid[0]}", f"does not say {unsaid[1]}")
    if None not in (k6.vus_max, ours.vus_max) and k6.vus_max != ours.vus_max:
        yield Difference("vus_max", str(k6.vus_max), str(ours.vus_max))
    yield from _tags(k6, ours)


def _tags(k6: Facts, ours: Facts) -> Iterator[Difference]:
    """Metrics with the same difference are shown together: HTTP's nine are alike."""
    alike: dict[tuple[str, str], list[str]] = {}
    for metric in sorted(k6.tags.keys() & ours.tags.keys()):
        if k6.tags[metric] != ours.tags[metric]:
            alike.setdefault(_shortest(k6.tags[metric], ours.tags[metric]), []).append(metric)
    for (theirs, mine), metrics in alike.items():
        yield Difference("tags", f"{' '.join(metrics)} {theirs}", mine)


def _counted(case: Case, k6: Facts, ours: Facts) -> Iterator[Difference]:
    within = case.get("counts_within", 0)
    for facet, read in COUNTED.items():
        theirs, mine = read(case, k6), read(case, ours)
        if not _near(theirs, mine, within):
            yield Difference(facet, *_shortest(theirs, mine))


def _near(theirs: Any, mine: Any, within: int) -> bool:
    if isinstance(theirs, dict):
        return theirs.keys() == mine.keys() and all(
            _near(theirs[k], mine[k], within) for k in theirs
        )
    return abs(theirs - mine) <= within


def _measured(case: Case, k6: Facts, ours: Facts) -> Iterator[Difference]:
    within_ms = case.get("arrivals_within_ms", ARRIVALS_WITHIN_MS)
    off_ms = arrivals_apart_ms(k6, ours)
    worst = max(off_ms, default=0.0)
    if worst > within_ms:
        yield Difference("schedule", _timetable(k6), f"{_timetable(ours)}, {worst:.0f} ms apart")
    for metric in sorted(k6.averages_ms.keys() & ours.averages_ms.keys()):
        theirs, mine = k6.averages_ms[metric], ours.averages_ms[metric]
        if abs(theirs - mine) > within_ms and not case.get("counts_within"):
            yield Difference("durations", f"{metric} {theirs:.0f} ms", f"{mine:.0f} ms")


def arrivals_apart_ms(k6: Facts, ours: Facts) -> list[float]:
    """How far each arrival is from its counterpart, once the runs are aligned."""
    apart = [
        (mine - theirs) * 1000
        for target in k6.arrivals.keys() & ours.arrivals.keys()
        for theirs, mine in zip(k6.arrivals[target], ours.arrivals[target], strict=False)
    ]
    shift = median(apart) if apart else 0.0
    return [abs(difference - shift) for difference in apart]


def _timetable(facts: Facts) -> str:
    parts = (
        f"{target} at " + " ".join(f"{at:.2f}" for at in found)
        for target, found in sorted(facts.arrivals.items())
    )
    return "; ".join(parts)


def _shortest(theirs: Any, mine: Any) -> tuple[str, str]:
    """Of two lists or mappings only what is not in both."""
    if isinstance(theirs, dict) and isinstance(mine, dict):
        both = {key for key in theirs if mine.get(key, ...) == theirs[key]}
        theirs = {key: value for key, value in theirs.items() if key not in both}
        mine = {key: value for key, value in mine.items() if key not in both}
    elif isinstance(theirs, list) and isinstance(mine, list):
        theirs, mine = (
            [item for item in theirs if item not in mine],
            [item for item in mine if item not in theirs],
        )
    return str(theirs), str(mine)
