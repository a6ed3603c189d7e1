"""What came out, as data: every run of every generator in every case; JSON and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Outcome:
    """One generator in one case."""

    title: str
    runs: dict[int, Mapping[str, float]] = field(default_factory=dict)
    """Round -> what was measured."""
    absent: str = ""
    """Why there is nothing, or less than there should be."""

    def values(self, figure: str) -> dict[int, float]:
        """One figure of every run that has it."""
        return {number: run[figure] for number, run in self.runs.items() if figure in run}


@dataclass
class Results:
    """One run of the benchmark."""

    machine: Mapping[str, str]
    cases: dict[str, dict[str, Outcome]] = field(default_factory=dict)
    """Case -> generator -> outcome."""

    def outcome(self, case: str, peer: str, title: str) -> Outcome:
        return self.cases.setdefault(case, {}).setdefault(peer, Outcome(title))

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n")


def read_results(path: Path) -> Results:
    """What ``write`` wrote."""
    told = json.loads(path.read_text())
    results = Results(told["machine"])
    for case, peers in told["cases"].items():
        for peer, outcome in peers.items():
            runs = {int(number): run for number, run in outcome["runs"].items()}
            results.cases.setdefault(case, {})[peer] = Outcome(
                outcome["title"], runs, outcome["absent"]
            )
    return results
