"""Runs the cases: in every round each generator once, ours and its peers one behind the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from benchmarks.cases import Case
from benchmarks.figures import FIGURES
from benchmarks.peers.peer import Peer
from benchmarks.results import Results
from benchmarks.servers import Failed


def run_case(
    case: Case, rounds: int, wanted: Sequence[str], results: Results, say: Callable[[str], None]
) -> None:
    """Add a case to the results; what cannot be measured gets its reason."""
    say(f"\n{case.title}")
    peers = [peer for peer in case.peers[1:] if not wanted or peer.name in wanted]
    for number in range(1, min(rounds, case.rounds or rounds) + 1):
        for peer in (case.peers[0], *peers):
            _run(case, peer, number, results, say)


def _run(case: Case, peer: Peer, number: int, results: Results, say: Callable[[str], None]) -> None:
    outcome = results.outcome(case.name, peer.name, peer.title)
    if number > 1 and not outcome.runs:
        return  # it could not the first time
    assert case.work is not None
    began = time.monotonic()
    why = peer.absent(case.work)
    if not why:
        try:
            outcome.runs[number] = case.measure(peer)
        except Failed as failure:
            why = str(failure)
    outcome.absent = why or outcome.absent
    run = outcome.runs.get(number, {})
    figures = ", ".join(
        f"{FIGURES[name].title} {FIGURES[name].write(run[name])}"
        for name in (case.figure, *case.beside)
        if name in run
    )
    say(f"  {number} {peer.title}: {figures or why} [{time.monotonic() - began:.0f} s]")
