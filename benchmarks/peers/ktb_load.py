"""We ourselves, as people start us: Locust with a locustfile and a plan."""

from __future__ import annotations

import sys

from benchmarks.peers.peer import Command, Job, Peer
from benchmarks.peers.plan import read_summary, write_plan


def _command(job: Job) -> Command:
    arguments = [sys.executable, "-m", "locust", "-f", str(job.work.ours), "--headless"]
    arguments += ["--plan", str(write_plan(job)), "--only-summary"]
    arguments += ["--summary-export", str(job.scratch / "summary.json")]
    if job.origin:
        arguments += ["--host", job.origin]
    if job.socket_origin:
        arguments += ["--socket-host", job.socket_origin]
    return Command(arguments, lambda: read_summary(job))


def _two_processes(job: Job) -> Command:
    one = _command(job)
    return Command([*one.arguments, "--processes", "2"], one.report)


KTB_LOAD = Peer("ktb-load", "ktb-load", lambda work: "", _command)
TWO_PROCESSES = Peer("two-processes", "ktb-load --processes 2", lambda work: "", _two_processes)
