"""``make bench``: runs the benchmark, and writes its table, its picture and its raw results."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks import node
from benchmarks.cases import QUICK, Effort, cases
from benchmarks.facts import facts
from benchmarks.machine import allow_many_sockets
from benchmarks.node import ROOT
from benchmarks.plot import plot
from benchmarks.results import Results, read_results
from benchmarks.rounds import Asked, run_case
from benchmarks.table import table

RESULTS = ROOT / "benchmarks" / "results"


def main() -> int:
    arguments = _arguments()
    effort = QUICK if arguments.quick else Effort()
    every = cases(effort)
    if arguments.again:
        _write(read_results(arguments.again), arguments)
        return 0
    if problem := node.install():
        _say(f"the servers need Node.js: {problem}")
        return 1
    allow_many_sockets()
    asked = Asked(arguments.rounds or effort.rounds, arguments.peer, hurry=arguments.quick)
    began, results = time.monotonic(), Results(facts())
    for case in every:
        if not arguments.case or case.name in arguments.case:
            run_case(case, asked, results, _say)
    results = Results({**results.machine, "took": _minutes(began)}, results.cases)
    _write(results, arguments)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [case.name for case in cases(Effort())]
    parser.add_argument("--quick", action="store_true", help="one round, short, smaller crowds")
    parser.add_argument("--rounds", type=int, help="how often each generator runs in a case")
    parser.add_argument("--case", action="append", default=[], choices=names)
    parser.add_argument("--peer", action="append", default=[], help="only these beside ours")
    parser.add_argument("--out", type=Path, help="where to write; default: benchmarks/results")
    parser.add_argument("--again", type=Path, metavar="JSON", help="only draw older results again")
    return parser.parse_args()


def _write(results: Results, arguments: argparse.Namespace) -> None:
    effort = QUICK if arguments.quick else Effort()
    partial = arguments.quick or arguments.case or arguments.peer
    folder = arguments.out or (ROOT / ".tools" / "bench" / "results" if partial else RESULTS)
    folder.mkdir(parents=True, exist_ok=True)
    results.write(folder / "latest.json")
    text = table(results, cases(effort))
    (folder / "latest.md").write_text(text)
    plot(results, cases(effort), folder / "latest.png")
    _say(f"\n{text}\n{folder}: latest.json, latest.md, latest.png")


def _minutes(began: float) -> str:
    return f"{(time.monotonic() - began) / 60:.0f} min"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
