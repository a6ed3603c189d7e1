"""We ourselves, as people start us: Locust with a locustfile and a plan."""

from __future__ import annotations

import sys

from benchmarks.peers.peer import Command, Job, Peer
from benchmarks.peers.plan import read_summary, write_plan


def _command(job: Job) -> Command:
    arguments = [sys.executable, "-m", "locust", "-f", str(job.work / "ours.py"), "--headless"]
    arguments += ["--plan", str(write_plan(job)), "--host", job.origin, "--only-summary"]
    arguments += ["--summary-export", str(job.scratch / "summary.json")]
    return Command(arguments, lambda: read_summary(job))


KTB_LOAD = Peer("ktb-load", "ktb-load", lambda case: "", _command)
