"""One run of one generator against a fresh server: CPU time between two moments of its steady
state, so that neither start-up nor the summary is in it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cases import Case
from benchmarks.machine import GENERATOR_CORE, on_core
from benchmarks.measure import cpu_s, memory_bytes
from benchmarks.peers.peer import Command, Job, Peer, Report
from benchmarks.servers import Failed, Server, serving

MARGIN_S = 3
"""How much longer than it is watched a generator runs."""
READY_WITHIN_S = 60.0
ENDED_WITHIN_S = 60.0


@dataclass(frozen=True)
class Trial:
    """What one run came to."""

    operations: int
    seconds: float
    cpu_s: float
    memory_bytes: int
    report: Report

    @property
    def cpu_us(self) -> float:
        """CPU time for each operation."""
        return self.cpu_s / self.operations * 1e6


def run(case: Case, peer: Peer) -> Trial:
    """Do it once.

    Raises:
        Failed: nothing was measured.
    """
    with tempfile.TemporaryDirectory() as scratch, serving(case.server) as server:
        seconds = int(case.settle_s + case.window_s + MARGIN_S)
        settings = {"SECONDS": str(seconds), **case.settings}
        job = Job(case.name, case.users, seconds, server.origin, Path(scratch), settings)
        command = peer.command(job)
        with _started(command, job) as process:
            operations, took, used, memory = _watch(case, server, process)
            _wait(process)
        return Trial(operations, took, used, memory, command.report())


def _watch(
    case: Case, server: Server, process: subprocess.Popen[bytes]
) -> tuple[int, float, float, int]:
    server.wait_for(case.users, READY_WITHIN_S)
    time.sleep(case.settle_s)
    began, first, used = time.perf_counter(), server.counters(), cpu_s(process.pid)
    time.sleep(case.window_s)
    took, last, used = time.perf_counter() - began, server.counters(), cpu_s(process.pid) - used
    memory = memory_bytes(process.pid)
    if process.poll() is not None or last.users < case.users:
        raise Failed(f"{last.users} of {case.users} users were there at the end")
    return last.operations - first.operations, took, used, memory


@contextmanager
def _started(command: Command, job: Job) -> Iterator[subprocess.Popen[bytes]]:
    output = job.scratch / "output.txt"
    with output.open("wb") as log:
        process = subprocess.Popen(
            on_core(GENERATOR_CORE, command.arguments),
            cwd=command.folder,
            env={**os.environ, **job.environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    except Failed as error:
        raise Failed(f"{error}\n{output.read_text()[-2000:]}") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(ENDED_WITHIN_S)
    except subprocess.TimeoutExpired:
        raise Failed(f"it did not end within {ENDED_WITHIN_S:g} s") from None
