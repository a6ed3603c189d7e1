"""Runs of the command line as a person starts them: processes of their own, real servers, real
signals.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
TIMEOUT_S = 120


@dataclass
class Ended:
    """What a finished command left behind."""

    code: int
    out: str
    err: str


@dataclass
class Runner:
    """Starts ``locust -f locustfiles/chat.py --headless`` (or another command) against a server."""

    cwd: Path = ROOT
    env: dict[str, str] = field(default_factory=dict)

    def start(self, *arguments: str, **env: str) -> subprocess.Popen[str]:
        clean = {
            k: v for k, v in os.environ.items() if not k.startswith(("K6_", "LOCUST_", "KTB_"))
        }
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=self.cwd,
            env={**clean, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", **self.env, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __call__(self, *arguments: str, **env: str) -> Ended:
        with self.start(*arguments, **env) as process:
            return finished(process)

    def load(self, server: object, *arguments: str, **env: str) -> Ended:
        with self.start_load(server, *arguments, **env) as process:
            return finished(process)

    def start_load(self, server: object, *arguments: str, **env: str) -> subprocess.Popen[str]:
        where = ["--host", server.rest, "--socket-host", server.socket]
        env = {"ACCOUNTS_PER_SECOND": "200", **env}
        return self.start(
            "locust", "-f", "locustfiles/chat.py", "--headless", *where, *arguments, **env
        )


def finished(process: subprocess.Popen[str]) -> Ended:
    """Wait for a process; one that hangs is killed, and that is a failure."""
    try:
        out, err = process.communicate(timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        pytest.fail(f"the command hung\n{out}\n{err}")
    return Ended(process.returncode, out, err)


@pytest.fixture
def runner() -> Runner:
    return Runner()


@pytest.fixture
def visit(
    runner: Runner, tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[..., tuple[Ended, Any]]:
    """Run a task of one's own, once by each of some people: how it ended, and its summary. The
    module of the tests says what stands before the task (HEAD), and its PEOPLE and ROOM_SIZE.
    """
    module = request.module

    def run(
        server: Any, body: str, *arguments: str, people: int = module.PEOPLE, **env: str
    ) -> tuple[Ended, Any]:
        locustfile, plan, summary = (tmp_path / n for n in ("visit.py", "plan.yaml", "out.json"))
        task = textwrap.indent(textwrap.dedent(body), " " * 8)
        locustfile.write_text(module.HEAD + task, "utf-8")
        scenario = {"executor": "per-vu-iterations", "vus": people, "maxDuration": "30s"}
        scenario["env"] = {"ROOM_SIZE": str(module.ROOM_SIZE), "ACCOUNTS_PER_SECOND": "100", **env}
        plan.write_text(json.dumps({"scenarios": {"visit": scenario}}), "utf-8")
        ended = runner(
            "locust", "-f", str(locustfile), "--headless", "--plan", str(plan),
            "--host", server.rest, "--summary-export", str(summary), *arguments,
        )  # fmt: skip
        assert "Traceback" not in ended.err
        return ended, json.loads(summary.read_text("utf-8"))

    return run


def count(summary: Any, metric: str) -> int:
    """How much was added to a counter."""
    return int(summary["metrics"].get(metric, {}).get("count", 0))


def checks(summary: Any, name: str) -> tuple[int, int]:
    """How often a check has passed and failed."""
    found = summary["root_group"]["checks"][name]
    return found["passes"], found["fails"]


@pytest.fixture(params=["alone", "two workers"])
def processes(request: pytest.FixtureRequest) -> list[str]:
    """The options of a run in one process, and of one in two workers with a port of its own."""
    if request.param == "alone":
        return []
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    return ["--processes", "2", "--master-bind-port", port, "--master-port", port]


@pytest.fixture
def signalled() -> Callable[..., Ended]:
    """Send a signal once ``seen`` stands on stderr, then wait for the end."""

    def send(process: subprocess.Popen[str], number: signal.Signals, seen: str) -> Ended:
        head = ""
        while seen not in head:
            line = process.stderr.readline()
            assert line, f"ended before it wrote {seen!r}: {head}"
            head += line
        process.send_signal(number)
        ended = finished(process)
        return Ended(ended.code, ended.out, head + ended.err)

    return send


def wait_until(condition: Callable[[], bool], timeout_s: float = 20.0) -> None:
    """Poll a condition of another process."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)
