"""``python -m benchmarks.run``: every case, every peer, in turn, on the same core."""

from __future__ import annotations

import argparse
from statistics import median

from benchmarks import node
from benchmarks.cases import CASES, Case
from benchmarks.machine import allow_many_sockets
from benchmarks.peers.ktb_load import KTB_LOAD
from benchmarks.servers import Failed
from benchmarks.trial import Trial, run


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--case", action="append", choices=[case.name for case in CASES])
    parser.add_argument("--peer", action="append")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    allow_many_sockets()
    problem = node.install()
    if problem:
        raise SystemExit(problem)
    for case in CASES:
        if not arguments.case or case.name in arguments.case:
            _run_case(case, arguments)


def _run_case(case: Case, arguments: argparse.Namespace) -> None:
    print(f"{case.name}: {case.title}", flush=True)
    peers = [peer for peer in case.peers if not arguments.peer or peer.name in arguments.peer]
    trials: dict[str, list[Trial]] = {}
    for _ in range(arguments.rounds):
        for peer in (KTB_LOAD, *peers):
            absent = peer.absent(case.name)
            if absent:
                print(f"  {peer.title}: absent, {absent}", flush=True)
                continue
            try:
                trial = run(case, peer)
            except Failed as error:
                print(f"  {peer.title}: {error}", flush=True)
                continue
            trials.setdefault(peer.name, []).append(trial)
            print(
                f"  {peer.title:24} {trial.cpu_us:8.1f} us  {trial.operations / trial.seconds:9.0f}/s"
                f"  cpu {trial.cpu_s / trial.seconds:5.0%}  {trial.memory_bytes / 2**20:6.1f} MB"
                f"  {trial.report}",
                flush=True,
            )
    ours = median(trial.cpu_us for trial in trials[KTB_LOAD.name])
    for peer in peers:
        if peer.name in trials:
            theirs = median(trial.cpu_us for trial in trials[peer.name])
            goal = case.peers[peer]
            print(f"  ours / {peer.title}: {ours / theirs:.3f}, goal {goal}", flush=True)


if __name__ == "__main__":
    main()
