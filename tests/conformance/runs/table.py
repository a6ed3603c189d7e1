"""Print what k6 and we make of every case, and where that differs.

    python -m tests.conformance.runs.table [part of a case's name ...]

k6 is the binary that K6_BINARY names, else ``.tools/k6``. Exit code 1: there is a difference that
no case gives a reason for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.conformance.runs.measure import Measured, measure
from tests.conformance.runs.run_case import Case, Facts, load_cases
from tests.servers.recorder import recorder

_K6 = Path(__file__).parents[3] / ".tools" / "k6"


def main(parts: Sequence[str]) -> int:
    k6 = os.environ.get("K6_BINARY", str(_K6))
    cases = {n: c for n, c in load_cases().items() if not parts or any(p in n for p in parts)}
    wrong = 0
    sys.stdout.write("| case | k6 | ours | same |\n|---|---|---|---|\n")
    with recorder() as server:
        for name, case in cases.items():
            measured = measure(case, server, k6)
            wrong += bool(measured.wrong)
            sys.stdout.write(_row(name, case, measured) + "\n")
            sys.stdout.flush()
    sys.stdout.write(f"\n{len(cases)} cases, {wrong} with differences that have no reason\n")
    return 1 if wrong else 0


def _row(name: str, case: Case, measured: Measured) -> str:
    cells = [name, _shown(measured.k6), _shown(measured.ours), _verdict(case, measured)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _shown(facts: Facts) -> str:
    counts = {"done": facts.completed, "interrupted": facts.interrupted, "dropped": facts.dropped}
    return ", ".join([f"exit {facts.code}", *(f"{n} {what}" for what, n in counts.items() if n)])


def _verdict(case: Case, measured: Measured) -> str:
    reasons = case.get("differs", {})
    explained = {r: [f for f, why in reasons.items() if why == r] for r in reasons.values()}
    said = [f"differs ({', '.join(facets)}): {why}" for why, facets in explained.items()]
    return "; ".join([*(f"**{text}**" for text in measured.wrong), *said]) or "same"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
