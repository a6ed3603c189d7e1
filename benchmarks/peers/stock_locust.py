"""Locust as it comes: SocketIOUser, FastHttpUser, HttpUser; no line of ours is loaded."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from benchmarks.peers.peer import Command, Job, Peer, Report, Work


def _peer(name: str, title: str, script: str) -> Peer:
    def absent(work: Work) -> str:
        return "" if work.script(script).exists() else f"{title} cannot do this"

    return Peer(name, title, absent, _command(script))


def _command(script: str) -> Callable[[Job], Command]:
    def command(job: Job) -> Command:
        work = job.work
        rate = work.users / (work.ramp_s or 1)
        arguments = [sys.executable, "-m", "locust", "-f", str(work.script(script)), "--headless"]
        arguments += ["--host", job.origin, "-u", str(work.users), "-r", str(rate)]
        arguments += ["-t", f"{work.seconds}s", "--only-summary"]
        arguments += ["--json-file", str(job.scratch / "stock")]
        return Command(arguments, lambda: read(job))

    return command


def read(job: Job) -> Report:
    """The rows that are exchanges: ``round trip`` where there are messages, else all."""
    rows = json.loads((job.scratch / "stock.json").read_text())
    failed = sum(row["num_failures"] for row in rows)
    rows = [row for row in rows if row["name"] == "round trip"] or rows
    times = sorted(
        (float(time), count) for row in rows for time, count in row["response_times"].items()
    )
    measured = sum(count for _, count in times)
    return Report(measured, _at(times, measured * 0.5), _at(times, measured * 0.95), failed)


def _at(times: list[tuple[float, int]], place: float) -> float:
    for time, count in times:
        place -= count
        if place <= 0:
            return time
    return 0.0


SOCKETIO_USER = _peer("socketio-user", "Locust SocketIOUser", "stock_socketio.py")
FAST_HTTP_USER = _peer("fast-http-user", "Locust FastHttpUser", "stock_fast.py")
HTTP_USER = _peer("http-user", "Locust HttpUser", "stock_http.py")
