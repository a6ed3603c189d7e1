"""CPU time for each operation, and memory: between two moments of a generator's steady state.

Neither start-up nor the summary at the end is in it, whoever the generator is. The operations are
those that the server counted between the same two moments. Every run has a server of its own.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import most_users
from benchmarks.measure import cpu_s, memory_bytes
from benchmarks.peers.peer import Command, Job, Peer, Report, Work
from benchmarks.process import Process, started, stop, wait_for_end
from benchmarks.servers import Failed, Server, serving

READY_WITHIN_S = 120.0


@dataclass(frozen=True)
class Watched:
    """What was seen between the two moments."""

    operations: int
    seconds: float
    cpu_s: float
    server_cpu_s: float
    memory_bytes: int


def measure(work: Work, peer: Peer) -> Mapping[str, float]:
    """Do it once.

    Raises:
        Failed: nothing was measured.
    """
    if work.users > most_users():
        raise Failed(f"this machine allows {most_users()} connections, not {work.users}")
    with tempfile.TemporaryDirectory() as scratch, serving(work.server) as server:
        job = Job(work, Path(scratch), server.origin, server.socket_origin)
        command = peer.command(job)
        with started(command, job) as process:
            watched = _watch(work, server, process)
            if command.stops_when_told:
                stop(process, server)
            wait_for_end(process)
        return _figures(watched, _report(command))


def _report(command: Command) -> Report | None:
    if command.report is None:
        return None
    try:
        return command.report()
    except (OSError, ValueError, LookupError) as error:
        raise Failed(f"its report cannot be read: {error!r}") from None


def _watch(work: Work, server: Server, process: Process) -> Watched:
    _wait_for_users(work, server, process)
    time.sleep(work.settle_s)
    began, first = time.perf_counter(), server.counters()
    used, served = cpu_s(process.pid), cpu_s(server.pid)
    time.sleep(work.window_s)
    took, last = time.perf_counter() - began, server.counters()
    used, served = cpu_s(process.pid) - used, cpu_s(server.pid) - served
    memory = memory_bytes(process.pid)
    if process.poll() is not None or last.users < work.users:
        raise Failed(f"{last.users} of {work.users} users were there at the end")
    operations = last.operations - first.operations
    if not operations:
        raise Failed("nothing was going on")
    return Watched(operations, took, used, served, memory)


def _wait_for_users(work: Work, server: Server, process: Process) -> None:
    due = time.monotonic() + READY_WITHIN_S + work.ramp_s
    while (seen := server.counters().users) < work.users:
        if process.poll() is not None or time.monotonic() > due:
            raise Failed(f"{seen} of {work.users} users came")
        time.sleep(0.05)


def _figures(watched: Watched, report: Report | None) -> Mapping[str, float]:
    seen = {
        "cpu_us": watched.cpu_s / watched.operations * 1e6,
        "per_second": watched.operations / watched.seconds,
        "busy": watched.cpu_s / watched.seconds,
        "server_busy": watched.server_cpu_s / watched.seconds,
        "memory_mb": watched.memory_bytes / 2**20,
    }
    if report is None:
        return seen
    return seen | {
        "median_ms": report.median_ms,
        "p95_ms": report.p95_ms,
        "measured": report.measured,
        "failed": report.failed,
    }
