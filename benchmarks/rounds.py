"""Runs the cases: in every round each generator once, ours and its peers one behind the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from benchmarks.cases import Case
from benchmarks.figures import FIGURES
from benchmarks.peers.peer import Peer
from benchmarks.results import Results
from benchmarks.servers import Failed


@dataclass(frozen=True)
class Asked:
    """Which part of the benchmark is to run."""

    rounds: int
    peers: Collection[str] = ()
    """Names; nothing: all. Ours is always there."""
    hurry: bool = False

    def takes_part(self, case: Case, peer: Peer, number: int) -> bool:
        if peer in case.once and number > 1:
            return False
        if peer is case.peers[0]:
            return True
        if self.peers:
            return peer.name in self.peers
        return not (self.hurry and peer in case.once)


def run_case(case: Case, asked: Asked, results: Results, say: Callable[[str], None]) -> None:
    """Add a case to the results; what cannot be measured gets its reason."""
    say(f"\n{case.title}")
    for number in range(1, asked.rounds + 1):
        for peer in case.peers:
            if asked.takes_part(case, peer, number):
                _run(case, peer, number, results, say)


def _run(case: Case, peer: Peer, number: int, results: Results, say: Callable[[str], None]) -> None:
    outcome = results.outcome(case.name, peer.name, peer.title)
    if number > 1 and not outcome.runs:
        return  # it could not the first time
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
