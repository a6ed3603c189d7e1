"""From the command to the first request that a server sees, for what people start most."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import cpu_s
from benchmarks.node import ROOT
from benchmarks.peers.peer import Command, Job, Peer, Work
from benchmarks.process import started
from benchmarks.servers import Failed, serving

WITHIN_S = 30.0
_LOOK_EVERY_S = 0.002
WORK = Work("startup", "json", users=1)


def measure(peer: Peer) -> Mapping[str, float]:
    """Do it once.

    Raises:
        Failed: no request came.
    """
    with tempfile.TemporaryDirectory() as scratch, serving(WORK.server) as server:
        job = Job(WORK, Path(scratch), server.origin)
        began = time.perf_counter()
        with started(peer.command(job), job) as process:
            while not server.counters().operations:
                if time.perf_counter() > began + WITHIN_S:
                    raise Failed(f"no request within {WITHIN_S:g} s")
                time.sleep(_LOOK_EVERY_S)
            return {"start_s": time.perf_counter() - began, "cpu_s": cpu_s(process.pid)}


def _locust(name: str, locustfile: Path, *options: str) -> Peer:
    def command(job: Job) -> Command:
        arguments = [sys.executable, "-m", "locust", "-f", str(locustfile), "--headless"]
        arguments += ["-u", "1", "-r", "1", "--host", job.origin]
        return Command([*arguments, *(option.format(job.origin) for option in options)])

    return Peer(name, f"locust -f {locustfile.name}", lambda work: "", command)


CHAT = _locust("chat", ROOT / "locustfiles" / "chat.py", "--socket-host", "{}")
BARE = _locust("bare-locust", WORK.script("bare.py"))
