"""Artillery with its own Socket.IO engine."""

from __future__ import annotations

import json
from functools import cache

from benchmarks import node
from benchmarks.peers.peer import Command, Job, Peer, Report, Work

FOLDER = node.ROOT / ".tools" / "bench" / "artillery"
_WANTED = node.ROOT / "benchmarks" / "artillery" / "package.json"


def _absent(work: Work) -> str:
    if not work.script("artillery.yml").exists():
        return "no script for Artillery"
    return _installed()


@cache
def _installed() -> str:
    return node.install_in(FOLDER, _WANTED)


def _command(job: Job) -> Command:
    script, report = job.work.script("artillery.yml"), job.scratch / "artillery.json"
    arguments = [node.BINARY, str(FOLDER / "node_modules" / "artillery" / "bin" / "run")]
    arguments += ["run", "--quiet", "--output", str(report), str(script)]
    seconds = int(job.work.settle_s + job.work.window_s + 3)  # told to end, it writes no report
    told = {"ARTILLERY_DISABLE_TELEMETRY": "true", "WORKERS": "1", "SECONDS": str(seconds)}
    return Command(arguments, lambda: _read(job), environment=told, stops_when_told=False)


def _read(job: Job) -> Report:
    told = json.loads((job.scratch / "artillery.json").read_text())["aggregate"]
    latency = told["summaries"]["socketio.response_time"]
    failed = sum(count for name, count in told["counters"].items() if name.startswith("errors."))
    return Report(latency["count"], latency["median"], latency["p95"], failed)


ARTILLERY = Peer("artillery", "Artillery", _absent, _command)
