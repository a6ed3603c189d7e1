"""How late iterations of an empty task begin that are due by the clock, and what each costs.

The first iteration is due when the scenario begins, and each one a fixed time after the last, so
that number ``n`` is late by its begin, less ``n`` such times, less the begin of the most punctual
one. A schedule that drifts makes the last ones later than the first. One that was not begun at all
makes the numbers of those behind it wrong; where that comes to more than a millisecond, the run has
no lateness.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import cpu_s, memory_bytes
from benchmarks.peers.peer import Job, Peer, Work
from benchmarks.process import started, wait_for_end
from benchmarks.servers import Failed

UNDER_WAY_AFTER_S = 5.0
_WRONG_BY_S = 0.001


def measure(work: Work, peer: Peer) -> Mapping[str, float]:
    """Do it once.

    Raises:
        Failed: it was not there for long enough.
    """
    with tempfile.TemporaryDirectory() as scratch:
        job = Job(work, Path(scratch))
        with started(peer.command(job), job) as process:
            time.sleep(UNDER_WAY_AFTER_S)
            used, began = cpu_s(process.pid), time.perf_counter()
            time.sleep(work.window_s)
            used, took = cpu_s(process.pid) - used, time.perf_counter() - began
            memory = memory_bytes(process.pid)
            if process.poll() is not None:
                raise Failed("it ended too early")
            wait_for_end(process)
        told = json.loads((job.scratch / "report.json").read_text())
    undone = max(0, work.per_second * work.seconds - told.pop("begun"))
    return {
        **(told if undone <= work.per_second * _WRONG_BY_S else {}),
        "undone": undone,
        "cpu_us": used / (work.per_second * took) * 1e6,
        "memory_mb": memory / 2**20,
    }
