"""A case on both runners, one after the other, so that they do not disturb each other."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.runs.compare import Difference, differences, unexpected, unexplained
from tests.conformance.runs.run_case import Case, Facts, run_on_k6, run_on_ours
from tests.servers.recorder import Recorder

_DECIDED_BY_A_CLOCK = frozenset({"schedule", "durations"})


@dataclass(frozen=True)
class Measured:
    """What came of a case."""

    k6: Facts
    ours: Facts
    found: list[Difference]
    wrong: list[str]
    """Empty if both runners agree but where the case says why not."""


def measure(case: Case, recorder: Recorder, k6: str) -> Measured:
    """Run a case. One that fails by the clock alone is run once more: the machine may have been
    busy.
    """
    measured = _once(case, recorder, k6)
    facets = {text.partition(":")[0] for text in measured.wrong}
    if facets and facets <= _DECIDED_BY_A_CLOCK:
        measured = _once(case, recorder, k6)
    return measured


def _once(case: Case, recorder: Recorder, k6: str) -> Measured:
    with tempfile.TemporaryDirectory() as there, tempfile.TemporaryDirectory() as here:
        theirs = run_on_k6(case, recorder, k6, Path(there))
        mine = run_on_ours(case, recorder, Path(here))
    found = differences(case, theirs, mine)
    return Measured(theirs, mine, found, [*unexpected(case, theirs), *unexplained(case, found)])
